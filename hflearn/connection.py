"""Which Hub the learner's code talks to, and what the client libraries must be told about it."""

import os

PRACTICE = "practice"
REAL = "https://huggingface.co"


def online() -> bool:
    """True where lessons use a Hub that holds the real ids: huggingface.co, or the one HFLEARN_HUB names."""
    return os.environ.get("HFLEARN_HUB", PRACTICE) != PRACTICE
