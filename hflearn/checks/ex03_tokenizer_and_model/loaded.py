"""The tokenizers that the questions are about, as the check loads them for itself."""

from functools import cache
from typing import Any


@cache
def tokenizer(role: str) -> Any:
    """The tokenizer of the model that plays ``role`` on the learner's Hub."""
    import hflearn  # the frame stands above the checks: its public names are asked for at the last moment

    name = hflearn.model(role)
    from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(name)


def content(role: str, text: str) -> list[int]:
    """The ids of the text alone, without the special tokens, however many."""
    ids: list[int] = tokenizer(role)(text, add_special_tokens=False, verbose=False)["input_ids"]
    return ids
