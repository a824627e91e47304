"""One request on its way through: who sends it, what it says, and the transaction in which it is answered."""

import re
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from .. import accounts, permissions, refs
from ..accounts import Caller
from ..commits import Commit
from ..problems import BadCredentials, BadRequest, TooLarge
from ..repositories import Repo
from ..spaces import Runner
from ..store import Store
from .fields import Fields

BODY_LIMIT = 4 * 2**20
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")

Endpoint = Callable[[Request], Awaitable[Response]]
Prepared = TypeVar("Prepared")


@dataclass
class Call:
    request: Request
    body: bytes
    store: Store
    db: sqlite3.Connection

    @cached_property
    def caller(self) -> Caller | None:
        """Who sends the request; None for strangers. Raises BadCredentials for a token that nobody has."""
        return identify(self.db, self.request)

    @cached_property
    def fields(self) -> Fields:
        return Fields.parse(self.body)

    @cached_property
    def form(self) -> dict[str, list[str]]:
        """A form-encoded body."""
        try:
            return parse_qs(self.body.decode(), keep_blank_values=True)
        except ValueError as error:
            raise BadRequest("The body is not a form.") from error

    @property
    def runner(self) -> Runner:
        """What runs this Hub's Spaces."""
        runner: Runner = self.request.app.state.runner
        return runner

    def path(self, name: str) -> Any:
        return self.request.path_params[name]

    def query(self, name: str) -> str | None:
        return self.request.query_params.get(name)

    def query_list(self, name: str) -> list[str]:
        """A repeated parameter, written `name` or `name[]`."""
        return self.request.query_params.getlist(name) + self.request.query_params.getlist(f"{name}[]")

    def query_flag(self, name: str) -> bool:
        return (self.query(name) or "").lower() in ("1", "true")

    def query_integer(self, name: str, default: int) -> int:
        value = self.query(name) or str(default)
        if not re.fullmatch(r"[0-9]{1,12}", value, re.ASCII):
            raise BadRequest(f"'{name}' should be a whole number, not {value!r}.")
        return int(value)

    @cached_property
    def base_url(self) -> str:
        """The address that the client knows the Hub by, without a slash at the end."""
        return f"{self.request.scope['scheme']}://{check_host(self.request)}"

    @cached_property
    def repo(self) -> Repo:
        """The repository that the address names, if the caller may know of it."""
        return permissions.visible_repo(self.db, self.caller, self.path("kind"), self.path("repo"))

    @cached_property
    def commit(self) -> Commit:
        """The commit that the address names (default: main)."""
        return refs.resolve(self.db, self.repo, self.request.path_params.get("rev", "main"))


def reading(answer: Callable[[Call], Response], *, limit: int = BODY_LIMIT) -> Endpoint:
    """An endpoint that changes nothing."""

    def act(request: Request, body: bytes) -> Response:
        with _store(request).database.reading() as db:
            return answer(Call(request, body, _store(request), db))

    return _endpoint(act, limit)


def writing(answer: Callable[[Call], Response]) -> Endpoint:
    """An endpoint that may change the store: all it does happens at once, or, if it raises, not at all."""

    def act(request: Request, body: bytes) -> Response:
        with _store(request).database.writing() as db:
            return answer(Call(request, body, _store(request), db))

    return _endpoint(act, BODY_LIMIT)


def preparing(
    prepare: Callable[[Call], Prepared], answer: Callable[[Call, Prepared], Response], *, limit: int
) -> Endpoint:
    """An endpoint that does its long work before it keeps others from changing the store."""

    def act(request: Request, body: bytes) -> Response:
        store = _store(request)
        with store.database.reading() as db:
            prepared = prepare(Call(request, body, store, db))
        with store.database.writing() as db:
            return answer(Call(request, b"", store, db), prepared)

    return _endpoint(act, limit)


def identify(db: sqlite3.Connection, request: Request) -> Caller | None:
    """Who a request's token belongs to; raises BadCredentials."""
    header = request.headers.get("authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    caller = accounts.caller(db, token.strip()) if scheme.lower() == "bearer" else None
    if caller is None:
        raise BadCredentials()
    return caller


def check_host(request: Request) -> str:
    """The Host header, or BadRequest if it is none: it goes into the links of answers."""
    host = request.headers.get("host", "localhost")
    if not _HOST.fullmatch(host):
        raise BadRequest("The Host header is not a host's name.")
    return host


async def read_body(request: Request, limit: int) -> bytes:
    """The whole body; raises TooLarge once it passes `limit` bytes."""
    pieces, size = [], 0
    async for piece in request.stream():
        size += len(piece)
        if size > limit:
            raise TooLarge(f"The body is larger than {limit / 2**20:.0f} MB.")
        pieces.append(piece)
    return b"".join(pieces)


def _endpoint(act: Callable[[Request, bytes], Response], limit: int) -> Endpoint:
    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(act, request, await read_body(request, limit))

    return endpoint


def _store(request: Request) -> Store:
    store: Store = request.app.state.store
    return store
