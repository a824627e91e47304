"""Requests about branches and tags."""

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .. import permissions, refs
from . import answers
from .call import Call, reading, writing
from .rendering import Json


def listed(call: Call) -> Response:
    shown = {"branches": _refs(call, "refs/heads"), "converts": [], "tags": _refs(call, "refs/tags")}
    if call.query_flag("include_prs"):
        shown["pullRequests"] = [ref | {"name": ref["ref"]} for ref in _refs(call, "refs/pr")]
    return JSONResponse(shown)


def create_branch(call: Call) -> Response:
    permissions.check_write(call.db, call.caller, call.repo)
    refs.create_branch(call.db, call.repo, call.path("branch"), call.fields.text("startingPoint", "main"))
    return answers.done()


def delete_branch(call: Call) -> Response:
    permissions.check_write(call.db, call.caller, call.repo)
    refs.delete_branch(call.db, call.repo, call.path("branch"))
    return answers.done()


def create_tag(call: Call) -> Response:
    permissions.check_write(call.db, call.caller, call.repo)
    refs.create_tag(call.db, call.repo, call.fields.text("tag"), call.path("rev"))
    return answers.done()


def delete_tag(call: Call) -> Response:
    permissions.check_write(call.db, call.caller, call.repo)
    refs.delete_tag(call.db, call.repo, call.path("rev"))
    return answers.done()


def _refs(call: Call, folder: str) -> list[Json]:
    found = refs.listing(call.db, call.repo, folder)
    return [{"name": short, "ref": name, "targetCommit": oid} for short, name, oid in found]


_REPO = "/api/{kind:kind}/{repo:repo}"
routes = [
    Route(_REPO + "/refs", reading(listed)),
    Route(_REPO + "/branch/{branch:rest}", writing(create_branch), methods=["POST"]),
    Route(_REPO + "/branch/{branch:rest}", writing(delete_branch), methods=["DELETE"]),
    Route(_REPO + "/tag/{rev:rest}", writing(create_tag), methods=["POST"]),
    Route(_REPO + "/tag/{rev:rest}", writing(delete_tag), methods=["DELETE"]),
]
