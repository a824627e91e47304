"""A function that somebody mended, and what an examination of it sees."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..blank import NotAttempted
from ..describe import describe
from ..expect import Expectation
from ..raised import LearnersError, line_in


@dataclass(frozen=True)
class Patient(Expectation):
    """``examine`` runs the function and says what it saw; ``complain`` what is amiss with that."""

    examine: Callable[[Callable[..., Any]], Any]
    complain: Callable[[Any], str | None]

    def observe(self, answer: Any) -> Any:
        """What the examination saw.

        :raises NotAttempted: the function met a blank.
        :raises LearnersError: it raised something else.
        """
        if not callable(answer) or isinstance(answer, type):
            return _NoFunction(answer)
        return self.examine(answer)

    def complaint(self, seen: Any) -> str | None:
        if isinstance(seen, _NoFunction):
            return f"Expected a function (its name, without brackets), got {describe(seen.answer)}."
        return self.complain(seen)


@dataclass(frozen=True)
class _NoFunction:
    answer: Any


def run(function: Callable[..., Any], doing: str, *args: Any) -> Any:
    """What the function gives; ``doing`` says in an error message what it was run on.

    :raises NotAttempted: it met a blank.
    :raises LearnersError: it raised something else.
    """
    try:
        return function(*args)
    except NotAttempted:
        raise
    except (Exception, SystemExit) as error:
        name = getattr(function, "__name__", "your function")
        raise LearnersError(f"`{name}` on {doing}", error, line_in(function, error)) from None


NOTHING = "Your function gave nothing back (None). Every way through it ends in a `return`, or should."
