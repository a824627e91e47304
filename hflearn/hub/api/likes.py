"""Requests about likes."""

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .. import accounts, likes, permissions
from ..problems import NotFound
from . import answers
from .call import Call, reading, writing
from .pages_of import offset, page
from .rendering import account_json

_PAGE = 1000


def like(call: Call) -> Response:
    likes.like(call.db, call.repo, permissions.check_signed_in(call.caller, writing=True))
    return answers.done()


def unlike(call: Call) -> Response:
    likes.unlike(call.db, call.repo, permissions.check_signed_in(call.caller, writing=True))
    return answers.done()


def likers(call: Call) -> Response:
    found = [account_json(account) for account in likes.likers(call.db, call.repo)]
    return page(call, found[offset(call) :], _PAGE)


def liked(call: Call) -> Response:
    account = accounts.find(call.db, call.path("name"))
    if account is None:
        raise NotFound(f"There is no account called {call.path('name')!r}.")
    found = likes.liked(call.db, account)
    shown = [{"createdAt": date, "repo": {"name": repo.name, "type": repo.type}} for repo, date in found]
    return JSONResponse(shown)


routes = [
    Route("/api/{kind:kind}/{repo:repo}/like", writing(like), methods=["POST"]),
    Route("/api/{kind:kind}/{repo:repo}/like", writing(unlike), methods=["DELETE"]),
    Route("/api/{kind:kind}/{repo:repo}/likers", reading(likers)),
    Route("/api/users/{name:segment}/likes", reading(liked)),
]
