"""Which page lies where: the real site's paths."""

from collections.abc import Iterator
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from ..api import routing  # noqa: F401  registers how addresses are read
from ..problems import NotFound
from ..store import Store
from . import card, conversations, environment, files, history, lists, settings, shelves, signing_in, spaces
from .endpoint import Page, endpoint
from .visit import Visit

_STYLE = Path(__file__).with_name("style.css")
_OF_A_REPOSITORY: list[tuple[str, str, Page]] = [
    ("GET", "", card.card),
    ("GET", "/raw/{rev:rev}/{path:rest}", files.raw),
    ("POST", "/like", card.like),
    ("POST", "/ask-access", card.ask_for_access),
    ("GET", "/tree", files.choose),
    ("GET", "/tree/{rev:rev}", files.tree),
    ("GET", "/tree/{rev:rev}/{path:rest}", files.tree),
    ("GET", "/blob/{rev:rev}/{path:rest}", files.blob),
    ("GET", "/commits", history.choose),
    ("GET", "/commits/{rev:rev}", history.history),
    ("GET", "/commit/{rev:segment}", history.commit),
    ("GET", "/discussions", conversations.index),
    ("GET", "/discussions/new", conversations.new_page),
    ("POST", "/discussions/new", conversations.create),
    ("GET", "/discussions/{num:segment}", conversations.discussion),
    ("POST", "/discussions/{num:segment}", conversations.act),
    ("GET", "/settings", settings.settings),
    ("POST", "/settings", settings.change),
    ("POST", "/settings/access", settings.answer),
]
_OF_A_SPACE: list[tuple[str, Page]] = [
    ("/restart", spaces.restart),
    ("/pause", spaces.pause),
    ("/settings/environment", environment.put),
    ("/settings/environment/delete", environment.remove),
    ("/settings/sleep", environment.sleep),
]
_OF_THE_SITE: list[tuple[str, str, Page]] = [
    ("GET", "/", shelves.home),
    ("GET", "/login", signing_in.login_page),
    ("POST", "/login", signing_in.login),
    ("GET", "/join", lambda visit: visit.go("/login")),
    ("POST", "/logout", signing_in.logout),
    ("GET", "/settings/tokens", signing_in.tokens_page),
    ("POST", "/settings/tokens", signing_in.create_token),
    ("POST", "/settings/tokens/revoke", signing_in.revoke_token),
]


def routes(store: Store) -> list[Route]:
    """All pages, and last a page for whatever else is asked for: put these behind the API's routes."""
    pages = [Route("/static/hub.css", _style)]
    pages += [Route(path, endpoint(store, page), methods=[method]) for method, path, page in _pages()]
    return [*pages, Route("/{rest:rest}", endpoint(store, _nothing))]


def _pages() -> Iterator[tuple[str, str, Page]]:
    yield from _OF_THE_SITE
    for repo_type in lists.CHOICES:
        yield "GET", f"/{repo_type}s", lists.page_of(repo_type)
    yield "GET", "/{namespace:segment}", shelves.account
    for method, path, page in _OF_A_REPOSITORY:
        yield method, "/{kind:prefix}{repo:repo}" + path, page
    for path, page in _OF_A_SPACE:
        yield "POST", "/{kind:space}{repo:repo}" + path, page


def _style(request: Request) -> Response:
    return FileResponse(_STYLE, headers={"Cache-Control": "max-age=300"})


def _nothing(visit: Visit) -> Response:
    raise NotFound(f"There is no page at {visit.request.url.path}.")
