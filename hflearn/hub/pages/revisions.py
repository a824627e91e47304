"""The revision that a page shows, and those to choose from."""

from dataclasses import dataclass

from .. import refs
from ..commits import Commit
from ..repositories import Repo
from .visit import Visit


@dataclass(frozen=True)
class Place:
    """Where in a repository a page is: `revision` as it was asked for, and the commit it stands for now."""

    revision: str
    path: str
    commit: Commit


def place(visit: Visit, repo: Repo) -> Place:
    """The place in the address; raises RevisionNotFound."""
    revision = visit.place("rev")
    path = visit.request.path_params.get("path", "").strip("/")
    return Place(revision, path, refs.resolve(visit.db, repo, revision))


def choices(visit: Visit, repo: Repo, current: str) -> list[tuple[str, list[str]]]:
    """Branches, tags and pull requests to choose from; a commit id that is looked at comes first."""
    groups = [
        ("Branches", [name for name, _, _ in refs.listing(visit.db, repo, "refs/heads")]),
        ("Tags", [name for name, _, _ in refs.listing(visit.db, repo, "refs/tags")]),
        ("Pull requests", [full for _, full, _ in refs.listing(visit.db, repo, "refs/pr")]),
    ]
    if not any(current in names for _, names in groups):
        groups.insert(0, ("Commit", [current]))
    return [(label, names) for label, names in groups if names]
