"""Honest measurements: seconds, memory, size on disk. 1 MB is 1,000,000 bytes, as on the Hub."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from hflearn.errors import CourseError

MB = 1_000_000


def median_seconds(call: Callable[[], object], repeats: int = 5, warm_up: int = 1) -> float:
    """Median time of `repeats` calls, in seconds, after `warm_up` calls that do not count."""
    for _ in range(warm_up):
        call()
    times = []
    for _ in range(repeats):
        with timed() as timer:
            call()
        times.append(timer.seconds)
    return statistics.median(times)


@dataclass
class Timer:
    """What `timed` measures; `seconds` is 0 until its block ends."""

    seconds: float = 0.0


@contextmanager
def timed() -> Iterator[Timer]:
    """Time one block, for what can happen only once: ``with timed() as timer: …``, then ``timer.seconds``."""
    timer = Timer()
    start = time.perf_counter()
    try:
        yield timer
    finally:
        timer.seconds = time.perf_counter() - start


def memory_mb() -> float:
    """Memory of this process that lies in RAM now (resident set), in MB."""
    return psutil.Process().memory_info().rss / MB


def size_mb(path: str | os.PathLike[str]) -> float:
    """Size of a file, or of all files in a folder, in MB. Links are followed, and a file counts once."""
    path = Path(path)
    if not path.exists():
        raise CourseError(f"There is no file or folder {path}: nothing to measure.")
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    # The Hub's cache links each revision's files to one copy: the copy is what takes the space.
    sizes = {(stat.st_dev, stat.st_ino): stat.st_size for stat in (file.stat() for file in files)}
    return sum(sizes.values()) / MB


@dataclass(frozen=True)
class Run:
    """What a piece of code cost in a process of its own."""

    seconds: float
    """Of the code, without Python's start and without `setup`."""
    peak_mb: float
    """The most memory the process ever held in RAM, in MB: Python and libraries included."""
    added_mb: float
    """What the code added to that: the peak less what was held when `setup` was done. Never below 0."""
    output: str
    """What the code printed."""


def in_process(code: str, setup: str = "") -> Run:
    """Run `code` in a fresh Python process; `setup` (imports, say) runs before the measurement starts.

    A fresh process is what makes the peak honest: memory that this one freed earlier cannot hide in it. macOS
    and Windows may move pages out of RAM early, so the same code can show a lower peak there than on
    Linux.
    Raises CourseError with the last line of the error where the code fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        job = {"setup": textwrap.dedent(setup), "code": textwrap.dedent(code), "report": str(report)}
        child = subprocess.run(
            [sys.executable, "-c", _CHILD],
            input=json.dumps(job),
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        if child.returncode != 0:
            reason = (child.stderr.strip() or f"exit status {child.returncode}").splitlines()[-1]
            raise CourseError(f"The code to measure failed: {reason}")
        return Run(output=child.stdout, **json.loads(report.read_text(encoding="utf-8")))


# Linux: ru_maxrss starts at the parent's peak when a process is forked, VmHWM at nothing.
_CHILD = """
import json, os, sys, time

def peak_bytes():
    if sys.platform == "linux":
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
    if sys.platform == "win32":
        import psutil
        return psutil.Process().memory_info().peak_wset
    import resource
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # bytes on macOS

def held_bytes():
    import psutil
    return psutil.Process().memory_info().rss

job = json.load(sys.stdin)
names = {"__name__": "__main__"}
exec(compile(job["setup"], "<setup>", "exec"), names)
held = held_bytes()
start = time.perf_counter()
exec(compile(job["code"], "<code>", "exec"), names)
seconds = time.perf_counter() - start
peak = peak_bytes()
with open(job["report"], "w") as report:
    json.dump({"seconds": seconds, "peak_mb": peak / 1e6, "added_mb": max(peak - held, 0) / 1e6}, report)
"""
