"""Who may come in at a Space's address: those who may open its files."""

import sqlite3
from collections.abc import Iterator, Mapping

from starlette.requests import cookie_parser

from .. import accounts, permissions
from ..accounts import Caller
from ..problems import Forbidden
from ..repositories import Repo
from ..sessions import Sessions

_TOKENS = ("x-hf-authorization", "authorization")  # gradio_client leaves the second to the app


def check(db: sqlite3.Connection, sessions: Sessions, repo: Repo, headers: Mapping[str, str]) -> None:
    """Raise Forbidden unless the request brings a reader's token, or the cookie of the Hub's own pages.

    Browsers send that cookie along: they share cookies among all ports of a host.
    """
    if not (repo.private or repo.gated):
        return
    if not any(permissions.may_open(db, caller, repo) for caller in _callers(db, sessions, headers)):
        raise Forbidden(_REFUSAL)


def _callers(
    db: sqlite3.Connection, sessions: Sessions, headers: Mapping[str, str]
) -> Iterator[Caller | None]:
    for name in _TOKENS:
        yield accounts.caller(db, headers.get(name, "").partition(" ")[2].strip())
    yield sessions.caller(db, cookie_parser(headers.get("cookie", "")))


_REFUSAL = (
    "This Space is not open to everybody. Sign in on its Hub's pages as somebody who may see it, and open it"
    " from there; code sends that person's token, as gradio_client.Client(…, token=…) does."
)
