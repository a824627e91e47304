"""Whether what a learner's function gave is what a certain thought gives."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from .. import plain


def alike(got: Any, wanted: Any, tolerance: float = 1e-3) -> bool:
    """Numbers within ``tolerance``; strings, None and sequences of these the same."""
    if isinstance(wanted, list | tuple):
        return (
            type(got) in (list, tuple)
            and len(got) == len(wanted)
            and all(alike(*pair, tolerance) for pair in zip(got, wanted, strict=True))
        )
    if wanted is None or isinstance(wanted, str):
        return got is None if wanted is None else plain.text(got) == wanted
    number = plain.number(got)
    return number is not None and math.isclose(number, wanted, abs_tol=tolerance, rel_tol=0)


def follows(
    rule: Callable[..., Any], cases: Sequence[tuple[Any, ...]], tolerance: float = 1e-3
) -> Callable[[Any], bool]:
    """For a misconception's ``when``: whether the results are those of ``rule`` in every case."""
    return lambda seen: alike(seen, [rule(*args) for args in cases], tolerance)
