"""A request for a page: who asks, what for, and how the answer is written."""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from .. import accounts, permissions
from ..accounts import Account, Caller
from ..problems import Problem, RepoNotFound
from ..repositories import Repo
from ..sessions import Sessions
from ..spaces import Runner
from ..store import Store
from .rendering import redirect, render

_OWN_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")


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

    @property
    def runner(self) -> Runner:
        runner: Runner = self.request.app.state.runner
        return runner

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

    def own_repo(self) -> Repo:
        """The repository in the address, if the viewer may change it; raises SignInNeeded or Forbidden."""
        self.signed_in()
        repo = self.repo()
        permissions.check_write(self.db, self.caller, repo)
        return repo

    def owns(self, repo: Repo) -> bool:
        return self.viewer is not None and accounts.may_act_for(self.db, self.viewer, repo.owner)

    def may_read(self, repo: Repo) -> bool:
        """Whether the gate, if there is one, is open for the viewer."""
        return permissions.may_read(self.db, self.caller, repo)

    def stage(self, repo: Repo) -> str:
        """How a Space in a list is doing, in the clients' word; empty for what the viewer may not open."""
        return self.runner.status(self.db, repo).stage if self.may_read(repo) else ""

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Changes that a Problem undoes, so that the form can be shown again with what was wrong."""
        self.db.execute("SAVEPOINT attempt")
        try:
            yield
        except Problem:
            self.db.execute("ROLLBACK TO attempt")
            raise

    def page(self, template: str, *, status: int = 200, framed: str = "", **facts: Any) -> Response:
        """The page; `framed` is the address of an app that it shows in a frame."""
        return render(self.request, self.viewer, template, status, facts | {"stage": self.stage}, framed)

    def go(self, path: str) -> Response:
        """After a form: on to a page, which a reload then asks for, not the form."""
        return redirect(path if _OWN_PATH.fullmatch(path) else "/")
