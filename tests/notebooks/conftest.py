"""Runs pytest on notebooks in a process of its own, as `make test` runs the lessons."""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from hflearn.course import REPOSITORY

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
        metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=metadata)
        nbformat.write(notebook, tmp_path / name)
        return tmp_path / name

    return write_cells
