"""An exception as the rules read it: its names, its message, who raised it, the variables on the way."""

import dis
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from types import FrameType
from typing import Any

LIBRARIES = {
    "accelerate",
    "datasets",
    "diffusers",
    "fsspec",
    "httpcore2",
    "httpx2",
    "huggingface_hub",
    "peft",
    "pyarrow",
    "safetensors",
    "sentence_transformers",
    "tokenizers",
    "torch",
    "transformers",
}
"""Whose exceptions are explained."""

_DEPTH = 12


class Raised:
    """One exception of a chain."""

    def __init__(self, error: BaseException) -> None:
        self.error = error

    @cached_property
    def kinds(self) -> set[str]:
        """The dotted names of its class and of those above it."""
        return {f"{kind.__module__}.{kind.__qualname__}" for kind in type(self.error).__mro__}

    @cached_property
    def message(self) -> str:
        return (
            str(self.error.args[0])
            if isinstance(self.error, KeyError) and self.error.args
            else str(self.error)
        )

    @cached_property
    def frames(self) -> list[FrameType]:
        """From the learner's line inwards."""
        frames, step = [], self.error.__traceback__
        while step:
            frames.append(step.tb_frame)
            step = step.tb_next
        return frames

    @property
    def package(self) -> str:
        """The package of the innermost Python code."""
        return _package(self.frames[-1]) if self.frames else ""

    def passed(self, package: str) -> bool:
        """Whether code of `package` was running."""
        return any(_package(frame) == package for frame in self.frames)

    @cached_property
    def deliberate(self) -> bool:
        """Raised by a `raise` or an `assert` outside the libraries: its author knows what it means."""
        step = self.error.__traceback__
        if step is None:
            return True
        while step.tb_next:
            step = step.tb_next
        opcode = step.tb_frame.f_code.co_code[step.tb_lasti]
        return dis.opname[opcode] == "RAISE_VARARGS" and _package(step.tb_frame) not in LIBRARIES

    def local(
        self, name: str, of: str = "", suits: Callable[[Any], bool] = lambda value: value is not None
    ) -> Any:
        """The innermost local variable `name` that suits, in functions that match `of`; else None."""
        for frame in reversed(self.frames):
            if name in frame.f_locals and re.search(of, frame.f_code.co_qualname):
                value = frame.f_locals[name]
                if suits(value):
                    return value
        return None


def links(error: BaseException) -> Iterator[Raised]:
    """The exception and those it came from, outermost first, but for those that someone raised on purpose."""
    current: BaseException | None = error
    for _ in range(_DEPTH):
        if current is None:
            return
        raised = Raised(current)
        if not raised.deliberate:
            yield raised
        # What a library was handling belongs to the story; what the learner handled is dealt with.
        told_by_library = raised.package in LIBRARIES and not current.__suppress_context__
        current = current.__cause__ or (current.__context__ if told_by_library else None)


def _package(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", "")).partition(".")[0]
