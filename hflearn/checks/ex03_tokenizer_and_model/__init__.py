"""Exercise 03: what happens to a citizen's message, between the text and the answer. A file a question."""

from .cost import question as q1
from .greedy import question as q9
from .lost import question as q2
from .nearest import question as q7
from .padding import question as q3
from .pooling import question as q6
from .prompt import question as q8
from .sampling import question as q10
from .verdicts import question as q5
from .windows import question as q4

__all__ = ["q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10"]
