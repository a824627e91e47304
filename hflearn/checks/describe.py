"""What an answer is, in a few words, however odd the object."""

from types import GeneratorType
from typing import Any

_LONGEST = 60


def describe(thing: object) -> str:
    """'a list of 3 items', 'the number 4.5', 'an array of shape (2, 3)': never raises, never long."""
    try:
        return _describe(thing)
    except Exception:
        return f"an object of type {type(thing).__name__}"


def shorten(text: str, longest: int = 300) -> str:
    """The text on one line, cut in the middle of nowhere rather than filling the notebook."""
    line = " ".join(text[: 4 * longest].split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _describe(thing: Any) -> str:
    if thing is None or type(thing) is bool:
        return str(thing)
    if type(thing) in (int, float):
        return f"the number {shorten(str(thing), _LONGEST)}"
    if type(thing) is str:
        return f"the string {thing!r}" if len(thing) <= _LONGEST else f"a string of {len(thing):,} characters"
    if type(thing) in (list, tuple, set, frozenset, dict):
        return f"a {type(thing).__name__} of {_count(len(thing), 'item')}"
    if isinstance(thing, GeneratorType):
        return "a generator"
    if callable(thing):
        return "a class" if isinstance(thing, type) else "a function"
    shape = getattr(thing, "shape", None) if hasattr(thing, "dtype") else None  # tables have a shape, too
    if shape is not None and all(isinstance(size, int) for size in tuple(shape)):
        return f"an array ({type(thing).__name__}) of shape {tuple(shape)}"
    return f"an object of type {type(thing).__name__}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
