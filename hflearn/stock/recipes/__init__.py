"""How the small models in ``weights/`` were trained: a module each, with ``train(folder)``.

They come with the course, so nobody has to train them. ``train(ROLE)`` does it again: same machine, same
packages, same bytes. What a card says of them is measured afterwards, by `hflearn.stock.quality`.
"""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from hflearn.errors import CourseError
from hflearn.stock.build import WEIGHTS
from hflearn.stock.catalog import chosen

SEED = 0


def train(role: str) -> None:
    """Trains the model of this role, replaces its files in ``weights/``, and prints its figures.

    Raises:
        CourseError: a role that no recipe makes.
    """
    if not (WEIGHTS / role).is_dir():
        trained = ", ".join(sorted(folder.name for folder in WEIGHTS.iterdir() if folder.is_dir()))
        raise CourseError(f"{chosen([role])[0].id} was not trained here; these were: {trained}.")
    with tempfile.TemporaryDirectory(dir=WEIGHTS) as scratch:
        made = Path(scratch) / role
        made.mkdir()
        seconds = run(role, made)
        shutil.rmtree(WEIGHTS / role)
        made.rename(WEIGHTS / role)
    figures = import_module(f"hflearn.stock.quality.{role}").measure()
    print(f"[{role}]", f"train_seconds = {seconds:.0f}", sep="\n")
    print(*(f"{name} = {value}" for name, value in figures.items()), sep="\n")


def run(role: str, folder: Path) -> float:
    """Trains into ``folder``, and returns the seconds it took."""
    recipe = import_module(f"{__name__}.{role}")
    started = time.perf_counter()
    with reproducible():
        recipe.train(folder)
    return time.perf_counter() - started


@contextmanager
def reproducible() -> Iterator[None]:
    """One seed, and one thread: two threads add up in another order, and round otherwise."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    torch.manual_seed(SEED)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
