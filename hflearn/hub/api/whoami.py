"""Requests about accounts: who am I, who is that, what is this server."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from hflearn import __version__

from .. import accounts, permissions
from ..problems import NotFound
from ..store import Store
from .call import Call, reading
from .rendering import account_json

SERVICE = "hflearn-hub"


async def health(request: Request) -> Response:
    store: Store = request.app.state.store
    return JSONResponse({"service": SERVICE, "version": __version__, "store": store.id})


def whoami(call: Call) -> Response:
    account = permissions.check_signed_in(call.caller)
    assert call.caller
    orgs = [
        {"type": "org", "name": org.name, "fullname": org.fullname, "email": None, "isEnterprise": False}
        | {"canPay": False, "periodEnd": None, "avatarUrl": "", "roleInOrg": "write"}
        for org in accounts.organisations(call.db, account)
    ]
    token = {"displayName": call.caller.token_name, "role": call.caller.role}
    return JSONResponse(
        {
            "type": account.kind,
            "id": f"{account.id:024x}",
            "name": account.name,
            "fullname": account.fullname,
            "email": None,
            "emailVerified": False,
            "canPay": False,
            "isPro": False,
            "avatarUrl": "",
            "orgs": orgs,
            "auth": {"type": "access_token", "accessToken": token},
        }
    )


def overview(call: Call) -> Response:
    account = accounts.find(call.db, call.path("name"))
    if account is None:
        raise NotFound(f"There is no account called {call.path('name')!r}.")
    counts = dict(
        call.db.execute(
            "SELECT type, count(*) FROM repos WHERE owner = ? AND NOT private GROUP BY type", (account.id,)
        ).fetchall()
    )
    numbers = {f"num{kind.capitalize()}s": counts.get(kind, 0) for kind in ("model", "dataset", "space")}
    described = account_json(account) | {
        "name": account.name,
        "type": account.kind,
        "createdAt": account.created,
    }
    return JSONResponse(described | numbers)


def members(call: Call) -> Response:
    org = accounts.find(call.db, call.path("name"))
    if org is None or org.kind != "org":
        raise NotFound(f"There is no organisation called {call.path('name')!r}.")
    return JSONResponse([account_json(account) for account in accounts.members(call.db, org)])


routes = [
    Route("/api/health", health),
    Route("/api/whoami-v2", reading(whoami)),
    Route("/api/users/{name:segment}/overview", reading(overview)),
    Route("/api/organizations/{name:segment}/overview", reading(overview)),
    Route("/api/organizations/{name:segment}/members", reading(members)),
]
