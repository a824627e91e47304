"""One Space as this Hub runs it: at most one program, or the reason why there is none."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from .front import Front
from .plan import Unfit
from .program import Program
from .status import PAUSED, SLEEPING, STARTING, Status


@dataclass(frozen=True)
class Wanted:
    """What a program is started for: where any of this changes, it is started anew."""

    commit: str
    name: str
    environment: dict[str, str]  # its variables and secrets


class Space:
    """What all threads that deal with one Space share. Its `front` stays, its programs come and go."""

    def __init__(self, front: Front) -> None:
        self.front = front
        self.build_log = ""
        self.program: Program | None = None
        self._wanted: Wanted | None = None
        self._settled: Status | None = None  # why there is none, or none that lives
        self._lock = threading.RLock()

    @property
    def status(self) -> Status:
        with self._lock:
            if self._settled is None and self.program is not None:
                status = self.program.status()
                if not (status.running or status.starting):
                    self._settle(status)
                return status
            return self._settled or STARTING

    @property
    def begun(self) -> bool:
        """Whether somebody has asked for it since it was made or last ended."""
        return self._wanted is not None or self._settled is not None

    def want(self, wanted: Wanted, begin: Callable[["Space"], Program], *, wake: bool) -> None:
        """Run `wanted` if something else runs or nothing yet; one that sleeps only if it is to `wake`."""
        with self._lock:
            asleep = self._settled in (SLEEPING, PAUSED)
            if self._wanted == wanted and not (asleep and (wake or self._settled is PAUSED)):
                return
            self.end()
            self._wanted = wanted
            try:
                self.program = begin(self)
            except Unfit as unfit:
                self.build_log = unfit.status.message
                self._settled = unfit.status

    def is_called(self, name: str) -> bool:
        """Whether the program, if there is one, knows itself by this name."""
        return self._wanted is None or self._wanted.name == name

    def pause(self) -> None:
        with self._lock:
            self._settle(PAUSED)

    def watch(self, sleep_after_s: float) -> None:
        """End a program that nobody visits, or that nobody can reach; for a clock to call."""
        with self._lock:
            if self._settled or self.program is None:
                return
            if self.status.running and 0 <= sleep_after_s < self._idle_s(self.program):
                self._settle(SLEEPING)
            elif astray := self.program.astray():
                self._settle(astray)

    def end(self) -> None:
        """Begin to end the program, and forget it; the next visit starts another."""
        if program := self.forget():
            program.stop()
            threading.Thread(target=program.remove, name="space-end").start()

    def forget(self) -> Program | None:
        """Leave the program, if there is one, to whoever calls this."""
        with self._lock:
            program, self.program, self._wanted, self._settled = self.program, None, None, None
            return program

    def _idle_s(self, program: Program) -> float:
        return min(self.front.idle_s, program.age_s)

    def _settle(self, status: Status) -> None:
        self._settled = status
        if self.program:
            with suppress(OSError):
                self.program.stop()
