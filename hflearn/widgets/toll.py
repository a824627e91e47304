"""What rounding costs, in words."""

from collections.abc import Collection
from typing import Any

from .rounded import Grid, Setting, size


def named(setting: Setting | None) -> str:
    return (
        "Not rounded"
        if setting is None
        else f"{setting[0]} bits, {setting[1].replace('one', 'one scale', 1)}"
    )


def size_in_words(matrices: Collection[Any], setting: Setting | None) -> str:
    """What these matrices take: 1 MB is 1,000,000 bytes."""
    before = sum(matrix.numel() * matrix.element_size() for matrix in matrices)
    if setting is None:
        return f"The linear layers' weights take {before / 1e6:.1f} MB."
    after = sum(size(matrix.shape, setting) for matrix in matrices)
    a_weight = 8 * after / sum(matrix.numel() for matrix in matrices)
    return (
        f"With the scales, a weight costs {a_weight:.2f} bits: the linear layers' take {after / 1e6:.1f} MB "
        f"instead of {before / 1e6:.1f}."
    )


def matrix_in_words(name: str, matrix: Any) -> str:
    spread, most = float(matrix.std()), float(matrix.abs().max())
    return (
        f"{name} has {matrix.numel():,} weights with a standard deviation of {spread:.3f}; the largest is "
        f"{most:.2f}, {most / spread:.0f} times that."
    )


def loss_in_words(matrix: Any, found: Grid) -> str:
    left = found.weights()
    gone = int(((left == 0) & (matrix != 0)).sum())
    error = float((left - matrix).float().square().mean().sqrt() / matrix.float().std())
    return (
        f"There, rounding made {gone:,} weights 0 ({gone / matrix.numel():.1%}), and is off by {error:.2f} "
        "standard deviations (root mean square)."
    )
