"""The explorers: leave one as the last line of a cell, then type and turn its dials.

Each is live in Jupyter; elsewhere (on GitHub, in print) it is a picture of how it began, with alt text.
"""

from .attention import attention
from .bits import bits
from .sampling import sampling
from .similarity import similarity
from .tokens import tokens

__all__ = ["attention", "bits", "sampling", "similarity", "tokens"]
