"""Where the exercise takes place: the practice Hub, with an account for the learner."""

import logging
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
    hush_servers()


SERVERS = ("uvicorn", "uvicorn.access", "uvicorn.asgi", "uvicorn.error", "websockets")


def hush_servers() -> None:
    """Keep the servers of this process, such as the practice Hub, from writing down each request.

    `import streamlit`, in a check or in the learner's own cell, makes these loggers speak: it gives each a
    handler and a level. A filter stays where it is.
    """
    for name in SERVERS:
        logging.getLogger(name).addFilter(_is_a_warning)


def _is_a_warning(record: logging.LogRecord) -> bool:
    return record.levelno >= logging.WARNING


@cache
def api() -> "HfApi":
    """A client signed in as the learner, so that it sees what they may see."""
    import hflearn  # the frame stands above the checks: its public names are asked for at the last moment

    token = hflearn.token()
    from huggingface_hub import HfApi

    return HfApi(token=token)
