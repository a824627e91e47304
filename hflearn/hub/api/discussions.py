"""Requests about discussions and pull requests."""

import html

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .. import diff, discussions, permissions, pull_requests
from ..accounts import Account
from ..discussions import Discussion, Event
from ..problems import BadRequest, NotFound
from .call import Call, reading, writing
from .rendering import Json

_PAGE = 50


def listed(call: Call) -> Response:
    found = discussions.find(
        call.db,
        call.repo,
        kind=call.query("type") or "all",
        status=call.query("status") or "all",
        author=call.query("author"),
    )
    start = call.query_integer("p", 0) * _PAGE
    shown = [_discussion_json(call, one) for one in found[start : start + _PAGE]]
    return JSONResponse({"count": len(found), "start": start, "discussions": shown})


def create(call: Call) -> Response:
    account = _check_may_speak(call)
    title, description = call.fields.text("title"), call.fields.text("description", "")
    if call.fields.flag("pullRequest"):
        created = pull_requests.create(call.db, call.repo, account, title, description)
    else:
        created = discussions.create(call.db, call.repo, account, title, description)
    return JSONResponse({"num": created.num, "pullRequest": created.is_pull_request})


def details(call: Call) -> Response:
    found = discussions.get(call.db, call.repo, _number(call))
    shown = _discussion_json(call, found)
    shown["events"] = [event_json(event) for event in discussions.events(call.db, call.repo, found.num)]
    if found.is_pull_request:
        shown |= _proposal_json(call, found)
    return JSONResponse(shown)


def comment(call: Call) -> Response:
    account = _check_may_speak(call)
    number = discussions.get(call.db, call.repo, _number(call)).num
    event = discussions.comment(call.db, call.repo, number, account, call.fields.text("comment"))
    return JSONResponse({"newMessage": event_json(event)})


def edit(call: Call) -> Response:
    account = _check_may_speak(call)
    text = call.fields.text("content")
    event = discussions.rewrite(call.db, call.repo, _number(call), call.path("event"), account, text)
    return JSONResponse({"updatedComment": event_json(event)})


def hide(call: Call) -> Response:
    account = _check_may_speak(call)
    event = discussions.hide(call.db, call.repo, _number(call), call.path("event"), account)
    return JSONResponse({"updatedComment": event_json(event)})


def rename(call: Call) -> Response:
    account = _check_may_speak(call)
    event = discussions.rename(call.db, call.repo, _number(call), account, call.fields.text("title"))
    return JSONResponse({"newTitle": event_json(event)})


def status(call: Call) -> Response:
    account = _check_may_speak(call)
    new = call.fields.text("status")
    if new not in ("open", "closed"):
        raise BadRequest("'status' is 'open' or 'closed'.")
    if text := call.fields.text("comment", ""):
        discussions.comment(call.db, call.repo, _number(call), account, text)
    chosen: discussions.Status = "open" if new == "open" else "closed"
    event = discussions.set_status(call.db, call.repo, _number(call), account, chosen)
    return JSONResponse({"newStatus": event_json(event)})


def merge(call: Call) -> Response:
    account = permissions.check_write(call.db, call.caller, call.repo)
    text = call.fields.text("comment", "")
    oid = pull_requests.merge(call.db, call.store.blobs, call.repo, _number(call), account, text)
    return JSONResponse({"oid": oid})


def event_json(event: Event) -> Json:
    """An event as the clients read it."""
    data = dict(event.data)
    if event.type == "comment":
        data["latest"] = data["latest"] | {"html": f"<p>{html.escape(data['latest']['raw'])}</p>"}
    return {
        "id": event.id,
        "type": event.type,
        "author": _author_json(event.author),
        "createdAt": event.created,
        "data": data,
    }


def _discussion_json(call: Call, found: Discussion) -> Json:
    return {
        "num": found.num,
        "title": found.title,
        "status": found.status,
        "author": _author_json(found.author),
        "repo": {"name": call.repo.name, "type": call.repo.type},
        "isPullRequest": found.is_pull_request,
        "createdAt": found.created,
        "pinned": False,
    }


def _proposal_json(call: Call, found: Discussion) -> Json:
    proposal = pull_requests.proposal(call.db, call.repo, found)
    changes: Json = {"base": found.base}
    if found.merged:
        changes["mergeCommitId"] = found.merged
    shown: Json = {"changes": changes, "filesWithConflicts": proposal.conflicts}
    if call.query_flag("diff"):
        permissions.check_read(call.db, call.caller, call.repo)
        shown["diff"] = "".join(diff.as_text(call.store.blobs, change) for change in proposal.changes)
    return shown


def _author_json(account: Account) -> Json:
    return {"name": account.name, "fullname": account.fullname, "type": account.kind, "avatarUrl": ""}


def _check_may_speak(call: Call) -> Account:
    permissions.check_read(call.db, call.caller, call.repo)
    return permissions.check_signed_in(call.caller, writing=True)


def _number(call: Call) -> int:
    text: str = call.path("num")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise NotFound(f"There is no discussion number {text!r}.")
    return int(text)


_ALL = "/api/{kind:kind}/{repo:repo}/discussions"
_ONE = _ALL + "/{num:segment}"
routes = [
    Route(_ALL, reading(listed)),
    Route(_ALL, writing(create), methods=["POST"]),
    Route(_ONE, reading(details)),
    Route(_ONE + "/comment", writing(comment), methods=["POST"]),
    Route(_ONE + "/comment/{event:segment}/edit", writing(edit), methods=["POST"]),
    Route(_ONE + "/comment/{event:segment}/hide", writing(hide), methods=["POST"]),
    Route(_ONE + "/title", writing(rename), methods=["POST"]),
    Route(_ONE + "/status", writing(status), methods=["POST"]),
    Route(_ONE + "/merge", writing(merge), methods=["POST"]),
]
