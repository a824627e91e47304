"""A Hub's Spaces without its HTTP protocol, and small programs that stand for a learner's."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from hflearn.hub import Store
from hflearn.hub.repositories import Repo
from hflearn.hub.spaces import Runner
from hflearn.hub.spaces.status import Status

# Answers every request with its environment, as JSON; it starts in a fifth of a second, Gradio in five.
SERVER = """
import json, os, sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps(dict(os.environ)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
print("the server begins", flush=True)
ThreadingHTTPServer(("127.0.0.1", int(os.environ["GRADIO_SERVER_PORT"])), Answer).serve_forever()
"""
PATIENCE_S = 120.0  # the machine may be busy: a wait ends when what it waits for has come


@pytest.fixture(scope="module")
def runner(store: Store) -> Iterator[Runner]:
    runner = Runner(store, "http://127.0.0.1:9")
    yield runner
    runner.close()


@pytest.fixture
def space(store: Store, request: pytest.FixtureRequest) -> Callable[..., str]:
    """`space({"app.py": "…"})` commits the files to a Space, new for each test, and returns its id."""
    name = f"ada/s{abs(hash(request.node.name))}"

    def commit(files: dict[str, str], sdk: str = "gradio") -> str:
        files = {"README.md": f"---\nsdk: {sdk}\n---\n"} | files
        store.ensure_repo("space", name)
        contents = {path: text.encode() for path, text in files.items()}
        store.commit("space", name, files=contents, message="Change", author="ada")
        return name

    return commit


@pytest.fixture
def status(runner: Runner, store: Store) -> Callable[..., Status]:
    """`status(id)` visits the Space until it has come to something; `wake` as a person at its page would."""

    def wait(name: str, *, wake: bool = False, until: str = "") -> Status:
        eventually(lambda: _settled(look(runner, name, wake), until))
        return look(runner, name, wake)

    return wait


def look(runner: Runner, name: str, wake: bool = False) -> Status:
    """One visit."""
    repo = runner.store.repo("space", name)
    with runner.store.database.reading() as db:
        return runner.visit(db, repo, wake=wake).status


def _settled(status: Status, until: str) -> bool:
    return status.stage == until if until else not status.starting


def eventually(true: Callable[[], object]) -> None:
    """Wait until it is so."""
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


def wardens(folder: Path, repo: Repo) -> list[psutil.Process]:
    """The processes that have to do with a Space whose Hub keeps its runs in `folder`."""
    run = re.compile(re.escape(str(folder / "runs")) + rf"/[0-9]+-{repo.id}-")
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            said = [*process.cmdline(), process.cwd()]
            if any(run.match(word) for word in said) and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found
