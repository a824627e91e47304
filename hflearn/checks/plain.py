"""The plain value in an answer, whatever library or subclass it is wrapped in; None where there is none."""

import math
import numbers
from itertools import islice
from types import GeneratorType
from typing import Any

from .blank import NotAttempted, left_in
from .describe import describe
from .raised import LearnersError

LAZY: tuple[type, ...] = (GeneratorType, map, filter, type({}.keys()), type({}.values()))


def listed(lazy: Any) -> list[Any]:
    """What the learner's generator gives, which runs their code.

    :raises NotAttempted: it met a blank, or gives one.
    :raises LearnersError: it raised something else.
    """
    try:
        items = list(islice(lazy, 10_000))
    except NotAttempted:
        raise
    except Exception as error:
        raise LearnersError(f"Listing {describe(lazy)}", error) from None
    if left_in(items):
        raise NotAttempted
    return items


def is_digits(thing: Any) -> bool:
    """Whether it is a number written as text."""
    try:
        return isinstance(thing, str) and math.isfinite(float(str.__str__(thing)[:100]))
    except ValueError:
        return False


def number(thing: Any) -> float | int | None:
    """The plain Python number, also out of a tensor or array with one element and no dimension."""
    if hasattr(type(thing), "shape") and tuple(thing.shape) == () and hasattr(type(thing), "item"):
        thing = thing.item()
    if isinstance(thing, bool) or not isinstance(thing, numbers.Real):
        return None
    return int(thing) if isinstance(thing, numbers.Integral) else float(thing)


def text(thing: Any) -> str | None:
    """The plain string in a str, or in a subclass such as huggingface_hub's RepoUrl."""
    return str.__str__(thing) if isinstance(thing, str) else None


def texts(thing: Any) -> list[str] | None:
    """The plain strings in a list, tuple or set of nothing else."""
    if type(thing) not in (list, tuple, set, frozenset):
        return None
    found = [text(item) for item in thing]
    return None if None in found else found  # type: ignore[return-value]


def array(thing: Any) -> Any:
    """A float numpy array from numpy, torch or nested lists; None where it is none of these."""
    import numpy as np

    if not isinstance(thing, list | tuple) and not hasattr(type(thing), "__array__"):
        return None
    if hasattr(thing, "detach"):
        thing = thing.detach().cpu().float()  # torch refuses numpy a tensor with a gradient, and bfloat16
    try:
        return np.asarray(thing).astype(float)
    except (TypeError, ValueError):
        return None
