"""Measures what the cards say of each item.

``python -m hflearn.stock.quality ROLE`` prints the figures for ``measured.toml``; the tests measure again and
hold the cards to them. Each module has ``measure() -> dict[str, str]``: facts of the files, so any machine
gets the same but for rounding. Speeds are in ``speed()``: they hold for one machine.
"""

from pathlib import Path

from hflearn.stock.build import build
from hflearn.stock.catalog import roles


def folder(role: str) -> Path:
    """The item's files, made if need be."""
    return build(roles()[role], progress=False)
