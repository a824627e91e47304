"""Where the exercise takes place: the practice Hub, with an account for the learner."""

from functools import cache
from typing import TYPE_CHECKING

from hflearn.errors import CourseError

if TYPE_CHECKING:
    from huggingface_hub import HfApi


def prepare() -> None:
    """See that there is a practice Hub, and an account of the learner's on it.

    :raises CourseError: this is no practice Hub, or ``hflearn.start()`` has not run.
    """
    from hflearn.connection import online

    if online():
        raise CourseError(
            "This exercise makes repositories and runs a Space, so it runs on the practice Hub alone: "
            "unset HFLEARN_HUB and restart the kernel."
        )
    api()


@cache
def api() -> "HfApi":
    """A client signed in as the learner, so that it sees what they may see."""
    import hflearn  # the frame stands above the checks: its public names are asked for at the last moment

    token = hflearn.token()
    from huggingface_hub import HfApi

    return HfApi(token=token)
