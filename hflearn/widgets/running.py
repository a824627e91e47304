"""A model as it runs in use, whatever the learner did to it before."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def running(model: Any) -> Iterator[None]:
    """Inside: no gradients, no dropout. Afterwards the model is in the mode that it was in."""
    import torch

    was_training = model.training
    model.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        model.train(was_training)
