"""The grading engine, and a module for each exercise notebook (``ex01_hub`` …)."""

from .blank import BLANK, Blank, NotAttempted
from .exercise import Exercise, exercise
from .question import Misconception, Question
from .verdict import Note, Status, Verdict

____ = BLANK

__all__ = [
    "BLANK",
    "Blank",
    "Exercise",
    "Misconception",
    "NotAttempted",
    "Note",
    "Question",
    "Status",
    "Verdict",
    "____",
    "exercise",
]
