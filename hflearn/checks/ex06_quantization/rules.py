"""What a misconception is told by: the results that a wrong rule gives."""

from collections.abc import Callable, Sequence
from typing import Any

from ..alike import follows

Rule = Callable[..., Any]
Inputs = Callable[[], Sequence[tuple[Any, ...]]]


def giving(inputs: Inputs, atol: float = 1e-4) -> Callable[..., Callable[[Any], bool]]:
    """``does(rule, …)``, for a question with these inputs: the results are those of one of the rules."""

    def does(*rules: Rule) -> Callable[[Any], bool]:
        return lambda seen: any(follows(rule, inputs(), atol)(seen) for rule in rules)

    return does


def raised(kind: type[Exception], *words: str) -> Callable[[Any], bool]:
    """Whether the function raised this, with these words in the message."""
    return lambda seen: isinstance(seen, kind) and all(word in str(seen) for word in words)
