"""What the questions are about, as a check finds it for itself on the learner's Hub."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


def repo_id(role: str) -> str:
    """Where the model that plays ``role`` stands on the Hub of this session."""
    import hflearn  # the frame stands above the checks: its public names are asked for at the last moment

    return hflearn.model(role)


@cache
def tokenizer(role: str) -> Any:
    """The tokenizer of the model that plays ``role``."""
    name = repo_id(role)  # first: it says in one sentence that start() has not run
    from transformers import AutoTokenizer

    with quiet():
        return AutoTokenizer.from_pretrained(name)


@contextmanager
def quiet() -> Iterator[None]:
    """Without the libraries' own remarks: they are about the check's doings, not the learner's."""
    from transformers.utils import logging

    before = logging.get_verbosity()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(before)
