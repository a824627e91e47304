"""What a right answer is: its type, its shape, its value within a tolerance.

An expectation *observes* an answer (a function is run there) and says what is amiss with what it saw, without
giving the answer away. It compares plain values of its own making, so that an object whose ``==`` says yes to
everything is never right.
"""

import math
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any

from . import plain
from .describe import describe
from .units import mistaken


class Expectation(ABC):
    """Base of all; subclasses say what is amiss."""

    def observe(self, answer: Any) -> Any:
        """What the question looks at, by default the answer itself."""
        return answer

    @abstractmethod
    def complaint(self, seen: Any) -> str | None:
        """One or two sentences that say what is amiss, or None where nothing is."""


@dataclass(frozen=True)
class Number(Expectation):
    """A number within a relative or an absolute tolerance; ``unit`` is what the message calls it."""

    value: float
    rel: float = 1e-6
    unit: str = ""
    abs: float = 0.0

    def complaint(self, seen: Any) -> str | None:
        number = plain.number(seen)
        expected = f"a number ({self.unit})" if self.unit else "a number"
        if number is None:
            text = (
                " The digits are text: leave the quotes away, or use `float()`."
                if plain.is_digits(seen)
                else ""
            )
            return f"Expected {expected}, got {describe(seen)}.{text}"
        if math.isclose(number, self.value, rel_tol=self.rel, abs_tol=self.abs):
            return None
        if other := mistaken(number, self.value, self.unit):
            return f"The number is right in {other}; the answer is wanted in {self.unit}."
        return f"Expected {expected}: {describe(number)} has the right type, not the right value."


@dataclass(frozen=True)
class Text(Expectation):
    """Exactly this string; ``kind`` is what the message calls it ("a commit id")."""

    value: str
    kind: str = "a string"

    def complaint(self, seen: Any) -> str | None:
        text = plain.text(seen)
        if text is None:
            return f"Expected {self.kind}, got {describe(seen)}."
        if text == self.value:
            return None
        if text.strip().casefold() == self.value.strip().casefold():
            return f"Expected {self.kind}: {describe(text)} is right but for capitals or spaces, which count."
        if "/" in self.value and text == self.value.split("/", 1)[1]:
            return _NO_OWNER
        return f"Expected {self.kind}: {describe(text)} is not the right one."


@dataclass(frozen=True)
class Same(Expectation):
    """Exactly this object, one of Python's constants: None, True or False."""

    value: bool | None

    def complaint(self, seen: Any) -> str | None:
        return None if seen is self.value else f"{describe(seen)} is not what it should give here."


@dataclass(frozen=True)
class Strings(Expectation):
    """These strings, in this order or (``ordered=False``) in any; what gives them one by one is listed."""

    values: Sequence[str]
    ordered: bool = True
    kind: str = "strings"

    def observe(self, answer: Any) -> Any:
        """The answer, or the list that a generator gives.

        :raises NotAttempted: the generator gives a blank.
        :raises LearnersError: it raised something.
        """
        return plain.listed(answer) if isinstance(answer, plain.LAZY) else answer

    def complaint(self, seen: Any) -> str | None:
        texts = plain.texts(seen)
        if texts is None:
            return f"Expected a list of {self.kind}, got {_elements(seen)}."
        if texts == list(self.values) or (not self.ordered and Counter(texts) == Counter(self.values)):
            return None
        if not any("/" in text for text in texts) and set(texts) & {_after_owner(v) for v in self.values}:
            return _NO_OWNER
        return f"Expected a list of {self.kind}: {self._how_far(texts)}"

    def _how_far(self, texts: list[str]) -> str:
        right = sum((Counter(texts) & Counter(self.values)).values())
        if right == len(texts) == len(self.values):
            return "the right ones are there, in another order."
        missing = len(self.values) - right
        if missing == 0:
            return f"the right ones are there, and {len(texts) - right} more (or one that comes twice)."
        return f"of your {len(texts)}, {right} belong there, and {missing} {_are(missing)} missing."


@dataclass(frozen=True)
class Counts(Expectation):
    """A mapping from these strings to these whole numbers."""

    values: Mapping[str, int]
    kind: str = "a dict of counts"

    def complaint(self, seen: Any) -> str | None:
        if not isinstance(seen, dict):
            return f"Expected {self.kind}, got {describe(seen)}."
        counts = {plain.text(key): plain.number(value) for key, value in seen.items()}
        if counts == dict(self.values):
            return None
        if set(counts) != set(self.values):
            return f"Expected {self.kind}: {describe(seen)}, and its keys are not the right ones."
        right = sum(counts[key] == value for key, value in self.values.items())
        return f"Expected {self.kind}: the keys are right, {right} of the {len(counts)} counts are."


@dataclass(frozen=True)
class Parts(Expectation):
    """A tuple (or list) with an expectation for each part, named for the message."""

    parts: Mapping[str, Expectation]

    def complaint(self, seen: Any) -> str | None:
        expected = f"({', '.join(self.parts)})"
        if type(seen) not in (list, tuple):
            return f"Expected the {len(self.parts)} parts {expected}, got {describe(seen)}."
        if len(seen) != len(self.parts):
            return f"Expected the {len(self.parts)} parts {expected}, got {len(seen)}."
        said = self._wrong(seen)
        if said and any(self._wrong(order) is None for order in permutations(seen)):
            return f"The right parts, in another order: they go {expected}."
        return said

    def _wrong(self, values: Sequence[Any]) -> str | None:
        for (name, part), value in zip(self.parts.items(), values, strict=True):
            if said := part.complaint(value):
                return f"`{name}`: {said}"
        return None


@dataclass(frozen=True)
class Array(Expectation):
    """A tensor or array of this shape with these values, each within ``atol``."""

    values: Any
    atol: float = 1e-4

    def complaint(self, seen: Any) -> str | None:
        import numpy as np

        expected = np.asarray(self.values, dtype=float)
        array = plain.array(seen)
        if array is None:
            return f"Expected an array of shape {expected.shape}, got {describe(seen)}."
        if array.shape != expected.shape:
            return f"Expected an array of shape {expected.shape}, got one of shape {array.shape}."
        wrong = int((~np.isclose(array, expected, rtol=0, atol=self.atol)).sum())
        return f"The shape is right; {wrong} of the {expected.size} values are not." if wrong else None


_NO_OWNER = "An id is `owner/name`, and the owner is missing."


def _after_owner(repo_id: str) -> str | None:
    return repo_id.split("/", 1)[1] if "/" in repo_id else None


def _elements(thing: Any) -> str:
    """As describe(), and for a list what its first element that is no string is."""
    if not isinstance(thing, Iterable) or type(thing) not in (list, tuple, set, frozenset):
        return describe(thing)
    odd = next((item for item in thing if not isinstance(item, str)), None)
    return f"{describe(thing)}, one of which is {describe(odd)}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"
