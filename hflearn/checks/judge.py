"""From an answer to a verdict. Nothing that a learner hands in escapes from here as a traceback."""

from collections.abc import Callable
from typing import Any

from .blank import NotAttempted, left_in
from .describe import describe, shorten
from .expect import Expectation
from .question import Question
from .raised import LearnersError
from .verdict import Status, Verdict


def judge(name: str, question: Question, answer: Any) -> Verdict:
    """Right is asked first, then the misconceptions in order; the expectation's own complaint comes last."""
    if _blank(answer):
        return Verdict(
            name, Status.NOT_ATTEMPTED, "Replace every `____` with your answer and run the cell again."
        )
    try:
        expectation = question.expects()
    except Exception as error:  # it looks at the Hub, which may be gone
        return Verdict(name, Status.UNABLE, f"{_said(error)} Has `hflearn.start()` run in this notebook?")
    return Verdict(name, *_weigh(question, expectation, answer))


def _weigh(question: Question, expectation: Expectation, answer: Any) -> tuple[Status, str]:
    try:
        seen = expectation.observe(answer)
    except NotAttempted:
        return Status.NOT_ATTEMPTED, "Your code ran into a `____`: replace it and run the cell again."
    except LearnersError as raised:
        return _misconceived(question, raised.error) or (Status.RAISED, f"{raised}.")
    except Exception as error:  # the Hub may go while the check looks
        return Status.UNABLE, _said(error)
    complaint = _complaint(expectation.complaint, seen, answer)
    if complaint is None:
        return Status.RIGHT, question.follows
    return _misconceived(question, seen) or (Status.WRONG, complaint)


def _complaint(complain: Callable[[Any], str | None], seen: Any, answer: Any) -> str | None:
    try:
        return complain(seen)
    except Exception as error:  # an object that cannot even be compared is not right
        return f"{describe(answer)} could not be compared with what is expected: {_said(error)}"


def _misconceived(question: Question, seen: Any) -> tuple[Status, str] | None:
    for misconception in question.misconceptions:
        if _shows(misconception.when, seen):
            return Status.WRONG, misconception.says
    return None


def _shows(when: Callable[[Any], bool], seen: Any) -> bool:
    try:
        return bool(when(seen))
    except Exception:  # it asked an odd answer for something that this has not got
        return False


def _blank(answer: Any) -> bool:
    try:
        return left_in(answer)
    except Exception:
        return False


def _said(error: Exception) -> str:
    try:
        return f"{type(error).__name__}: {shorten(str(error))}"
    except Exception:
        return f"{type(error).__name__}."
