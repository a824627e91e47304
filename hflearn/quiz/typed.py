"""Reads an answer that somebody typed: ``b``, ``a c``, ``2.5 GB``, ``c a b d``."""

import re
from string import ascii_lowercase as LETTERS
from typing import Any

from .schema import Choice, Number, Option, Order, Question, Several, Step


def lettered(question: Question) -> list[tuple[str, str]]:
    """The options or steps as they are shown, each with its letter; none for a number."""
    if isinstance(question, Number):
        return []
    return list(zip(LETTERS, [one.says for one in question.shown], strict=False))


def how(question: Question) -> str:
    """What to type, as the end of a sentence."""
    match question:
        case Choice():
            return f"one letter, {_range(len(question.shown))}"
        case Several():
            return "the letter of each that is right, as in: a c"
        case Number():
            return f"a number, in {question.unit}"
        case Order():
            return f"the letters in their order, as in: {' '.join(LETTERS[: len(question.shown)])}"


def read(question: Question, text: str) -> Any:
    """The answer as `question.judge` wants it; ValueError says what was expected."""
    match question:
        case Choice():
            chosen = _letters(question.shown, text)
            if len(chosen) == 1:
                return chosen[0]
        case Several():
            if several := _letters(question.shown, text):
                return several
        case Order():
            steps = _letters(question.shown, text)
            if len(steps) == len(question.shown):
                return steps
        case Number():
            return number(text, question.unit)
    raise ValueError(f"Type {how(question)}.")


def number(text: str, unit: str) -> float:
    """The number in `text`, which may carry the unit or a currency sign."""
    if "," in text:
        raise ValueError("Write the number without a comma: 1000, or 0.5.")
    bare = re.sub(rf"(?i)[$€]|\b{re.escape(unit)}\s*$|(?<=\d){re.escape(unit)}\s*$", "", text.strip()).strip()
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?", bare, re.IGNORECASE):
        raise ValueError(f"Type a number, in {unit}.")
    return float(bare)


def _letters(shown: list[Any], text: str) -> list[Any]:
    """The options or steps behind the letters; [] where anything else was typed, or a letter twice."""
    letters = re.sub(r"[\s,;>]+", "", text.lower())
    known = LETTERS[: len(shown)]
    if not all(letter in known for letter in letters) or len(set(letters)) < len(letters):
        return []
    found: list[Option | Step] = [shown[known.index(letter)] for letter in letters]
    return found


def _range(count: int) -> str:
    return f"{LETTERS[0]} to {LETTERS[count - 1]}"
