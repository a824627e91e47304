"""What each lesson costs on this machine, against what course.toml promises."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter

import psutil

from hflearn import course
from hflearn.notebooks.execute import execute, fresh_home
from hflearn.notebooks.table import table

HEAD = ("lesson", "seconds", "budget", "peak GB", "budget", "")
INTERVAL = 0.1  # seconds between two looks at memory


def budgets() -> None:
    """Execute every lesson; print its seconds and peak memory beside its budgets. A benchmark, not a test."""
    rows = []
    for lesson in course.lessons():
        seconds, peak_gb = _cost(lesson)
        over = seconds > lesson.seconds or peak_gb > lesson.memory_gb
        figures = (f"{seconds:.1f}", str(lesson.seconds), f"{peak_gb:.2f}", str(lesson.memory_gb))
        rows.append((lesson.id, *figures, "OVER" if over else "within"))
    print(table(HEAD, rows))
    print("Seconds include the kernel's start; memory adds up what the kernel and its children hold (RSS).")


def _cost(lesson: course.Lesson) -> tuple[float, float]:
    started = perf_counter()
    with fresh_home(), _peak_of_children() as peak:
        execute(lesson.notebook)
    return perf_counter() - started, peak[0] / 1e9


@contextmanager
def _peak_of_children() -> Iterator[list[int]]:
    """One number, the most bytes that this process's descendants held together inside the block."""
    peak = [0]
    done = threading.Event()

    def watch() -> None:
        while not done.wait(INTERVAL):
            peak[0] = max(peak[0], _resident())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def _resident() -> int:
    total = 0
    for process in psutil.Process().children(recursive=True):
        try:
            total += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total
