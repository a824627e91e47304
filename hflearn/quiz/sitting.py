"""One go through a quiz, whoever asks the questions: what was right at the first try, and what was missed."""

from collections.abc import Sequence
from typing import Any

from hflearn import progress

from .schema import Outcome, Question


class Sitting:
    """Answers are counted, and recorded at once: who stops half-way has lost nothing."""

    def __init__(self, lesson_id: str, questions: Sequence[Question]):
        self.lesson_id = lesson_id
        self.questions = list(questions)
        self._first_try: dict[str, bool] = {}

    def answer(self, question: Question, given: Any) -> Outcome:
        outcome = question.judge(given)
        self._first_try.setdefault(question.id, outcome.right)
        progress.record(f"quiz {self.lesson_id}", question.id, right=outcome.right)
        return outcome

    def give_up(self, question: Question) -> None:
        """The answer was shown: no attempt, and no longer a first try."""
        self._first_try.setdefault(question.id, False)

    @property
    def reached(self) -> int:
        return len(self._first_try)

    @property
    def missed(self) -> list[Question]:
        """The questions not answered rightly at the first try, those not reached included."""
        return [question for question in self.questions if not self._first_try.get(question.id)]

    @property
    def score(self) -> str:
        total = len(self.questions)
        return f"{total - len(self.missed)} of {total} right at the first try."
