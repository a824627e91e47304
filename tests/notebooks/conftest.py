"""Runs pytest on notebooks in a process of its own, as `make test` runs the lessons."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from hflearn import course
from hflearn.course import REPOSITORY, Lesson

METADATA = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}

Compare = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def compare() -> Compare:
    """Run a notebook under hflearn.notebooks.compare, behind the words of `before`; the finished process."""

    def run(path: Path, *options: str, before: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
        pytest_alone = [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "hflearn.notebooks.compare",
            "-p",
            "no:cacheprovider",
        ]
        command = [*before, *pytest_alone, "--rootdir", str(path.parent), "--color=no", *options, str(path)]
        return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True)

    return run


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write cells as a notebook; its path."""

    def write_cells(*cells: NotebookNode, name: str = "sample.ipynb") -> Path:
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
        nbformat.write(notebook, tmp_path / name)
        return tmp_path / name

    return write_cells


@pytest.fixture
def a_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A course of its own: ``a_course(one=[cells], two=[cells])`` writes it; its folder of lessons."""

    def make(**lessons: list[NotebookNode]) -> Path:
        table = [
            Lesson(id, id.title(), [], "", minutes=1, memory_gb=1, seconds=60, stock=[]) for id in lessons
        ]
        monkeypatch.setattr(course, "REPOSITORY", tmp_path)
        monkeypatch.setattr(course, "lessons", lambda: table)
        (tmp_path / "notebooks").mkdir()
        for lesson in table:
            notebook = nbformat.v4.new_notebook(cells=lessons[lesson.id], metadata=METADATA)
            nbformat.write(notebook, lesson.notebook)
        return tmp_path / "notebooks"

    return make
