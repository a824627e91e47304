"""Answers that are functions: the check runs them, and reports what they raise as the learner's own."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from .called import NOTHING, NoFunction, call, is_function, name
from .describe import describe, shorten
from .expect import Expectation, Same


@dataclass(frozen=True)
class Case:
    """One call: its arguments, what should come of it, and what the check does to the world just before."""

    args: tuple[Any, ...]
    expects: Expectation
    before: Callable[[], object] | None = None


@dataclass(frozen=True)
class Function(Expectation):
    """A function that gives the right result in every case; it sees the list of results."""

    cases: Sequence[Case]

    def observe(self, answer: Any) -> Any:
        """The results, one a case.

        :raises NotAttempted: the function met a blank.
        :raises LearnersError: it raised something else.
        """
        if not is_function(answer):
            return NoFunction(answer)
        return [_run(answer, case) for case in self.cases]

    def complaint(self, seen: Any) -> str | None:
        if isinstance(seen, NoFunction):
            return seen.complaint()
        for case, result in zip(self.cases, seen, strict=True):
            if said := case.expects.complaint(result):
                if result is None and not self._may_give_none(seen):
                    said = NOTHING[0].lower() + NOTHING[1:]  # a sentence has begun
                return f"For the arguments `{_arguments(case.args)}`: {said}"
        return None

    def _may_give_none(self, seen: Sequence[Any]) -> bool:
        """Whether None is an answer here, to another case, and the function gives something at times."""
        answers = [case.expects for case in self.cases]
        return Same(None) in answers and any(result is not None for result in seen)


def _run(function: Callable[..., Any], case: Case) -> Any:
    if case.before:
        case.before()
    return call(function, deepcopy(case.args), f"`{name(function)}({_arguments(case.args)})`")


def _arguments(args: tuple[Any, ...]) -> str:
    return shorten(", ".join(_argument(arg) for arg in args), 120)


def _argument(arg: Any) -> str:
    """Its repr, but of a large array the shape: its first few numbers would say nothing."""
    written = repr(arg)
    return describe(arg) if hasattr(arg, "dtype") and len(written) > 120 else written
