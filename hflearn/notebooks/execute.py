"""Runs a notebook in a kernel of its own, on a practice Hub that nobody else uses."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from hflearn import course, home
from hflearn.errors import CourseError

KERNEL_SECONDS = 120
CELL_SECONDS = 600
KERNEL_ARGUMENTS = ["--IPKernelApp.log_level=ERROR"]  # or each kernel warns that loopback is not encrypted


@contextmanager
def fresh_home(hub: str = "practice") -> Iterator[Path]:
    """Inside, this process and its kernels live in an empty HFLEARN_HOME, which shares this machine's stock.

    `hub` is what HFLEARN_HUB is set to. GPUs are hidden: outputs are to be the same on every machine.
    """
    before = dict(os.environ)
    stock = home.stock_dir()
    with tempfile.TemporaryDirectory(prefix="hflearn-", ignore_cleanup_errors=True) as folder:
        os.environ |= {
            "HFLEARN_HOME": folder,
            "HFLEARN_STOCK": str(stock),
            "HFLEARN_HUB": hub,
            "CUDA_VISIBLE_DEVICES": "",
            "IPYTHONDIR": str(Path(folder) / "ipython"),  # the profile of whoever runs this stays out of it
            "COLUMNS": "100",
        }
        os.environ.pop("HFLEARN_HUB_URL", None)
        try:
            yield Path(folder).resolve()
        finally:
            os.environ.clear()
            os.environ.update(before)


def notebooks(ids: Sequence[str] | None) -> list[Path]:
    """The lessons and exercises of these lessons; of all where there are no ids."""
    chosen = [course.lesson(name) for name in ids] if ids else course.lessons()
    both = [(lesson.notebook, lesson.exercise_notebook) for lesson in chosen]
    return [path for pair in both for path in pair if path]


def read(path: Path) -> NotebookNode:
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except FileNotFoundError:
        raise CourseError(f"{name(path)} does not exist.") from None
    except Exception as error:
        raise CourseError(
            f"{name(path)} is not a notebook that Jupyter can read: {str(error).splitlines()[0]}"
        ) from None
    return notebook


def execute(path: Path) -> NotebookNode:
    """The notebook with the outputs of all its cells; CourseError names the cell that failed."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    notebook = read(path)
    client = NotebookClient(
        notebook,
        kernel_name="python3",
        timeout=CELL_SECONDS,
        startup_timeout=KERNEL_SECONDS,
        extra_arguments=KERNEL_ARGUMENTS,
        resources={"metadata": {"path": str(path.parent)}},
    )
    reached = 0

    def notice(cell: NotebookNode, cell_index: int) -> None:
        nonlocal reached
        reached = cell_index

    client.on_cell_execute = notice
    try:
        client.execute()
    except CellExecutionError as error:
        raise CourseError(
            f"{_at(path, notebook, reached)} failed with {error.ename}: {error.evalue}"
        ) from None
    except CellTimeoutError:
        raise CourseError(
            f"{_at(path, notebook, reached)} ran for more than {CELL_SECONDS} seconds."
        ) from None
    except DeadKernelError:
        raise CourseError(f"{_at(path, notebook, reached)} killed its kernel: did memory run out?") from None
    return notebook


def _at(path: Path, notebook: NotebookNode, index: int) -> str:
    return f"{name(path)}, {place(notebook, index)}"


def name(path: Path) -> str:
    """The path as people write it: from the repository's root."""
    path = path.absolute()
    return str(path.relative_to(course.REPOSITORY)) if path.is_relative_to(course.REPOSITORY) else path.name


def place(notebook: NotebookNode, index: int) -> str:
    """Where a cell is: its position from 1, and the number that Jupyter shows beside a code cell."""
    if notebook.cells[index].cell_type != "code":
        return f"cell {index + 1}"
    count = sum(cell.cell_type == "code" for cell in notebook.cells[: index + 1])
    return f"cell {index + 1} [{count}]"
