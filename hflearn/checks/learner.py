"""The Hub of this session as a check meets it: who signs in, and which Hub it must be."""

from functools import cache
from typing import TYPE_CHECKING

from hflearn.errors import CourseError

if TYPE_CHECKING:
    from huggingface_hub import HfApi


@cache
def api(account: str = "learner") -> "HfApi":
    """A client signed in as the learner, so that it sees what they may see; or as another account.

    :raises CourseError: ``hflearn.start()`` has not run.
    """
    import hflearn  # the frame stands above the checks: its public names are asked for at the last moment

    token = hflearn.token(account)
    from huggingface_hub import HfApi

    return HfApi(token=token)


def practice_only(does: str) -> None:
    """See that this is the practice Hub, for an exercise that `does` what suits no other.

    :raises CourseError: it is not.
    """
    from hflearn.connection import online

    if online():
        raise CourseError(
            f"This exercise {does}, so it runs on the practice Hub alone: unset HFLEARN_HUB and restart the "
            "kernel."
        )
