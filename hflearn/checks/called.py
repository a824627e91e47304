"""A learner's function, called by a check."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .blank import NotAttempted
from .describe import describe
from .raised import LearnersError, line_in

NOTHING = "Your function gave nothing back (None). Every way through it ends in a `return`, or should."


def is_function(answer: Any) -> bool:
    """Whether it can be called, and is no class: `int` is what somebody writes who means a type."""
    return callable(answer) and not isinstance(answer, type)


@dataclass(frozen=True)
class NoFunction:
    """What a check saw where it was given something else."""

    answer: Any

    def complaint(self) -> str:
        return f"Expected a function (its name, without brackets), got {describe(self.answer)}."


def name(function: Callable[..., Any]) -> str:
    """What to call it in a message."""
    return str(getattr(function, "__name__", "your function"))


def call(function: Callable[..., Any], args: tuple[Any, ...], shown: str) -> Any:
    """What the function gives; ``shown`` stands for the call in the message where it raises.

    :raises NotAttempted: it met a blank.
    :raises LearnersError: it raised something else.
    """
    try:
        return function(*args)
    except NotAttempted:
        raise
    except (Exception, SystemExit) as error:
        raise LearnersError(shown, error, line_in(function, error)) from None
