"""Small work is quickest in one thread: on a busy machine, waking a second one takes longer than the work."""

from dataclasses import dataclass
from typing import Any

from ..function import Function


@dataclass(frozen=True)
class InOneThread(Function):
    """As Function, with torch held to one thread while the learner's code runs."""

    def observe(self, answer: Any) -> Any:
        import torch

        before = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            return super().observe(answer)
        finally:
            torch.set_num_threads(before)
