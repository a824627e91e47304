"""q10: a pickle is a program; weights that came by mail are loaded without running it."""

import pickle
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import plain
from ..blank import NotAttempted
from ..describe import describe
from ..question import Misconception, Question, Slip
from .patient import NOTHING, Patient, run

if TYPE_CHECKING:
    import torch


class Passenger:
    """What hides in a pickle: unpickling it calls a function, here one that leaves an empty file behind."""

    def __init__(self, footprint: Path):
        self.footprint = footprint

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return Path.touch, (self.footprint,)


@dataclass(frozen=True)
class _Seen:
    bin: Any
    safetensors: Any
    ran: bool  # the code in the third file
    refused: bool  # the third file
    third: Any = None

    @property
    def reads(self) -> bool:
        return _amiss(self.bin) is None and _amiss(self.safetensors) is None


def _tensors() -> dict[str, "torch.Tensor"]:
    import torch

    return {
        "classifier.weight": torch.arange(6.0).reshape(2, 3),
        "classifier.bias": torch.tensor([0.5, -0.5]),
    }


def _examine(weights: Any) -> _Seen:
    import torch
    from safetensors.torch import save_file

    with tempfile.TemporaryDirectory() as folder:
        honest, safe, other = (Path(folder) / name for name in ("a.bin", "b.safetensors", "c.bin"))
        footprint = Path(folder) / "it-ran"
        torch.save(_tensors(), honest)
        save_file(_tensors(), safe)
        torch.save({**_tensors(), "optimizer": Passenger(footprint)}, other)
        first = run(weights, "a .bin of tensors", str(honest))
        second = run(weights, "a .safetensors", str(safe))
        try:
            third = weights(str(other))
        except NotAttempted:
            raise
        except (Exception, SystemExit):
            return _Seen(first, second, footprint.exists(), True)
        return _Seen(first, second, footprint.exists(), False, third)


def _amiss(said: Any) -> str | None:
    """What is wrong with tensors that should be those of _tensors()."""
    if said is None:
        return NOTHING
    if not isinstance(said, dict) or set(said) != set(_tensors()):
        return f"expected a dict of the 2 tensors by name, got {describe(said)}."
    for name, right in _tensors().items():
        got = plain.array(said[name])
        if got is None or got.shape != tuple(right.shape) or (got != right.numpy()).any():
            return f"`{name}` is not the tensor in the file."
    return None


def _complain(seen: _Seen) -> str | None:
    for kind, said in (("a .bin of tensors", seen.bin), ("a .safetensors", seen.safetensors)):
        if wrong := _amiss(said):
            return f"For {kind}: {wrong}"
    if seen.ran:
        return _RAN
    if not seen.refused:
        return (
            f"For a .bin that holds a program: it raised nothing and gave {describe(seen.third)}. A file "
            "that is refused must be heard of."
        )
    return None


_RAN = (
    "One of the three files had a program in it, and the program ran: it left an empty file behind (ours, "
    "harmless). It could have read your token. With `weights_only=False`, unpickling runs whatever the file "
    "says, and a fallback to it, or a check of the result afterwards, comes too late."
)

_LOAD = """
if path.endswith(".safetensors"):
    return load_file(path)
{pickle}
"""


def _sample(pickle: str) -> str:
    return _LOAD.format(pickle=pickle)


_SAFELY = "return torch.load(path, weights_only=True)"
_FALLBACK = """
try:
    return torch.load(path, weights_only=True)
except Exception:
    return {otherwise}
"""

question = Question(
    title="Weights that came by mail",
    expects=lambda: Patient(_examine, _complain),
    reference=_sample(_SAFELY),
    alternatives=[
        _sample("return torch.load(path)"),
        _sample(
            """
try:
    return torch.load(path, map_location="cpu", weights_only=True)
except pickle.UnpicklingError as error:
    raise ValueError(f"{path} holds more than tensors: not loaded") from error
"""
        ),
        """
        from safetensors import safe_open

        if path.endswith(".bin"):
            return dict(torch.load(path, weights_only=True))
        with safe_open(path, "pt") as file:
            return {name: file.get_tensor(name) for name in file.keys()}
        """,
    ],
    hints=[
        "The snippet works on every file that it was given so far. What is a `.bin`, and who wrote it?",
        "A pickle is a list of instructions for Python. `torch.load` can be told to follow only those that "
        "make tensors, and to raise at any other.",
        "`weights_only=True`. If it raises, the file is at fault: that is an answer, so let it out.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            _sample("return torch.load(path, weights_only=False)"),
            when=lambda seen: seen.ran,
            says=_RAN,
            also=[
                _sample(_FALLBACK.format(otherwise="torch.load(path, weights_only=False)")),
                _sample(
                    """
tensors = torch.load(path, weights_only=False)
if not all(isinstance(value, torch.Tensor) for value in tensors.values()):
    raise ValueError("not only tensors")
return tensors
"""
                ),
            ],
        ),
        Misconception(
            "every pickle is refused",
            _sample('raise ValueError("a pickle: not loaded")'),
            when=lambda seen: (
                isinstance(seen, ValueError | RuntimeError | NotImplementedError)
                or type(seen).__name__ == "SafetensorError"
            ),
            says="Safe, and it refuses too much: a `.bin` that holds tensors and nothing else has to be "
            "read, for many older models have no other file. `torch.load` can tell the two apart.",
            also=["return load_file(path)"],
        ),
        Misconception(
            "weights that cannot be read are no weights",
            _sample(_FALLBACK.format(otherwise="{}")),
            when=lambda seen: seen.reads and not seen.ran and not seen.refused,
            says="The program did not run, and nobody hears that there was one: the function gives something "
            "back as if all were well, and the hotel starts tomorrow with a model that is none. Let the "
            "error out (or raise a clearer one).",
            also=[
                _sample(_FALLBACK.format(otherwise="None")),
                _sample(_FALLBACK.format(otherwise="print('bad file')")),
            ],
        ),
        Misconception(
            "a pickle is read by pickle",
            _sample('with open(path, "rb") as file:\n    return pickle.load(file)'),
            when=lambda seen: isinstance(seen, pickle.UnpicklingError),
            says="A `.bin` of today's torch is a zip archive with a pickle inside, so the reader that you "
            "took cannot open it; and Python's own `pickle` would run what it finds. `torch.load` reads it, "
            "and has an argument that keeps it to tensors.",
        ),
    ],
    slips=[
        Slip(_sample(_SAFELY).replace("return load_file(path)", "return None"), "a .safetensors"),
        Slip(_sample(_SAFELY.replace("return ", "tensors = ")), "For a .bin of tensors"),
        Slip(_sample("return list(torch.load(path, weights_only=True))"), "expected a dict of the 2 tensors"),
    ],
    follows="Ask for safetensors first: it holds numbers and nothing else. `trust_remote_code=True` is the "
    "same question again: it runs Python files of somebody else's.",
)
