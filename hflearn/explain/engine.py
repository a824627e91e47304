"""From an exception to its diagnosis."""

from .diagnosis import Diagnosis
from .raised import links


def diagnose(exception: BaseException) -> Diagnosis | None:
    """What the exception means in this call, None where no rule knows. Never raises.

    May ask the Hub that refused a name for names spelt nearly so, and waits two seconds for an answer.
    """
    if _is_ours(exception) or not isinstance(exception, Exception):
        return None
    try:
        from .rules import RULES

        for raised in links(exception):
            for rule in RULES:
                try:
                    found = rule.diagnose(raised)
                except (
                    Exception
                ):  # a library that has changed under a rule is no second error for the learner
                    continue
                if found:
                    return found
    except Exception:
        return None
    return None


def _is_ours(exception: BaseException) -> bool:
    """The course's own errors say themselves what to do."""
    return type(exception).__module__.partition(".")[0] == "hflearn"
