"""What to call a tokenizer or a model on the screen."""

from typing import Any


def name(thing: Any) -> str:
    """The last part of the id that it was loaded from; its class where it was not loaded."""
    return str(getattr(thing, "name_or_path", "")).rstrip("/").rpartition("/")[2] or type(thing).__name__
