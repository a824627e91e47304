"""What a text is to a model, as the check finds it for itself."""

from ..loaded import tokenizer


def content(role: str, text: str) -> list[int]:
    """The ids of the text alone, without the special tokens, however many."""
    ids: list[int] = tokenizer(role)(text, add_special_tokens=False, verbose=False)["input_ids"]
    return ids
