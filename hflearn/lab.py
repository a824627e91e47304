"""``hflearn lab``: JupyterLab beside the practice Hub, each at an address that stays."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hflearn import connection, course, hub, stock
from hflearn.connection import PORT
from hflearn.errors import CourseError
from hflearn.home import home, hub_root

OVERRIDES = Path(__file__).with_name("jupyterlab")
"""JupyterLab's settings to begin with: it asks neither the network nor a newcomer about its own news."""


def lab(port: int | None = None, browser: bool = True) -> None:
    """Stock every lesson, run the practice Hub and JupyterLab (at `port`, or its own choice) until Ctrl-C.

    Raises CourseError where there are no notebooks, the stock cannot be had, or JupyterLab does not start.
    """
    notebook = course.lessons()[0].notebook
    if not notebook.is_file():
        raise CourseError(
            "hflearn was installed without its notebooks: clone its repository and run `make lab` in it."
        )
    environment = dict(os.environ)
    # Terminals in JupyterLab find `hf`, `hflearn` and python beside the interpreter that runs this.
    environment["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), environment.get("PATH", "")])
    if connection.online():
        connection.to_real(environment)
        _jupyter(notebook, port, browser, environment)
        return
    stock.ensure(course.stock(), hub.Store(hub_root()))
    with _practice_hub() as url:
        connection.to_practice(url, environment)
        environment["HFLEARN_HUB_URL"] = url
        print(f"The practice Hub is at {url}: browse it as you would the real one.", flush=True)
        _jupyter(notebook, port, browser, environment)


@contextmanager
def _practice_hub() -> Iterator[str]:
    """The address of a practice Hub over this learner's store: one that runs already, or one of our own."""
    ours = hub.Store(hub_root()).id
    for port in _ports():
        url = f"http://127.0.0.1:{port}"
        if hub.healthy(url) == ours:
            yield url
            return
        try:
            running = hub.start(hub_root(), port=port)
        except CourseError as error:
            if not isinstance(error.__cause__, OSError):
                raise
            print(f"Port {port} is taken by something else: trying the next one.", flush=True)
            continue
        _remembered().write_text(str(port))
        try:
            yield running.url
        finally:
            running.stop()
        return
    raise CourseError(
        f"Ports {PORT} to {PORT + 19} are all taken: close what uses them (hflearn doctor names it)."
    )


def _ports() -> list[int]:
    """The port used last time, so that bookmarks go on working, then the course's own and those after it."""
    try:
        last = [int(_remembered().read_text())]
    except (OSError, ValueError):
        last = []
    return list(dict.fromkeys([*last, *range(PORT, PORT + 20)]))


def _remembered() -> Path:
    return home() / "port"


def _jupyter(notebook: Path, port: int | None, browser: bool, environment: dict[str, str]) -> None:
    command = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={course.REPOSITORY}",
        f"--LabApp.default_url=/lab/tree/{notebook.relative_to(course.REPOSITORY).as_posix()}",
        "--ServerApp.answer_yes=True",  # one Ctrl-C ends it
        f"--LabApp.app_settings_dir={OVERRIDES}",
        "--log-level=ERROR",  # the addresses to open are printed all the same
    ]
    command += [f"--port={port}"] if port else []
    command += [] if browser else ["--no-browser"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # in a container; JupyterLab asks to have it said
        command.append("--allow-root")
    child = subprocess.Popen(command, env=environment)
    try:
        with _ended_by_signals():
            status = child.wait()
    except KeyboardInterrupt:
        status = 0  # that is how a lab is meant to end
    finally:
        _end(child)
    if status:
        raise CourseError(f"JupyterLab ended with status {status}; what it printed above says why.")


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """A closed terminal and `kill` end this as Ctrl-C does, and so does Ctrl-C where a shell ignores it."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    names = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = [signal.signal(name, interrupt) for name in names]
    try:
        yield
    finally:
        for name, handler in zip(names, before, strict=True):
            signal.signal(name, handler)


def _end(child: subprocess.Popen[bytes]) -> None:
    """JupyterLab shuts its kernels down when it is asked to end; only where it does not, it is killed."""
    if child.poll() is None:
        child.terminate()
    try:
        child.wait(timeout=15)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
