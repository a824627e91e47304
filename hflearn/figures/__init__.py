"""The figures of the lessons. Each function returns a `Described` figure: a matplotlib Figure with alt text.

As the last line of a cell a `Described` makes two outputs: the image, with its alt text in the output's
metadata under ``["image/png"]["alt"]`` (nbconvert puts it into the page), and the same words in a fold below
it, because JupyterLab and GitHub drop an image's alt text.
"""

from .curves import curves
from .described import Described
from .levels import levels
from .memory import memory_bars
from .number_formats import number_formats
from .pareto import pareto
from .patches import patches
from .photographs import photographs
from .pictures import pictures
from .reliability import reliability
from .similarity import similarity
from .workflow import workflow

__all__ = [
    "Described",
    "curves",
    "levels",
    "memory_bars",
    "number_formats",
    "pareto",
    "patches",
    "photographs",
    "pictures",
    "reliability",
    "similarity",
    "workflow",
]
