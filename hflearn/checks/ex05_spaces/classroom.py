"""Where the exercise takes place: the practice Hub, with an account for the learner."""

import logging

from ..learner import api, practice_only


def prepare() -> None:
    """See that there is a practice Hub, and an account of the learner's on it.

    :raises CourseError: this is no practice Hub, or ``hflearn.start()`` has not run.
    """
    practice_only("makes repositories and runs a Space")
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
