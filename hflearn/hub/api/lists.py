"""Requests for lists of repositories, and for one repository's information."""

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .. import listing, permissions
from . import spaces
from .call import Call, reading
from .pages_of import offset, page
from .rendering import FULL, LISTED, RepoView, detailed

_PAGE = 100
_LONGEST_PAGE = 1000


def repositories(call: Call) -> Response:
    limit = min(max(call.query_integer("limit", _PAGE), 1), _LONGEST_PAGE)
    query = listing.Query(
        call.path("kind"),
        tags=[tag for part in call.query_list("filter") for tag in part.split(",") if tag] + _tasks(call),
        search=[part for part in call.query_list("search") if part],
        author=call.query("author"),
        gated=call.query_flag("gated") if call.query("gated") else None,
        parameters=listing.parameter_range(call.query("num_parameters") or "min:0")
        if _sized(call)
        else (None, None),
        sort=_sort(call),
        namespaces=permissions.namespaces(call.db, call.caller),
        limit=limit + 1,
        offset=offset(call),
    )
    names = _fields(call)
    found = [RepoView(call.db, call.store, repo).json(names) for repo in listing.find(call.db, query)]
    return page(call, found, limit)


def information(call: Call) -> Response:
    commit = call.commit
    names = call.query_list("expand") or detailed(call.repo.type)
    view = RepoView(call.db, call.store, call.repo, commit)
    shown = view.json(names, files_metadata=call.query_flag("blobs"))
    if call.repo.type == "space" and permissions.may_read(call.db, call.caller, call.repo):
        shown |= spaces.facts(call, names)
    return JSONResponse(shown)


def tags(call: Call) -> Response:
    """Every tag in use, by what kind of thing it names."""
    by_kind: dict[str, list[dict[str, str]]] = {}
    for tag, _ in listing.tags(call.db, call.path("kind")):
        kind = tag.split(":", 1)[0] if ":" in tag else "other"
        by_kind.setdefault(kind, []).append({"id": tag, "label": tag.split(":", 1)[-1], "type": kind})
    return JSONResponse(by_kind)


def _tasks(call: Call) -> list[str]:
    return [task for task in call.query_list("pipeline_tag") if task]


def _sized(call: Call) -> bool:
    return bool(call.query("num_parameters"))


def _sort(call: Call) -> str:
    return call.query("sort") or "trendingScore"


def _fields(call: Call) -> list[str]:
    if expand := call.query_list("expand"):
        return expand
    names = [*LISTED[call.path("kind")]]
    if call.query_flag("full"):
        names += FULL
    if call.query_flag("cardData"):
        names.append("cardData")
    if call.query_flag("config"):
        names.append("config")
    return names


lists = [
    Route("/api/{kind:kind}", reading(repositories)),
    Route("/api/{kind:kind}-tags-by-type", reading(tags)),
]
routes = [
    Route("/api/{kind:kind}/{repo:repo}/revision/{rev:rev}", reading(information)),
    Route("/api/{kind:kind}/{repo:repo}", reading(information)),
]
