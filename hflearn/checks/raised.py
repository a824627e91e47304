"""What the learner's code raised, as feedback: the error in one line, and where in their code."""

import traceback
from typing import Any

from .describe import shorten


class LearnersError(Exception):
    """What the learner's code raised while ``doing`` something, and where in their code."""

    def __init__(self, doing: str, error: BaseException, line: str = ""):
        self.error = error
        message = shorten(_message(error))
        said = f"{type(error).__name__}: {message}" if message else type(error).__name__
        super().__init__(f"{doing} raised {said}{f' (your {line})' if line else ''}")


def line_in(function: Any, error: BaseException) -> str:
    """'line 3: `return 1 / 0`': the deepest line of the file in which the function was written."""
    code = getattr(function, "__code__", None)
    own = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if code is not None and frame.filename == code.co_filename
    ]
    if not own:
        return ""
    return f"line {own[-1].lineno}" + (f": `{own[-1].line}`" if own[-1].line else "")


def _message(error: BaseException) -> str:
    try:
        return str(error)
    except Exception:  # an exception of theirs may fail to print, too
        return ""
