"""A fresh kernel for the tests of what a notebook shows."""

from pathlib import Path

import nbformat
from nbclient import NotebookClient


def outputs(*cells: str, folder: Path | None = None, allow_errors: bool = False, seconds: int = 60) -> list:
    """The outputs of each cell, run in one fresh kernel; none may take longer than `seconds`.

    What a cell prints in one piece is one output, in however many pieces the kernel sends it.
    """
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(
        notebook,
        coalesce_streams=True,
        allow_errors=allow_errors,
        kernel_name="python3",
        timeout=seconds,
        resources={"metadata": {"path": str(folder)}} if folder else {},
    ).execute()
    return [cell.outputs for cell in notebook.cells]
