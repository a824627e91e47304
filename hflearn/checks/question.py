"""A question, written as a specification."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .expect import Expectation


@dataclass(frozen=True)
class Misconception:
    """A thought that leads to a wrong answer, how it shows, and what to say to who had it.

    ``sample`` is code that fills the exercise cell's blank the wrong way; CI runs it and holds it to this
    message. ``when`` is given what the expectation observed (an answer, a function's list of results) or the
    exception that the learner's function raised; an exception of its own means no. ``also`` are samples of
    other ways to the same answer: what ``says`` has to be true of them, too.
    """

    thought: str
    sample: str
    when: Callable[[Any], bool]
    says: str
    also: Sequence[str] = ()


@dataclass(frozen=True)
class Slip:
    """A wrong answer that the expectation names by itself, as the wrong unit; CI looks for ``says`` in it."""

    sample: str
    says: str


@dataclass(frozen=True)
class Question:
    """What a right answer is, how one is written, and what people think instead.

    ``reference`` and ``alternatives`` are code that replaces the lines of the exercise cell from the first
    with a blank to the last. ``expects`` is asked at each check, so it may look at the Hub as it is then.
    """

    title: str
    expects: Callable[[], Expectation]
    reference: str
    alternatives: Sequence[str]
    hints: Sequence[str]
    misconceptions: Sequence[Misconception]
    follows: str  # what to do with it at work, said to who got it right
    slips: Sequence[Slip] = ()
    needs: Sequence[str] = ()  # questions whose result this one builds on, in the order of the notebook
