"""The same random numbers every time: for Python, NumPy and torch, imported already or later."""

import random
import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

SEED = 0

SEEDERS: dict[str, Callable[[Any], object]] = {
    "numpy": lambda numpy: numpy.random.seed(SEED),
    "torch": lambda torch: torch.manual_seed(SEED),
}


def seed() -> None:
    """Seed what is imported now, and see to it that the rest is seeded as it is imported.

    Importing torch takes seconds, which a lesson that does not use it should not pay.
    """
    random.seed(SEED)
    for name, act in SEEDERS.items():
        if name in sys.modules:
            act(sys.modules[name])
    if not any(isinstance(finder, _SeedOnImport) for finder in sys.meta_path):
        sys.meta_path.insert(0, _SeedOnImport())


class _SeedOnImport(MetaPathFinder):
    """Finds nothing itself: the other finders find the module, and this adds the seeding to its loading."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname not in SEEDERS:
            return None
        others = (finder for finder in sys.meta_path if finder is not self and hasattr(finder, "find_spec"))
        spec = next(filter(None, (finder.find_spec(fullname, path, target) for finder in others)), None)
        if spec and spec.loader:
            _then(spec.loader, SEEDERS[fullname])
        return spec


def _then(loader: Any, act: Callable[[ModuleType], object]) -> None:
    load = loader.exec_module

    def load_and_act(module: ModuleType) -> None:
        load(module)
        act(module)

    loader.exec_module = load_and_act
