"""The quiz as a cell's output: widgets where a front end has them, a page to read where none has."""

from functools import cached_property
from typing import Any

from hflearn import course

from . import page
from .loading import questions
from .sitting import Sitting


class Checkpoint:
    """Shown in two forms at once, and the front end takes the richest it knows.

    The widget is one of them, so nobody has to guess whether a front end is live. A notebook is kept without
    it, and GitHub, nbval and a printed report find the page.
    """

    def __init__(self, sitting: Sitting):
        self.sitting = sitting

    @cached_property
    def form(self) -> Any:
        """The widgets (`Form`), made when they are first shown."""
        from .form import Form

        return Form(self.sitting)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        lesson, asked = self.sitting.lesson_id, self.sitting.questions
        page_alone = {"text/html": page.as_html(lesson, asked), "text/plain": repr(self)}
        return {**self.form.box._repr_mimebundle_(), **page_alone}

    def __repr__(self) -> str:
        return page.as_text(self.sitting.lesson_id, self.sitting.questions)


def checkpoint(lesson_id: str) -> Checkpoint:
    """The quiz of a lesson ("00_welcome", or "00"): leave it as the last line of a cell.

    :raises CourseError: there is no such lesson, or it has no quiz.
    """
    lesson = course.lesson(lesson_id)
    return Checkpoint(Sitting(lesson.id, questions(lesson.id)))
