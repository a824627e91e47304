"""Executes the notebooks and keeps their outputs, normalised."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import nbformat
from nbformat import NotebookNode

from hflearn.notebooks.execute import execute, fresh_home, name, notebooks, read
from hflearn.notebooks.normalise import normalise


def refresh(ids: Sequence[str] | None = None) -> None:
    """Execute these lessons and their exercises, all of them by default, and write their outputs.

    Each runs in a fresh home on the practice Hub. CourseError names the first cell that fails; its notebook
    stays as it was.
    """
    for path in notebooks(ids):
        started = perf_counter()
        refresh_one(path)
        print(f"{name(path)}: {perf_counter() - started:.0f} s")


def refresh_one(path: Path) -> None:
    before = read(path)
    with fresh_home():
        after = normalise(execute(path), before)
    write(path, after)


def write(path: Path, notebook: NotebookNode) -> None:
    """Replace the file in one step: an interruption leaves the old notebook or the new one."""
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_text(nbformat.writes(notebook, version=4).rstrip("\n") + "\n", encoding="utf-8")
    temporary.replace(path)
