"""Signing in and out, and the tokens that code uses. On a practice Hub a name is enough."""

from starlette.responses import Response

from .. import accounts
from ..names import check_account_name
from ..problems import BadRequest, NotFound, Problem
from .visit import Visit


def login_page(visit: Visit) -> Response:
    return _login(visit)


def login(visit: Visit) -> Response:
    """Sign in as the account with the name in the form, which is made if there is none."""
    name = visit.form.get("name", "").strip()
    try:
        account = accounts.ensure(visit.db, check_account_name(name))
        if account.kind == "org":
            raise BadRequest(f"{account.name} is an organisation: sign in as a person.")
    except Problem as problem:
        return _login(visit, problem.sentence if name else "Type a name first.")
    response = visit.go(visit.form.get("next") or "/")
    sessions = visit.sessions
    value = sessions.write(account.name)
    response.set_cookie(sessions.cookie, value, sessions.LASTS_S, httponly=True, samesite="lax")
    return response


def logout(visit: Visit) -> Response:
    response = visit.go("/")
    response.delete_cookie(visit.sessions.cookie, httponly=True, samesite="lax")
    return response


def tokens_page(visit: Visit) -> Response:
    return _tokens(visit)


def create_token(visit: Visit) -> Response:
    """Make a token and show it, this once."""
    name, role = visit.form.get("name", "").strip()[:100], visit.form.get("role", "read")
    if role not in ("read", "write"):
        raise BadRequest("A token's role is read or write.")
    token = accounts.create_token(
        visit.db, visit.signed_in(), role="write" if role == "write" else "read", name=name
    )
    return _tokens(visit, token)


def revoke_token(visit: Visit) -> Response:
    values = (visit.form.get("hash", ""), visit.signed_in().id)
    if not visit.db.execute("DELETE FROM tokens WHERE hash = ? AND account = ?", values).rowcount:
        raise NotFound("You have no such token: it may have been revoked already.")
    return visit.go("/settings/tokens")


def _login(visit: Visit, error: str = "") -> Response:
    sent = visit.form or visit.query
    status = 400 if error else 200
    return visit.page(
        "login.html", status=status, error=error, name=sent.get("name", ""), next=sent.get("next", "/")
    )


def _tokens(visit: Visit, token: str = "") -> Response:
    query = "SELECT hash, name, role, created FROM tokens WHERE account = ? ORDER BY created DESC"
    rows = visit.db.execute(query, (visit.signed_in().id,)).fetchall()
    return visit.page("tokens.html", tokens=rows, token=token)
