"""The tool behind the notebooks: executes, normalises, checks and measures them.

``refresh`` keeps fresh outputs, ``run`` makes reports, ``budgets`` measures, ``lint`` finds what is wrong.
"""

from hflearn.notebooks.budgets import budgets
from hflearn.notebooks.lint import lint
from hflearn.notebooks.normalise import normalise
from hflearn.notebooks.refresh import refresh
from hflearn.notebooks.run import run

__all__ = ["budgets", "lint", "normalise", "refresh", "run"]
