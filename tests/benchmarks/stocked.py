"""Where the stock keeps a model, for the benchmarks that load one from the disk."""

from pathlib import Path

from hflearn import home


def stocked(role: str) -> Path:
    return next((home.stock_dir() / role).iterdir())
