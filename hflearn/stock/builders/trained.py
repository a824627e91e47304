"""A small model that comes with the course, in ``weights/ROLE``: ``recipes/ROLE.py`` trained it."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from hflearn.stock.build import WEIGHTS


def build(sources: Sequence[Path], folder: Path) -> None:
    role = folder.parent.name  # the stock keeps an item's files in ROLE/KEY
    shutil.copytree(WEIGHTS / role, folder, dirs_exist_ok=True)
