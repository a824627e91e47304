"""Exercise 04: ten scripts of a hotel's night run to be mended before ten o'clock. A file a question.

Five raise, and five raise nothing and are wrong.
"""

from .head import question as q1
from .labels import question as q5
from .length import question as q3
from .memory import question as q8
from .mode import question as q4
from .padding import question as q7
from .pickles import question as q10
from .renamed import question as q9
from .template import question as q6
from .vocabulary import question as q2

__all__ = ["q1", "q2", "q3", "q4", "q5", "q6", "q7", "q8", "q9", "q10"]
