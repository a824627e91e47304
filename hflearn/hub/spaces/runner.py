"""All the Spaces that a Hub runs. None runs before somebody looks at it, and none outlives the Hub."""

import asyncio
import atexit
import logging
import sqlite3
import threading
from collections.abc import Mapping
from functools import partial

from .. import about, refs, repositories, trees
from ..commits import Commit
from ..problems import RepoNotFound
from ..repositories import Repo
from ..sessions import Sessions
from ..store import Store
from . import door, settings
from .checkout import checkout, sweep
from .environment import environment
from .front import Front
from .plan import plan
from .program import Program, free_port
from .space import Space, Wanted
from .status import PAUSED, SLEEPING, Status

_log = logging.getLogger(__name__)
_TICK_S = 1.0


class Runner:
    """Runs the Spaces of `store`, whose Hub is at `url`; costs nothing until the first one is asked for."""

    def __init__(self, store: Store, url: str) -> None:
        self.store, self.url = store, url
        self.folder = store.root / "spaces"
        self._sessions = Sessions(store.secret, store.id)
        self._spaces: dict[int, Space] = {}
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def visit(self, db: sqlite3.Connection, repo: Repo, *, wake: bool = False) -> Space:
        """The Space, started if it should run and does not: after a commit, a rename, a changed variable."""
        space = self._space(repo)
        if settings.paused(db, repo):
            space.pause()
            return space
        commit = refs.resolve(db, repo, "main")
        own = settings.environment(db, repo)
        wanted = Wanted(commit.oid, repo.name, own)
        space.want(wanted, partial(self._begin, db, repo, commit, own), wake=wake)
        return space

    def restart(self, repo: Repo) -> None:
        """Have the next visit start it anew, in a folder as fresh as after a factory reboot."""
        self._space(repo).end()

    def status(self, db: sqlite3.Connection, repo: Repo) -> Status:
        """How it is doing, without a visit: what nobody has asked for yet is asleep."""
        if settings.paused(db, repo):
            return PAUSED
        space = self._spaces.get(repo.id)
        return space.status if space and space.begun else SLEEPING

    def host(self, repo: Repo) -> str:
        """The Space's address, where a visitor starts or wakes it."""
        return self._space(repo).front.host

    def close(self) -> None:
        """End all programs; returns when they have ended. It starts no thread: Python may be ending too."""
        self._closed = True
        atexit.unregister(self.close)
        with self._lock:
            spaces, self._spaces = list(self._spaces.values()), {}
            loop, self._loop = self._loop, None
        programs = [program for space in spaces if (program := space.forget())]
        for program in programs:
            program.stop()
        for program in programs:
            program.remove()
        if loop:
            asyncio.run_coroutine_threadsafe(_shut([space.front for space in spaces]), loop).result()
            loop.call_soon_threadsafe(loop.stop)

    def _space(self, repo: Repo) -> Space:
        with self._lock:
            if repo.id not in self._spaces:
                front = Front(partial(self.admit, repo.id))
                asyncio.run_coroutine_threadsafe(front.listen(), self._running_loop()).result()
                self._spaces[repo.id] = Space(front)
            return self._spaces[repo.id]

    def _begin(
        self, db: sqlite3.Connection, repo: Repo, commit: Commit, own: dict[str, str], space: Space
    ) -> Program:
        files = trees.files(db, commit.tree)
        card = repo.about.get("card", {})
        planned = plan(
            card, repo.sdk, set(files), lambda path: about.read_text(self.store.blobs, files[path])
        )
        folder, port = checkout(db, self.store.blobs, repo, commit.tree, self.folder / "runs"), free_port()
        surroundings = environment(
            repo,
            hub=self.url,
            host=space.front.host,
            port=port,
            home=folder / "home",
            cache=self.folder / "cache",
            own=own,
        )
        space.build_log = "\n".join([f"commit {commit.oid}: {commit.title}", *planned.notes])
        return Program(planned.command(port), surroundings, folder, port)

    def admit(self, repo_id: int, headers: Mapping[str, str]) -> tuple[int | None, Status]:
        """`arrive` for a visitor from outside; raises Forbidden for one who may not see the Space."""
        with self.store.database.reading() as db:
            if repo := repositories.by_id(db, repo_id):
                door.check(db, self._sessions, repo, headers)
        return self.arrive(repo_id)

    def arrive(self, repo_id: int) -> tuple[int | None, Status]:
        """Start or wake the Space: the program's port if it runs, and how it is doing."""
        if self._closed:
            return None, Status("STOPPED", "The practice Hub is ending.")
        with self.store.database.reading() as db:
            repo = repositories.by_id(db, repo_id)
            if repo is None:
                return None, Status("DELETING", "This Space was deleted.")
            space = self.visit(db, repo, wake=True)
        status, program = space.status, space.program
        return (program.port if program and status.running else None), status

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            sweep(self.folder / "runs")
            atexit.register(self.close)
            self._loop = asyncio.new_event_loop()
            threading.Thread(target=self._loop.run_forever, name="spaces", daemon=True).start()
            asyncio.run_coroutine_threadsafe(self._watch(), self._loop)
        return self._loop

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_TICK_S)
            for repo_id in list(self._spaces):
                try:
                    await asyncio.to_thread(self._tick, repo_id)
                except (sqlite3.Error, OSError, RepoNotFound) as error:
                    _log.warning("a Space could not be looked after: %s", error)

    def _tick(self, repo_id: int) -> None:
        with self.store.database.reading() as db:
            repo = repositories.by_id(db, repo_id)
            if repo is not None:
                paused, sleep_time = settings.paused(db, repo), settings.sleep_time(db, repo)
        space = self._spaces.get(repo_id)
        if space is None:
            return
        if repo is None or not space.is_called(repo.name):
            space.end()
        elif paused:
            space.pause()
        else:
            space.watch(sleep_time)


async def _shut(fronts: list[Front]) -> None:
    """Close the ports, and end whatever goes on in the loop."""
    for front in fronts:
        front.close()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
