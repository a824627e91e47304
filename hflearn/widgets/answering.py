"""A classifier's answers to a few texts, with other weights than its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from hflearn.errors import CourseError

from .running import in_use

LONGEST = 64
"""Tokens of a text that are read."""
TOGETHER = 16
"""Texts in a batch, sorted by length: padding costs as much time as text."""


class Answering:
    """The texts, turned into tokens once.

    :raises CourseError: the model gives no scores for classes.
    """

    def __init__(self, model: Any, tokenizer: Any, texts: Sequence[str]):
        self.model = model
        lengths = [len(ids) for ids in tokenizer(list(texts), truncation=True, max_length=LONGEST).input_ids]
        self.order = sorted(range(len(texts)), key=lengths.__getitem__)
        batches = [self.order[start : start + TOGETHER] for start in range(0, len(texts), TOGETHER)]
        settings = {"padding": True, "truncation": True, "max_length": LONGEST, "return_tensors": "pt"}
        self.batches = [
            tokenizer([texts[place] for place in batch], **settings).to(model.device) for batch in batches
        ]

    def answers(self, weights: Mapping[str, Any]) -> list[int]:
        """The likeliest class of each text, `weights` in place of the model's parameters of these names.

        The model's own are not touched: torch exchanges them for the call alone.
        """
        from torch.func import functional_call

        with in_use(self.model):
            given = [functional_call(self.model, weights, (), dict(batch)) for batch in self.batches]
        found: list[int] = [0] * len(self.order)
        places = iter(self.order)
        for scores in (getattr(output, "logits", None) for output in given):
            if scores is None or scores.ndim != 2:
                raise CourseError(
                    f"{type(self.model).__name__} gives a text no class: load the model with "
                    "AutoModelForSequenceClassification."
                )
            for answer in scores.argmax(1).tolist():
                found[next(places)] = answer
        return found
