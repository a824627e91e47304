"""Answers that are functions: the check runs them, and reports what they raise as the learner's own."""

import traceback
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from .blank import NotAttempted
from .describe import describe, shorten
from .expect import Expectation


class LearnersError(Exception):
    """What the learner's function raised, and where in their code."""

    def __init__(self, call: str, error: BaseException, line: str):
        self.error = error
        message = shorten(_message(error))
        said = f"{type(error).__name__}: {message}" if message else type(error).__name__
        super().__init__(f"{call} raised {said}{f' (your {line})' if line else ''}")


@dataclass(frozen=True)
class Case:
    """One call: its arguments, and what should come of it."""

    args: tuple[Any, ...]
    expects: Expectation


@dataclass(frozen=True)
class Function(Expectation):
    """A function that gives the right result in every case; it sees the list of results."""

    cases: Sequence[Case]

    def observe(self, answer: Any) -> Any:
        """The results, one a case.

        :raises NotAttempted: the function met a blank.
        :raises LearnersError: it raised something else.
        """
        if not callable(answer) or isinstance(answer, type):
            return _NoFunction(answer)
        return [_run(answer, case.args) for case in self.cases]

    def complaint(self, seen: Any) -> str | None:
        if isinstance(seen, _NoFunction):
            return f"Expected a function (its name, without brackets), got {describe(seen.answer)}."
        for case, result in zip(self.cases, seen, strict=True):
            if said := case.expects.complaint(result):
                return f"For the arguments `{_arguments(case.args)}`: {said}"
        return None


@dataclass(frozen=True)
class _NoFunction:
    answer: Any


def _run(function: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    try:
        return function(*deepcopy(args))
    except NotAttempted:
        raise
    except (Exception, SystemExit) as error:
        name = getattr(function, "__name__", "your function")
        raise LearnersError(f"`{name}({_arguments(args)})`", error, _line(function, error)) from None


def _line(function: Any, error: BaseException) -> str:
    """'line 3: `return 1 / 0`': the deepest line of the file in which the function was written."""
    code = getattr(function, "__code__", None)
    own = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if code is not None and frame.filename == code.co_filename
    ]
    if not own:
        return ""
    return f"line {own[-1].lineno}" + (f": `{own[-1].line}`" if own[-1].line else "")


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # an exception of theirs may fail to print, too
        return ""


def _arguments(args: tuple[Any, ...]) -> str:
    return shorten(", ".join(repr(arg) for arg in args), 120)
