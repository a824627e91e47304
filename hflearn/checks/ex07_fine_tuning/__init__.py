"""Exercise 07: fourteen things between a fine-tuned model and your signature. A file a question."""

from .adapter import question as q13
from .answers import question as q14
from .bar import question as q2
from .curves import question as q7
from .head import question as q3
from .loop import question as q4
from .metric import question as q6
from .publish import question as q12
from .resume import question as q11
from .routes import question as q10
from .seeds import question as q9
from .splits import question as q1
from .steps import question as q5
from .stopping import question as q8

__all__ = ["q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10", "q11", "q12", "q13", "q14"]
