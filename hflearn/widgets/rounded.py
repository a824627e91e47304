"""Weights rounded to a grid of a few bits: absmax quantization, without a zero-point."""

import math
from dataclasses import dataclass
from typing import Any

BITS = range(8, 1, -1)
SCALE_BITS = 32
"""Each scale is kept in float32."""
GROUP = 64
"""Weights that share a scale where they are taken in groups."""

TENSOR, CHANNEL, IN_GROUPS = "one for the tensor", "one a channel", f"one for {GROUP} weights"
SHARED = (TENSOR, CHANNEL, IN_GROUPS)
"""Which weights share a scale. A channel is a row of a linear layer's matrix: the weights of one output."""

Setting = tuple[int, str]
"""Bits, and which weights share a scale."""
SHOWN = 6


@dataclass(frozen=True)
class Grid:
    """What a matrix is rounded to: multiples of a scale, with b bits from −(2^(b−1) − 1) to 2^(b−1) − 1.

    `rows` is the matrix, cut so that each row shares a scale; `scales` has one number a row.
    """

    bits: int
    shared: str
    shape: tuple[int, ...]
    rows: Any  # rows × weights that share a scale
    scales: Any  # rows × 1

    @property
    def most(self) -> int:
        """The largest whole number: its negative is the smallest, so that 0 stays 0."""
        return 2 ** (self.bits - 1) - 1

    def weights(self) -> Any:
        """The rounded matrix, in the shape and dtype of the given one."""
        found = (self.rows / self.scales).round_().clamp_(-self.most, self.most).mul_(self.scales)
        columns = self.shape[-1]
        return found.reshape(self.shape[0], -1)[:, :columns].to(self.rows.dtype)


def grid(matrix: Any, bits: int, shared: str) -> Grid:
    """The grid for a matrix of outputs × inputs: each scale as small as the largest of its weights allows."""
    outputs, inputs = matrix.shape
    if shared == IN_GROUPS:
        import torch

        matrix = torch.nn.functional.pad(matrix, (0, -inputs % GROUP))  # the last group of a row may be short
    rows = matrix.reshape({TENSOR: (1, -1), CHANNEL: (outputs, -1), IN_GROUPS: (-1, GROUP)}[shared])
    largest = rows.amax(1, keepdim=True).maximum(-rows.amin(1, keepdim=True))  # no copy, as abs() makes
    scales = largest / (2 ** (bits - 1) - 1)
    return Grid(bits, shared, (outputs, inputs), rows, scales.clamp(min=1e-12))  # a row of zeros


def size(shape: tuple[int, int], setting: Setting) -> float:
    """What a matrix takes, in bytes, its scales included."""
    bits, shared = setting
    outputs, inputs = shape
    scales = {TENSOR: 1, CHANNEL: outputs, IN_GROUPS: outputs * math.ceil(inputs / GROUP)}[shared]
    return (bits * outputs * inputs + SCALE_BITS * scales) / 8


def a_few(found: Grid, reach: float) -> list[tuple[str, list[float]]]:
    """A few of the scales, the largest among them: whose each is, and its grid's values within reach of 0."""
    steps = found.scales.flatten().float()
    count = len(steps)
    picked = {int(steps.argmax()), *(number * count // SHOWN for number in range(SHOWN))}
    return [_strip(number, float(steps[number]), found, reach) for number in sorted(picked)]


def _strip(number: int, step: float, found: Grid, reach: float) -> tuple[str, list[float]]:
    last = min(found.most, int(reach / step))
    values = [step * multiple for multiple in range(-last, last + 1)]
    return f"{_owner(number, found)}, step {step:.2g}", values


def _owner(number: int, found: Grid) -> str:
    if found.shared == TENSOR:
        return "all weights"
    in_a_channel = len(found.scales) // found.shape[0]
    group = f", group {number % in_a_channel}" if found.shared == IN_GROUPS else ""
    return f"channel {number // in_a_channel}{group}"
