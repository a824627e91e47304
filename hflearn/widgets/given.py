"""What an explorer was given: refused in a sentence where it cannot be used, and named on the screen."""

from typing import Any

from hflearn.errors import CourseError

VISIBLE = str.maketrans({" ": "␣", "\n": "⏎", "\t": "⇥", "\r": "␍"})
"""Signs for what would leave no ink."""


def a_text(given: Any, explorer: str) -> str:
    if not isinstance(given, str):
        raise CourseError(f"{explorer}() wants a text, and was given a {type(given).__name__}.")
    return given


def a_tokenizer(given: Any, explorer: str) -> Any:
    if not hasattr(given, "convert_ids_to_tokens"):
        raise CourseError(f"{explorer}() wants a tokenizer, and was given a {type(given).__name__}.")
    return given


def a_model(given: Any, explorer: str) -> Any:
    """A model of transformers."""
    if not (hasattr(given, "config") and callable(given) and hasattr(given, "get_input_embeddings")):
        raise CourseError(
            f"{explorer}() wants a model first, then its tokenizer, and was given a {type(given).__name__}."
        )
    return given


def name(given: Any) -> str:
    """The last part of the id that a tokenizer or model was loaded from; its class where it was not."""
    return str(getattr(given, "name_or_path", "")).rstrip("/").rpartition("/")[2] or type(given).__name__


def token_text(id: int, tokenizer: Any) -> str:
    """A token as text, its spaces visible; a piece of a character as the vocabulary writes it."""
    text = str(tokenizer.decode([id]))
    return (str(tokenizer.convert_ids_to_tokens(id)) if "\ufffd" in text else text).translate(VISIBLE)
