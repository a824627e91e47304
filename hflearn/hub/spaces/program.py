"""One run of a Space's program: its folder, its port, its warden."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from . import log
from .status import RUNNING, STARTING, Status

START_S = 300.0  # to be reached in; an hflearn lesson's models load in a tenth of it
ASTRAY_S = 10.0  # to listen elsewhere, and only there, before that is taken for a mistake
_STOP_S = 8.0
_LINES = 25
_WARDEN = Path(__file__).with_name("warden.py")


class Program:
    """Starts `command` in `folder/files`, told to listen on `port`; it may not outlive this process."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path, port: int
    ) -> None:
        self.folder, self.port = folder, port
        self.log = folder / "run.log"
        self._started = time.monotonic()
        self._reached = False
        self._astray_since: float | None = None
        with self.log.open("ab") as errors:
            self._warden = subprocess.Popen(
                [sys.executable, str(_WARDEN), str(self.log), *command],
                cwd=folder / "files",
                env=dict(environment),
                stdin=subprocess.PIPE,  # whose end tells the warden that we are gone
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,  # a Ctrl-C in the Hub's terminal is for the Hub
            )

    def status(self) -> Status:
        """APP_STARTING, RUNNING, or RUNTIME_ERROR with the reason."""
        if (code := self._warden.poll()) is not None:
            return self._failed(f"The program ended with status {code}.{_HINT if code == 0 else ''}")
        if self._listens():
            return RUNNING
        if self.age_s > START_S:
            return self._failed(
                f"The program was not reached on its port, {self.port}, within {START_S:.0f} s."
            )
        return STARTING

    def astray(self) -> Status | None:
        """RUNTIME_ERROR for a program that listens on another port than its own; ask every second or so."""
        if self._reached or not (ports := self._ports() - {self.port}):
            self._astray_since = None
            return None
        self._astray_since = self._astray_since or time.monotonic()
        if time.monotonic() - self._astray_since < ASTRAY_S:
            return None
        return self._failed(_ASTRAY.format(found=" and ".join(map(str, sorted(ports))), port=self.port))

    @property
    def age_s(self) -> float:
        return time.monotonic() - self._started

    @property
    def ended(self) -> bool:
        return self._warden.poll() is not None

    def tidy(self, said: str) -> str:
        """What the program said, without where this machine keeps its files."""
        return said.replace(f"{self.folder / 'files'}{os.sep}", "")

    def stop(self) -> None:
        """Begin to end the program and all it started. Its log stays."""
        assert self._warden.stdin
        with suppress(OSError):
            self._warden.stdin.close()

    def remove(self) -> None:
        """Once it has ended, which a stopped program does within seconds, remove its folder."""
        with suppress(subprocess.TimeoutExpired):
            self._warden.wait(_STOP_S)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _failed(self, sentence: str) -> Status:
        lines = self.tidy(log.last_lines(self.log, _LINES))
        return Status("RUNTIME_ERROR", f"{sentence}\n\n{lines}" if lines else sentence)

    def _listens(self) -> bool:
        if not self._reached:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                self._reached = True
        return self._reached

    def _ports(self) -> set[int]:
        """The ports that the program and what it started listen on."""
        found: set[int] = set()
        with suppress(psutil.Error, OSError):
            for process in psutil.Process(self._warden.pid).children(recursive=True):
                connections = process.net_connections("tcp")
                found |= {one.laddr.port for one in connections if one.status == psutil.CONN_LISTEN}
        return found


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


_HINT = " A Space has to go on running: does the file end with demo.launch()?"
_ASTRAY = (
    "The program listens on port {found}, where nobody looks for it: a Space listens on the port that it"
    " is given, {port} here. Leave server_port out of launch(), or read it from GRADIO_SERVER_PORT (or PORT)."
)
