"""Exercise 02: put pipelines to work at a cinema, and judge what they say. A file a question."""

from .by_hand import question as q8
from .cheapest import question as q9
from .cinema import prepare
from .mean_stars import question as q1
from .message import question as q6
from .names import question as q5
from .photographs import question as q4
from .routed import question as q7
from .shares import question as q2
from .summary import question as q10
from .threshold import question as q3

__all__ = ["prepare", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10"]
