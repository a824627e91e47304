"""A request for a page: who asks, what for, and how the answer is written."""

import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from .. import accounts, permissions
from ..accounts import Account, Caller
from ..problems import Problem, RepoNotFound, SignInNeeded
from ..repositories import Repo
from ..store import Store
from . import safety, wording
from .session import Sessions

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).with_name("templates")),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
)
_TEMPLATES.filters.update(
    {name: getattr(wording, name) for name in ("count", "size", "parameters", "segment", "path", "brief")}
)
_OWN_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")
_HEADINGS = {
    400: "That did not work",
    403: "Not allowed",
    404: "Not found",
    409: "That clashes",
    413: "Too large",
}


@dataclass
class Visit:
    """One request, inside one transaction on the store."""

    request: Request
    store: Store
    sessions: Sessions
    db: sqlite3.Connection
    caller: Caller | None
    form: Mapping[str, str] = field(default_factory=dict)

    @property
    def viewer(self) -> Account | None:
        return self.caller.account if self.caller else None

    @property
    def query(self) -> Mapping[str, str]:
        return self.request.query_params

    def place(self, name: str) -> Any:
        """A piece of the address."""
        return self.request.path_params[name]

    def signed_in(self) -> Account:
        """The viewer; raises SignInNeeded."""
        return permissions.check_signed_in(self.caller)

    def repo(self) -> Repo:
        """The repository in the address, if the viewer may know of it; raises RepoNotFound."""
        kind, name = self.place("kind"), self.place("repo")
        try:
            return permissions.visible_repo(self.db, self.caller, kind, name)
        except RepoNotFound as problem:
            raise RepoNotFound(f"There is no {kind} called {name} that you may see.") from problem

    def owns(self, repo: Repo) -> bool:
        return self.viewer is not None and accounts.may_act_for(self.db, self.viewer, repo.owner)

    def may_read(self, repo: Repo) -> bool:
        """Whether the gate, if there is one, is open for the viewer."""
        try:
            permissions.check_read(self.db, self.caller, repo)
        except Problem:
            return False
        return True

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Changes that a Problem undoes, so that the form can be shown again with what was wrong."""
        self.db.execute("SAVEPOINT attempt")
        try:
            yield
        except Problem:
            self.db.execute("ROLLBACK TO attempt")
            raise

    def page(self, template: str, *, status: int = 200, **facts: Any) -> Response:
        return render(self.request, self.viewer, template, status, facts)

    def go(self, path: str) -> Response:
        """After a form: on to a page, which a reload then asks for, not the form."""
        return _redirect(path if _OWN_PATH.fullmatch(path) else "/")


Page = Callable[[Visit], Response]


def endpoint(store: Store, page: Page) -> Callable[[Request], Awaitable[Response]]:
    """What Starlette calls for `page`. A GET runs in a reading transaction, a POST in a writing one."""
    sessions = Sessions(store.secret, store.id)

    async def answer(request: Request) -> Response:
        form: Mapping[str, str] = {}
        try:
            safety.check_host(request)
            if request.method == "POST":
                safety.check_same_origin(request)
                form = await safety.read_form(request)
        except Problem as problem:
            return problem_page(request, None, problem)
        return await run_in_threadpool(_answer, store, sessions, page, request, form)

    return answer


def _answer(
    store: Store, sessions: Sessions, page: Page, request: Request, form: Mapping[str, str]
) -> Response:
    transaction = store.database.writing if request.method == "POST" else store.database.reading
    viewer = None
    try:
        with transaction() as db:
            caller = _caller(db, sessions, request)
            viewer = caller.account if caller else None
            return page(Visit(request, store, sessions, db, caller, form))
    except SignInNeeded:
        return _redirect(_sign_in(request))
    except Problem as problem:
        return problem_page(request, viewer, problem)


def _caller(db: sqlite3.Connection, sessions: Sessions, request: Request) -> Caller | None:
    name = sessions.read(request.cookies.get(sessions.cookie, ""))
    account = accounts.find(db, name) if name else None
    return Caller(account, "write", "browser") if account else None


def problem_page(request: Request, viewer: Account | None, problem: Problem) -> Response:
    heading = _HEADINGS.get(problem.status, "That did not work")
    facts = {"heading": heading, "sentence": problem.sentence, "advice": _advice(problem, viewer)}
    return render(request, viewer, "problem.html", problem.status, facts)


def _advice(problem: Problem, viewer: Account | None) -> str:
    if not isinstance(problem, RepoNotFound):
        return ""
    if viewer is None:
        return "Check the spelling; if the repository is private, sign in as somebody who may see it."
    return f"Check the spelling; if it is private, {viewer.name} is not among those who may see it."


def render(
    request: Request, viewer: Account | None, template: str, status: int, facts: Mapping[str, Any]
) -> Response:
    frame = {
        "viewer": viewer,
        "here": request.url.path,
        "sign_in": _sign_in(request),
        "origin": f"{request.url.scheme}://{request.headers.get('host', '')}",
    }
    html = _TEMPLATES.get_template(template).render(**frame, **facts)
    return HTMLResponse(html, status, headers=safety.HEADERS)


def _redirect(path: str) -> Response:
    return RedirectResponse(path, status_code=303, headers=safety.HEADERS)


def _sign_in(request: Request) -> str:
    """The sign-in page, which leads back here; a form's address is no page to come back to."""
    if request.method == "POST" or request.url.path in ("/", "/login"):
        return "/login"
    query = request.url.query
    return f"/login?next={quote(request.url.path + f'?{query}' * bool(query), safe='')}"
