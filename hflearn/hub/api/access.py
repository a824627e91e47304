"""Requests about access to gated repositories."""

import re

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .. import access_requests, accounts, permissions
from ..accounts import Account
from ..problems import BadRequest, NotFound
from . import answers
from .call import Call, reading, writing
from .fields import Fields
from .rendering import access_request_json


def ask(call: Call) -> Response:
    """What the button on a gated repository's page does."""
    account = permissions.check_signed_in(call.caller)
    status = access_requests.ask(call.db, call.repo, account)
    return JSONResponse({"status": status})


def listed(call: Call) -> Response:
    permissions.check_write(call.db, call.caller, call.repo)
    if call.path("status") not in access_requests.STATUSES:
        raise NotFound("Access requests are 'pending', 'accepted' or 'rejected'.")
    found = access_requests.listing(call.db, call.repo, call.path("status"))
    return JSONResponse([access_request_json(request, call.repo) for request in found])


def handle(call: Call) -> Response:
    permissions.check_write(call.db, call.caller, call.repo)
    account, reason = _account(call, call.fields), call.fields.maybe_text("rejectionReason")
    access_requests.answer(call.db, call.repo, account, call.fields.text("status"), reason)
    return answers.done()


def grant(call: Call) -> Response:
    permissions.check_write(call.db, call.caller, call.repo)
    access_requests.grant(call.db, call.repo, _account(call, call.fields))
    return answers.done()


def _account(call: Call, fields: Fields) -> Account:
    """Whose request it is: by name, or by the id that the list gave to the request."""
    if request_id := fields.maybe_text("requestId"):
        if not re.fullmatch(r"[0-9a-f]{24}", request_id):
            raise BadRequest(f"{request_id!r} is not the id of an access request.")
        query = "SELECT name FROM accounts WHERE id = ?"
        row = call.db.execute(query, (int(request_id[12:], 16),)).fetchone()
        name = row["name"] if row else request_id
    else:
        name = fields.text("user")
    account = accounts.find(call.db, name)
    if account is None:
        raise NotFound(f"There is no account called {name!r}.")
    return account


_REPO = "/api/{kind:kind}/{repo:repo}"
routes = [
    Route(_REPO + "/user-access-request", writing(ask), methods=["POST"]),
    Route(_REPO + "/user-access-request/handle", writing(handle), methods=["POST"]),
    Route(_REPO + "/user-access-request/grant", writing(grant), methods=["POST"]),
    Route(_REPO + "/user-access-request/{status:segment}", reading(listed)),
]
