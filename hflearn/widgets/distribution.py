"""The chances of the next token, shaped as `generate(do_sample=True)` shapes them."""

import math
from dataclasses import dataclass
from typing import Any

from hflearn.errors import CourseError

from .running import in_use

CONTEXT = 1024
"""Tokens of a prompt that are read, its last ones: more would keep the reader waiting."""


@dataclass(frozen=True)
class Distribution:
    """Every token of the vocabulary, before and after the dials: tensors of the vocabulary's length."""

    before: Any  # the model's chances
    after_k: Any  # the scores that top-k left, −∞ for the rest
    after: Any  # the chances

    @property
    def kept(self) -> int:
        return int((self.after > 0).sum())

    @property
    def entropy(self) -> float:
        """In bits."""
        chances = self.after[self.after > 0].double()
        return float(-(chances * chances.log2()).sum())

    @property
    def perplexity(self) -> float:
        """How many equally likely tokens would leave the choice as open."""
        return math.exp2(self.entropy)

    def likeliest(self, count: int) -> list[int]:
        """The ids of the tokens that the model finds likeliest: no dial changes which these are."""
        indices: list[int] = self.before.topk(min(count, len(self.before))).indices.tolist()
        return indices

    def cut_by(self, index: int) -> str:
        """ "top-k", "top-p", or nothing for a token that is kept."""
        if self.after[index] > 0:
            return ""
        return "top-p" if self.after_k[index] > -math.inf else "top-k"


def shape(logits: Any, temperature: float, top_k: int, top_p: float) -> Distribution:
    """Temperature, then top-k (0: none), then top-p (1: none): transformers' order, and its own classes."""
    from transformers import TemperatureLogitsWarper, TopKLogitsWarper, TopPLogitsWarper

    scores: Any = TemperatureLogitsWarper(float(temperature))(None, logits[None])
    if top_k:
        scores = TopKLogitsWarper(top_k)(None, scores)
    after_k = scores[0]
    if top_p < 1:
        scores = TopPLogitsWarper(top_p)(None, scores)
    return Distribution(logits.softmax(-1), after_k, scores[0].softmax(-1))


def next_logits(model: Any, tokenizer: Any, prompt: str) -> Any:
    """The scores of every token to come after `prompt`: float32, of the vocabulary's length.

    :raises CourseError: the prompt is empty, or the model does not write text.
    """
    if not (hasattr(model, "can_generate") and model.can_generate()) or model.config.is_encoder_decoder:
        raise CourseError(
            f"{type(model).__name__} does not continue a text: load the model with AutoModelForCausalLM."
        )
    most = min(CONTEXT, getattr(model.config, "max_position_embeddings", CONTEXT))
    ids = tokenizer(prompt, return_tensors="pt", verbose=False)["input_ids"][:, -most:]
    if not ids.numel():
        raise CourseError("There is no prompt: type the beginning of a text, and ask.")
    with in_use(model):
        return model(input_ids=ids.to(model.device)).logits[0, -1].float().cpu()
