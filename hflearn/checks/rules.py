"""What a misconception is told by: the results that a wrong rule gives."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from .alike import follows

Rule = Callable[..., Any]
Inputs = Callable[[], Sequence[tuple[Any, ...]]]


def giving(inputs: Inputs, atol: float = 1e-4) -> Callable[..., Callable[[Any], bool]]:
    """``does(rule, …)``, for a question with these inputs: the results are those of one of the rules.

    ``does(rule, but=[3])`` asks nothing of the case at that place.
    """

    def does(*rules: Rule, but: Collection[int] = ()) -> Callable[[Any], bool]:
        def shows(seen: Any) -> bool:
            asked = [(args, seen[place]) for place, args in enumerate(inputs()) if place not in but]
            results = [result for _, result in asked]
            return any(follows(rule, [args for args, _ in asked], atol)(results) for rule in rules)

        return shows

    return does


def raised(kind: type[Exception], *words: str) -> Callable[[Any], bool]:
    """Whether the function raised this, with these words in the message."""
    return lambda seen: isinstance(seen, kind) and all(word in str(seen) for word in words)
