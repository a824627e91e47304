"""Requests about what lies in a revision: trees, paths, history."""

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .. import browse, commits
from ..problems import BadRequest
from .call import Call, reading
from .pages_of import offset, page
from .rendering import commit_json, item_json

_TREE_PAGE = 1000
_EXPANDED_PAGE = 50
_HISTORY_PAGE = 50
_MOST_PATHS = 1000


def tree(call: Call) -> Response:
    expand = call.query_flag("expand")
    limit = _EXPANDED_PAGE if expand else _TREE_PAGE
    path = call.request.path_params.get("path", "").strip("/")
    items = browse.folder(call.db, call.repo, call.commit, path, recursive=call.query_flag("recursive"))
    items = items[offset(call) : offset(call) + limit + 1]
    if expand:
        items = browse.with_last_commits(call.db, call.repo, call.commit, items)
    return page(call, [item_json(item) for item in items], limit)


def paths_info(call: Call) -> Response:
    paths, expand = _asked(call)
    if len(paths) > _MOST_PATHS:
        raise BadRequest(f"Ask for {_MOST_PATHS:,} paths at most.")
    items = browse.at_paths(call.db, call.commit, [path.strip("/") for path in paths])
    if expand:
        items = browse.with_last_commits(call.db, call.repo, call.commit, items)
    return JSONResponse([item_json(item) for item in items])


def history(call: Call) -> Response:
    found = commits.history(call.db, call.repo, call.commit.oid, limit=_HISTORY_PAGE + 1, offset=offset(call))
    shown = [commit_json(commit) for commit in found]
    if "formatted" in call.query_list("expand"):
        for one in shown:
            one["formatted"] = {"title": one["title"], "message": one["message"]}
    return page(call, shown, _HISTORY_PAGE)


def _asked(call: Call) -> tuple[list[str], bool]:
    if call.request.headers.get("content-type", "").startswith("application/json"):
        paths = call.fields.values.get("paths")
        paths = [paths] if isinstance(paths, str) else paths
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            raise BadRequest('"paths" should be a list of strings.')
        return paths, call.fields.flag("expand")
    return call.form.get("paths", []), call.form.get("expand", [""])[0].lower() in ("1", "true")


_REPO = "/api/{kind:kind}/{repo:repo}"
routes = [
    Route(_REPO + "/tree/{rev:rev}", reading(tree)),
    Route(_REPO + "/tree/{rev:rev}/{path:rest}", reading(tree)),
    Route(_REPO + "/paths-info/{rev:rev}", reading(paths_info), methods=["POST"]),
    Route(_REPO + "/commits/{rev:rev}", reading(history)),
]
