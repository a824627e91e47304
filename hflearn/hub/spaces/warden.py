"""Runs one Space's program beneath the practice Hub: `python warden.py LOG COMMAND…`, a script of its own.

It keeps the last of what the program prints, and ends the program with all that it started when the Hub
closes this script's standard input: also where the Hub was killed and could close nothing itself.
"""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

LOG_BYTES = 1_000_000  # of each of the two files that are kept
RATE = 2_000_000  # bytes a second: a program that floods its log waits for us
GRACE_S = 3.0
_ADOPT_ORPHANS = 36  # Linux's PR_SET_CHILD_SUBREAPER


class Log:
    """A file that starts anew once it is full, its predecessor kept beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("ab", buffering=0)

    def write(self, piece: bytes) -> None:
        if self._file.tell() + len(piece) > LOG_BYTES:
            self._turn()
        self._file.write(piece)

    def _turn(self) -> None:
        self._file.close()
        with suppress(OSError):  # Windows does not rename what somebody reads: the file grows a little more
            self.path.replace(self.path.with_suffix(".old"))
        self._file = self.path.open("ab", buffering=0)


def main(log: Path, command: list[str]) -> int:
    """Run the command and return its status; a program that a signal ended has the signal's, negative."""
    _adopt_orphans()
    program = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    signal.signal(signal.SIGTERM, lambda *_: _begin(_end_family))
    _begin(_end_with_the_hub)
    copying = _begin(_copy, program, Log(log))
    status = program.wait()
    _end_family()  # what the program leaves behind goes with it
    copying.join(GRACE_S)
    return status


def _begin(work: Callable[..., None], *arguments: object) -> threading.Thread:
    thread = threading.Thread(target=work, args=arguments, daemon=True)
    thread.start()
    return thread


def _copy(program: subprocess.Popen[bytes], log: Log) -> None:
    assert program.stdout
    while piece := os.read(program.stdout.fileno(), 2**16):
        with suppress(OSError):  # a full disk is no reason to stop the program
            log.write(piece)
        time.sleep(len(piece) / RATE)


def _end_with_the_hub() -> None:
    with suppress(OSError):
        while os.read(0, 2**10):
            pass
    _end_family()


def _end_family() -> None:
    """Ask everything below to end, and after a while make it."""
    for end, patience in ((psutil.Process.terminate, GRACE_S), (psutil.Process.kill, GRACE_S)):
        family = psutil.Process().children(recursive=True)
        for process in family:
            with suppress(psutil.NoSuchProcess):
                end(process)
        psutil.wait_procs(family, patience)


def _adopt_orphans() -> None:
    """On Linux, become the parent of grandchildren whose parent ends, so that none gets away."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ADOPT_ORPHANS, 1, 0, 0, 0)


if __name__ == "__main__":
    status = main(Path(sys.argv[1]), sys.argv[2:])
    os._exit(status if status >= 0 else 128 - status)  # threads that still read are of no more use
