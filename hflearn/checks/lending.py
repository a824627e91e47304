"""Tensors that a learner's function is handed themselves, so that one which writes into them is found out."""

from dataclasses import dataclass, replace
from typing import Any

from .function import Function

_OVERWRITTEN = (
    "Right, and your function wrote into the tensor that it was handed (`/=`, `*=` and what ends in `_` do): "
    "whoever needs it afterwards has another one. Make a new tensor, as `h = h * m` does."
)


class Overwritten(list[Any]):
    """The results of a function after which a tensor was no longer what it had been."""


@dataclass(frozen=True)
class Lending(Function):
    """As Function; what is right and changes its arguments is named for that."""

    def observe(self, answer: Any) -> Any:
        import torch

        lent = [replace(case, args=tuple(_lent(arg) for arg in case.args)) for case in self.cases]
        seen = Function(lent).observe(answer)
        unchanged = all(
            torch.equal(one, other)
            for before, after in zip(self.cases, lent, strict=True)
            for one, other in zip(before.args, after.args, strict=True)
            if isinstance(one, torch.Tensor)
        )
        return seen if unchanged else Overwritten(seen)

    def complaint(self, seen: Any) -> str | None:
        return super().complaint(seen) or (_OVERWRITTEN if isinstance(seen, Overwritten) else None)


def _lent(arg: Any) -> Any:
    """A tensor which the copying of arguments leaves as it is; numbers need no such care."""
    if not hasattr(arg, "clone"):
        return arg
    tensor = arg.clone()
    tensor.__deepcopy__ = lambda memo: tensor
    return tensor
