"""q10: a pickle is a program; weights that came by mail are loaded without running it."""

import pickle
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import plain
from ..blank import NotAttempted
from ..describe import describe
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip

if TYPE_CHECKING:
    import torch


class Passenger:
    """What hides in a pickle: unpickling it calls a function, here one that leaves an empty file behind."""

    def __init__(self, footprint: Path):
        self.footprint = footprint

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return Path.touch, (self.footprint,)


class TorchPassenger(Passenger):
    """The same with a function of torch's own, whose name is in every file that torch wrote."""

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        import torch

        return torch.save, (0, str(self.footprint))


class Attribute:
    """Calls nothing but ``getattr``, which is what torch's error proposes to allow."""

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return getattr, ("tensors", "upper")


@dataclass(frozen=True)
class _Seen:
    bin: Any
    safetensors: Any
    ran: bool  # the code in a file that should be refused
    passed: list[Any]  # what the files that should be refused gave
    allowed: bool  # a function was put on torch's list of what files may call

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

    with tempfile.TemporaryDirectory() as folder, _own_list() as allowed:
        honest, safe, other = (Path(folder) / name for name in ("a.bin", "b.safetensors", "c.bin"))
        footprint = Path(folder) / "it-ran"
        torch.save(_tensors(), honest)
        save_file(_tensors(), safe)
        first = run(weights, "a .bin of tensors", str(honest))
        second = run(weights, "a .safetensors", str(safe))
        passed = []
        for stowaway in (Passenger(footprint), TorchPassenger(footprint), Attribute()):
            torch.save({**_tensors(), "optimizer": stowaway}, other)
            try:
                passed.append(weights(str(other)))
            except NotAttempted:
                raise
            except (Exception, SystemExit):
                continue
        return _Seen(first, second, footprint.exists(), passed, allowed())


@contextmanager
def _own_list() -> Iterator[Callable[[], bool]]:
    """Whether a stranger stands on torch's list of what a file may call; it is taken off afterwards."""
    from torch.serialization import add_safe_globals, clear_safe_globals, get_safe_globals

    try:
        yield lambda: any(_strange(entry) for entry in get_safe_globals())
    finally:
        kept = [entry for entry in get_safe_globals() if not _strange(entry)]
        clear_safe_globals()
        add_safe_globals(kept)


def _strange(entry: Any) -> bool:
    """Whether it was not torch, or torchao, that put this there: classes, dtypes, private functions."""
    thing = entry[0] if isinstance(entry, tuple) else entry
    of_torch = str(getattr(thing, "__module__", "")).split(".")[0] in ("torch", "torchao")
    harmless = isinstance(thing, type) or not callable(thing) or thing.__name__.startswith("_")
    return not (of_torch and harmless)


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
    if seen.allowed:
        return _ALLOWED
    if seen.passed:
        return (
            f"For a .bin that holds a program: it raised nothing and gave {describe(seen.passed[0])}. A file "
            "that is refused must be heard of."
        )
    return None


_RAN = (
    "One of the files had a program in it, and the program ran: it left a file behind (ours, harmless). It "
    "could have read your token. With `weights_only=False`, unpickling runs whatever the file says: a "
    "fallback to it, or a check of the result afterwards, comes too late, and a search for bad words "
    "beforehand knows too few."
)
_ALLOWED = (
    "You did what the error proposes, and put a function on the list of those that a file may call. It "
    "stands there for every file that is still to come, whoever wrote it. The error was right: this file is "
    "at fault, so leave the list as it is and let the error out."
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
    raise ValueError(f"{path} holds more than tensors and plain values: not loaded") from error
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
        "make tensors and plain values, and to raise at any other.",
        "`weights_only=True`. If it raises, the file is at fault: that is an answer, so let it out.",
    ],
    misconceptions=[
        Misconception(
            "the message knows best",
            "torch.serialization.add_safe_globals([getattr])\n" + _sample(_SAFELY).strip(),
            when=lambda seen: seen.allowed or (not seen.ran and len(seen.passed) == 1),
            says=_ALLOWED,
            also=[
                "torch.serialization.add_safe_globals([print, exec, eval])\n" + _sample(_SAFELY).strip(),
                "torch.serialization.add_safe_globals([torch.save])\n" + _sample(_SAFELY).strip(),
                _sample(
                    "with torch.serialization.safe_globals([getattr]):\n"
                    "    return torch.load(path, weights_only=True)"
                ),
            ],
        ),
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
                _sample(
                    """
with open(path, "rb") as file:
    content = file.read()
if any(word in content for word in (b"print", b"os", b"exec", b"eval", b"getattr", b"pathlib")):
    raise ValueError("a program")
return torch.load(path, weights_only=False)
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
            when=lambda seen: seen.reads and not seen.ran and len(seen.passed) > 1,
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
            "and has an argument that keeps it to tensors and plain values.",
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
