"""Whether what a learner's function gave is what a certain thought gives."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from . import plain


def follows(
    rule: Callable[..., Any], cases: Sequence[tuple[Any, ...]], atol: float = 1e-3
) -> Callable[[Any], bool]:
    """For a misconception's ``when``: whether the results are those of ``rule`` in the first cases."""
    return lambda seen: alike(list(seen[: len(cases)]), [rule(*args) for args in cases], atol)


def alike(one: Any, other: Any, atol: float = 1e-3) -> bool:
    """The same text, None, the same numbers (also out of a tensor) within ``atol``, or sequences of such."""
    one, other = _unwrapped(one), _unwrapped(other)
    if one is None or other is None:
        return one is other
    if isinstance(one, str) or isinstance(other, str):
        return plain.text(one) == plain.text(other) is not None
    first, second = plain.number(one), plain.number(other)
    if first is not None and second is not None:
        return _close(first, second, atol)
    if isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        return all(alike(a, b, atol) for a, b in zip(one, other, strict=True))
    return False


def _close(one: float, other: float, atol: float) -> bool:
    return math.isclose(one, other, rel_tol=0, abs_tol=atol) or (math.isnan(one) and math.isnan(other))


def _unwrapped(thing: Any) -> Any:
    """Plain lists and numbers out of a tensor or array; True and False as the numbers that they are."""
    plainer = thing.tolist() if hasattr(type(thing), "tolist") else thing
    return int(plainer) if type(plainer) is bool else plainer
