"""A function that somebody mended, and what an examination of it sees."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .called import NOTHING, NoFunction, call, is_function, name
from .expect import Expectation

__all__ = ["NOTHING", "Patient", "run"]


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
        return self.examine(answer) if is_function(answer) else NoFunction(answer)

    def complaint(self, seen: Any) -> str | None:
        return seen.complaint() if isinstance(seen, NoFunction) else self.complain(seen)


def run(function: Callable[..., Any], doing: str, *args: Any) -> Any:
    """What the function gives; ``doing`` says in an error message what it was run on. Raises like `call`."""
    return call(function, args, f"`{name(function)}` on {doing}")
