"""Exercise 05: the noticeboard of a ferry line, mended and online before the season opens. A file a
question.
"""

from .classroom import prepare
from .errors import question as q3
from .front_matter import question as q2
from .loading import question as q7
from .promise import question as q8
from .published import question as q9
from .queue import question as q6
from .secret import question as q5
from .space import question as q10
from .state import question as q4
from .translated import question as q1

__all__ = ["prepare", "q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10"]
