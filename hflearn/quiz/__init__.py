"""The quiz at the end of each lesson: questions in ``bank/``, asked in a notebook or in a terminal."""

from .console import terminal
from .loading import questions
from .notebook import checkpoint

__all__ = ["checkpoint", "questions", "terminal"]
