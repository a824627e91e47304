"""Exercise 06: models that were made small for the tablets in mountain huts. A file a question."""

from .absmax import question as q2
from .channels import question as q3
from .devices import question as q10
from .kept import question as q9
from .outliers import question as q7
from .outputs import question as q6
from .perplexity import question as q8
from .restored import question as q5
from .size import question as q1
from .zero_point import question as q4

__all__ = ["q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10"]
