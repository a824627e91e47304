"""How torch runs for an explorer."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def in_use(model: Any) -> Iterator[None]:
    """Inside: no gradients, no dropout. Afterwards the model is in the mode that it was in."""
    import torch

    was_training = model.training
    model.eval()
    try:
        with torch.no_grad():
            yield
    finally:
        model.train(was_training)


@contextmanager
def one_thread() -> Iterator[None]:
    """Inside, torch computes in one thread.

    On cores that are busy with other work, threads wait for one another: what takes one of them 1 ms, to
    shape the chances of 49,152 tokens, took two of them 165 ms.
    """
    torch = sys.modules.get("torch")  # whoever has not imported it does not use it
    if torch is None:
        yield
        return
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
