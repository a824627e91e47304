"""Functions that are tried on long texts, without the tokenizer's remark that they are long."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from ..function import Function


@dataclass(frozen=True)
class Unwarned(Function):
    """As Function, without the tokenizer's remark that a text is longer than its model takes."""

    def observe(self, answer: Any) -> Any:
        with _silent("transformers.tokenization_utils_base"):
            return super().observe(answer)


@contextmanager
def _silent(name: str) -> Iterator[None]:
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
