"""What a learner sees: a line of text, or the same words in a box. No colour carries any meaning."""

import re
from dataclasses import dataclass
from enum import Enum
from html import escape


class Status(Enum):
    """The word that opens a verdict, and its box's border."""

    RIGHT = ("Right", "solid")
    WRONG = ("Not yet", "dashed")
    RAISED = ("Your code raised an error", "dashed")
    NOT_ATTEMPTED = ("Not attempted", "dotted")
    UNABLE = ("The check could not look", "double")

    def __init__(self, words: str, border: str):
        self.words = words
        self.border = border


@dataclass(frozen=True)
class Verdict:
    """The outcome of one check; code stands between backticks in its message."""

    question: str
    status: Status
    message: str

    @property
    def right(self) -> bool:
        return self.status is Status.RIGHT

    def __repr__(self) -> str:
        return f"{self.question} · {self.status.words}. {self.message}"

    def _repr_html_(self) -> str:
        return _box(
            self.status.border,
            f"<strong>{escape(self.question)} · {self.status.words}.</strong> {_marked_up(self.message)}",
        )


@dataclass(frozen=True)
class Note:
    """A hint, a solution or a score: a heading, a sentence, and perhaps code."""

    heading: str
    message: str = ""
    code: str = ""

    def __repr__(self) -> str:
        return "\n".join(filter(None, [f"{self.heading}. {self.message}".strip(), self.code]))

    def _repr_html_(self) -> str:
        code = f"<pre><code>{escape(self.code)}</code></pre>" if self.code else ""
        return _box("solid", f"<strong>{escape(self.heading)}.</strong> {_marked_up(self.message)}{code}")


def _box(border: str, inside: str) -> str:
    style = f"border-left: 4px {border} currentColor; padding: 0.3em 0.8em"
    return f'<div role="status" style="{style}">{inside}</div>'


def _marked_up(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text, quote=False))
