"""The front page, and an account's: the newest of what there is."""

from collections.abc import Iterator
from dataclasses import dataclass

from starlette.responses import Response

from .. import accounts, listing, permissions
from ..problems import NotFound
from ..repositories import Repo, RepoType
from .visit import Visit

_ON_FRONT_PAGE = 6
_ON_ACCOUNT_PAGE = 100
_TYPES: tuple[RepoType, ...] = ("model", "dataset", "space")


@dataclass(frozen=True)
class Shelf:
    """Some repositories of one type, and how many there are."""

    path: str
    name: str
    singular: str
    repos: list[Repo]
    total: int


def home(visit: Visit) -> Response:
    return visit.page("home.html", shelves=list(_shelves(visit, _ON_FRONT_PAGE)))


def account(visit: Visit) -> Response:
    name = visit.place("namespace")
    found = accounts.find(visit.db, name)
    if found is None:
        raise NotFound(
            f"There is no account called {name!r}. A repository's address has two parts: owner and name."
        )
    people = [
        ("Members", accounts.members(visit.db, found)),
        ("Belongs to", accounts.organisations(visit.db, found)),
    ]
    shelves = list(_shelves(visit, _ON_ACCOUNT_PAGE, found.name))
    return visit.page("account.html", account=found, people=people, shelves=shelves)


def _shelves(visit: Visit, limit: int, author: str | None = None) -> Iterator[Shelf]:
    namespaces = permissions.namespaces(visit.db, visit.caller)
    for repo_type in _TYPES:
        query = listing.Query(
            repo_type, author=author, sort="lastModified", namespaces=namespaces, limit=limit
        )
        repos, total = listing.find(visit.db, query), listing.count(visit.db, query)
        noun = title(repo_type)
        yield Shelf(f"{repo_type}s", f"{noun}s", noun, repos, total)


def title(repo_type: RepoType) -> str:
    """Spaces are a name; models and datasets are things."""
    return "Space" if repo_type == "space" else repo_type
