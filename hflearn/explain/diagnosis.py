"""What a rule found out, and how it is shown: HTML in a notebook, text elsewhere."""

import re
import textwrap
from dataclasses import dataclass
from html import escape

from hflearn import course
from hflearn.errors import CourseError

_WIDTH = 100
_LABEL = 15
_STYLE = "border-left:4px solid #b58900;padding:.2em .9em;margin:.4em 0;line-height:1.5"


@dataclass(frozen=True, repr=False)
class Diagnosis:
    """Sentences for people; names of code stand in `backticks`. `code` is the fix as code."""

    happened: str
    cause: str
    fix: str
    code: str = ""
    rule: str = ""
    lesson: str = ""
    """The id of the lesson that teaches this."""

    def __str__(self) -> str:
        lines = [line for label, text in self._parts() for line in _labelled(label, text)]
        if self.code:
            at = next((i for i, line in enumerate(lines) if line.startswith("lesson")), len(lines))
            lines[at:at] = textwrap.indent(self.code, " " * (_LABEL + 4)).splitlines()
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        code = f"<pre>{escape(self.code)}</pre>"
        rows = "".join(
            f"<div><b>{label}</b> · "
            f"{_marked_up(text)}</div>{code if label == 'what to do' and self.code else ''}"
            for label, text in self._parts()
        )
        return f'<div role="note" aria-label="Explanation of the error" style="{_STYLE}">{rows}</div>'

    def _parts(self) -> list[tuple[str, str]]:
        parts = [
            ("what happened", self.happened),
            ("likely cause", self.cause),
            ("what to do", self.fix),
            ("lesson", _title(self.lesson)),
        ]
        return [(label, text) for label, text in parts if text]


def _title(lesson_id: str) -> str:
    """Number and title of a lesson; empty where this version of the course lacks it."""
    try:
        lesson = course.lesson(lesson_id)
    except CourseError:
        return ""
    return f"{lesson.id.partition('_')[0]}, {lesson.title}"


def _labelled(label: str, text: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=f"{label:<{_LABEL}}",
        subsequent_indent=" " * _LABEL,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _marked_up(text: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
