"""Running the practice Hub: in a thread of this process, or by itself in the foreground."""

import contextlib
import json
import os
import socket
import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from hflearn.errors import CourseError

from . import pages
from .api.whoami import SERVICE
from .application import application
from .spaces import Runner
from .store import Store

_START_S = 10.0
_STOP_S = 5.0


@dataclass
class RunningHub:
    """A practice Hub in a thread of this process, at `url` until `stop()`; `runner` runs its Spaces."""

    url: str
    runner: Runner
    _server: uvicorn.Server
    _thread: threading.Thread

    def stop(self) -> None:
        """Finish the requests under way, close the port, end the Spaces that run."""
        self._server.should_exit = True
        self._thread.join(_STOP_S)
        self.runner.close()


def start(root: Path, *, host: str = "127.0.0.1", port: int = 0) -> RunningHub:
    """Serve the store in `root` from a daemon thread; port 0 is a free one. Raises CourseError."""
    listener = _listen(host, port)
    server, runner = _server(root, _near(_url(listener)))
    thread = threading.Thread(target=server.run, args=([listener],), name="practice-hub", daemon=True)
    thread.start()
    _wait(server, thread)
    return RunningHub(_url(listener), runner, server, thread)


def serve(root: Path, *, host: str = "127.0.0.1", port: int = 8760) -> None:
    """Serve until interrupted. The first line on standard output is the address, once it accepts requests."""
    listener = _listen(host, port)
    server, runner = _server(root, _near(_url(listener)))
    announce = threading.Thread(target=_announce, args=(server, _url(listener)), daemon=True)
    announce.start()
    try:
        with contextlib.suppress(KeyboardInterrupt):
            server.run([listener])
    finally:
        runner.close()


def healthy(url: str, timeout: float = 1.0) -> str | None:
    """The id of the store that a practice Hub at `url` serves; None if there is none."""
    try:
        # no proxy: the Hub is on this machine, or as near as the address says
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"{url.rstrip('/')}/api/health", timeout=timeout) as response:
            answer = json.load(response)
    except (OSError, ValueError):
        return None
    if not isinstance(answer, dict) or answer.get("service") != SERVICE:
        return None
    store = answer.get("store")
    return store if isinstance(store, str) else None


def _server(root: Path, url: str) -> tuple[uvicorn.Server, Runner]:
    store = Store(root)
    app = application(store, pages.routes(store), url)
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        lifespan="off",
        timeout_graceful_shutdown=1,
        timeout_keep_alive=30,
        server_header=False,
    )
    return uvicorn.Server(config), app.state.runner


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # the protocol is named, because asyncio turns off Nagle's delay (40 ms an answer) only where it is
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    if os.name != "nt":  # there it would let two programs have one port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except (OSError, OverflowError) as error:
        listener.close()
        raise CourseError(
            f"The practice Hub cannot listen on {host} port {port} ({error}): choose another port."
        ) from error
    return listener


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _near(url: str) -> str:
    """How a program on this machine reaches a Hub that may listen on all of its addresses."""
    return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")


def _wait(server: uvicorn.Server, thread: threading.Thread) -> None:
    deadline = time.monotonic() + _START_S
    while not server.started:
        if not thread.is_alive() or time.monotonic() > deadline:
            raise CourseError("The practice Hub did not start: see the messages above.")
        time.sleep(0.005)


def _announce(server: uvicorn.Server, url: str) -> None:
    while not server.started:
        time.sleep(0.005)
    print(url, flush=True)
