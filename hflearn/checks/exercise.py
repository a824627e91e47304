"""What an exercise notebook works with: ``ex.q1.check(answer)``, ``ex.q1.hint()``, ``ex.score()``."""

import importlib
import pkgutil
import re
from pathlib import Path
from textwrap import dedent
from typing import Any

from hflearn import progress
from hflearn.errors import CourseError

from .judge import judge
from .question import Question
from .verdict import Note, Status, Verdict


class Asked:
    """One question, as the learner meets it."""

    def __init__(self, exercise: str, name: str, question: Question):
        self._exercise = exercise
        self._name = name
        self._question = question
        self._hints_given = 0
        self.verdict: Verdict | None = None

    def check(self, *answers: Any) -> None:
        """Judge an answer (a function is run) and show the verdict, which is kept in ``verdict``.

        It is shown rather than returned, so that a hint asked for in the same cell does not hide it. The
        outcome goes to the learner's progress file.
        """
        if len(answers) != 1:
            _show(Note(f"{self._name} · Not checked", _ONE_ANSWER.format(self._name)))
            return
        self.verdict = judge(self._name, self._question, answers[0])
        if self.verdict.status in (Status.RIGHT, Status.WRONG, Status.RAISED):
            progress.record(self._exercise, self._name, right=self.verdict.right)
        _show(self.verdict)

    def hint(self) -> None:
        """Show the next hint; each says more than the one before."""
        hints = self._question.hints
        if self._hints_given == len(hints):
            _show(Note(f"{self._name} · No more hints", f"`ex.{self._name}.solution()` shows one solution."))
            return
        self._hints_given += 1
        heading = f"{self._name} · Hint {self._hints_given} of {len(hints)}"
        _show(Note(heading, hints[self._hints_given - 1]))

    def solution(self) -> None:
        """Show one right solution: the lines that go where the blank is."""
        code = dedent(self._question.reference).strip()
        _show(Note(f"{self._name} · One solution", "In place of the lines with `____`:", code))

    def __repr__(self) -> str:
        return f"{self._name}: {self._question.title}"


class Exercise:
    """The questions of one notebook, as attributes ``q1``, ``q2``, …"""

    def __init__(self, name: str, questions: dict[str, Question]):
        self._name = name
        self._asked = {key: Asked(name, key, question) for key, question in questions.items()}

    def __getattr__(self, name: str) -> Asked:
        if name.startswith("_") or name not in self._asked:
            raise AttributeError(
                f"Exercise {self._name} has no {name!r}: its questions are {', '.join(self._asked)}."
            )
        return self._asked[name]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._asked]

    def score(self) -> None:
        """Show how many are right in this sitting, by the last check of each question."""
        left = [key for key, asked in self._asked.items() if not (asked.verdict and asked.verdict.right)]
        right = len(self._asked) - len(left)
        todo = f"Still to do: {', '.join(left)}." if left else "All of them."
        _show(Note(f"Score: {right} of {len(self._asked)}", todo))

    def __repr__(self) -> str:
        return "\n".join([f"Exercise {self._name}", *(f"  {asked!r}" for asked in self._asked.values())])


def exercise(lesson_id: str) -> Exercise:
    """The exercise of a lesson ("01_hub", or "01"), with what it needs on the Hub made ready.

    :raises CourseError: there is no such exercise, or the Hub is not the practice Hub it needs.
    """
    name = _find(lesson_id)
    module = importlib.import_module(f".ex{name}", __package__)
    if prepare := getattr(module, "prepare", None):
        prepare()
    return Exercise(name, questions(name))


def questions(name: str) -> dict[str, Question]:
    """The questions of an exercise by name, in order: the module's q1, q2, …"""
    module = importlib.import_module(f".ex{name}", __package__)
    found = {key: value for key, value in vars(module).items() if isinstance(value, Question)}
    return dict(sorted(found.items(), key=lambda item: int(item[0][1:])))


def names() -> list[str]:
    """The exercises there are, e.g. ``["01_hub"]``."""
    modules = pkgutil.iter_modules([str(Path(__file__).parent)])
    return sorted(m.name[2:] for m in modules if re.fullmatch(r"ex\d\d_\w+", m.name))


def _show(note: Verdict | Note) -> None:
    from IPython.display import display  # outside of a notebook it prints

    display(note)


_ONE_ANSWER = "Hand over one answer; several parts go into one tuple: `ex.{}.check((first, second))`."


def _find(lesson_id: str) -> str:
    matching = [name for name in names() if lesson_id and name.startswith(lesson_id)]
    if len(matching) != 1:
        raise CourseError(f"There is no exercise {lesson_id!r}: the exercises are {', '.join(names())}.")
    return matching[0]
