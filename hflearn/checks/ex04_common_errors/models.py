"""The hotel's models, loaded once a session for all checks."""

from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

from ..loaded import quiet, repo_id, tokenizer

if TYPE_CHECKING:
    import torch


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
