"""The grading engine, and a module for each exercise notebook (``ex01_hub`` …).

An exercise is a module (or package) ``exNN_name`` with its questions as ``q1``, ``q2``, … and, where it
wants something on the Hub, a ``prepare()``. Its notebook is ``exercises/NN_name.ipynb``: a cell a question,
tagged ``exercise`` and ``q1``, with ``____`` where the answer goes and ``ex.q1.check(…)`` as its last line.
Nothing else is needed: the tests find it, and run every solution and misconception through it.
"""

from .blank import BLANK, Blank, NotAttempted
from .exercise import Exercise, exercise
from .question import Misconception, Question, Slip
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
    "Slip",
    "Status",
    "Verdict",
    "____",
    "exercise",
]
