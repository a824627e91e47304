"""The hotel's models, loaded once a session for all checks."""

from contextlib import contextmanager
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import torch


def repo_id(role: str) -> str:
    """Where a role's repository stands on the Hub that this session uses."""
    import hflearn  # the frame stands above the checks: its public names are asked for at the last moment

    return hflearn.model(role)


@cache
def tokenizer(role: str) -> Any:
    from transformers import AutoTokenizer

    with quiet():
        return AutoTokenizer.from_pretrained(repo_id(role))


@cache
def classifier(role: str) -> Any:
    from transformers import AutoModelForSequenceClassification

    with quiet():
        return AutoModelForSequenceClassification.from_pretrained(repo_id(role))


@cache
def writer() -> Any:
    """The chat model in float32, in which every machine writes the same."""
    import torch
    from transformers import AutoModelForCausalLM

    with quiet():
        return AutoModelForCausalLM.from_pretrained(repo_id("chat"), dtype=torch.float32)


def logits(model: Any, reader: Any, texts: list[str]) -> "torch.Tensor":
    """What a classifier says of texts that this tokenizer has cut."""
    import torch

    with torch.no_grad():
        batch = reader(texts, padding=True, truncation=True, return_tensors="pt")
        scores: torch.Tensor = model(**batch).logits
    return scores


def stars(texts: list[str], reader: str = "sentiment") -> list[int]:
    """Stars from the star model; another ``reader`` is another model's tokenizer."""
    return list(_stars(tuple(texts), reader))


@cache
def _stars(texts: tuple[str, ...], reader: str) -> list[int]:
    scores = logits(classifier("sentiment"), tokenizer(reader), list(texts))
    return [1 + place for place in scores.argmax(dim=-1).tolist()]


def lent(thing: Any) -> Any:
    """A copy for the learner's function to do with as it likes."""
    return deepcopy(thing)


@contextmanager
def quiet() -> "Iterator[None]":
    """Without the libraries' own remarks: they are about the check's doings, not the learner's."""
    from transformers.utils import logging

    before = logging.get_verbosity()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(before)
