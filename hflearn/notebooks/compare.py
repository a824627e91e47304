"""A pytest plugin: runs notebooks with nbval, and compares outputs as the normaliser writes them.

    pytest -p hflearn.notebooks.compare notebooks/01_hub.ipynb

nbval's own comparison knows only search-and-replace; here both sides go through the normaliser, so that what
it drops (progress bars, widgets' state) cannot fail a test, and what it keeps cannot change unseen.
"""

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from nbformat import NotebookNode
from nbval.plugin import IPyNbCell, IPyNbFile

from hflearn.notebooks.normalise import normalised_outputs

_PIXELS = re.compile(r"data:image/(png|jpeg);base64,[\w+/=]+")
"""A picture's bytes change with fonts and matplotlib's version; its alt text says what must stay true."""


class Notebook(IPyNbFile):
    def setup(self) -> None:
        # Kernels that start at the same instant race for the same ports.
        with FileLock(Path(tempfile.gettempdir()) / "hflearn-kernel.lock"):
            super().setup()

    def collect(self) -> Iterator["Cell"]:
        for cell in super().collect():
            fields = {
                "name": cell.name,
                "cell_num": cell.cell_num,
                "cell": cell.cell,
                "options": cell.options,
            }
            yield Cell.from_parent(self, **fields)


class Cell(IPyNbCell):
    def compare_outputs(
        self, test: list[NotebookNode], ref: list[NotebookNode], skip_compare: Any = None
    ) -> bool:
        same: bool = super().compare_outputs(_comparable(test), _comparable(ref), skip_compare)
        return same


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Notebook | None:
    if file_path.suffix != ".ipynb":
        return None
    notebook: Notebook = Notebook.from_parent(parent, path=file_path)
    return notebook


def _comparable(outputs: list[NotebookNode]) -> list[NotebookNode]:
    clean = normalised_outputs(outputs)
    for output in clean:
        if html := output.get("data", {}).get("text/html"):
            output.data["text/html"] = _PIXELS.sub(r"data:image/\1", html)
    return clean
