"""A matrix's weights as a histogram, over the values that a few bits leave them."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from .described import BLUE, INK, Described, style

Grids = Sequence[tuple[str, Sequence[float]]]
"""Of each grid, a label and those of its values that are to be seen."""


@dataclass(frozen=True)
class Histogram:
    """Weights from −`reach` to `reach`, counted in bars of one width."""

    counts: Sequence[int]
    reach: float


def rounding(weights: Histogram, settings: Sequence[tuple[str, Grids]], alt: str) -> Described:
    """The histogram, and below it each setting's title and grids. `alt` says what is to be seen."""
    lines = [len(grids) for _, grids in settings]
    with style():
        heights = [6, *(1.6 + count for count in lines)]
        figure = Described(figsize=(7.6, 1.0 + 0.22 * sum(heights)), layout="constrained")
        axes = figure.subplots(len(heights), 1, sharex=True, height_ratios=heights)
        _histogram(axes[0], weights)
        for below, (title, grids) in zip(axes[1:], settings, strict=True):
            _grids(below, title, grids)
        axes[-1].set_xlabel("weight; lines: the values that it may take")
        axes[-1].spines["bottom"].set_visible(True)
        axes[-1].tick_params(axis="x", length=3)
    figure.alt = alt
    return figure


def _histogram(axes: Axes, weights: Histogram) -> None:
    width = 2 * weights.reach / len(weights.counts)
    starts = [-weights.reach + width * number for number in range(len(weights.counts))]
    axes.bar(starts, weights.counts, width, align="edge", color=BLUE)
    axes.set(xlim=(-weights.reach, weights.reach), yticks=[])
    axes.tick_params(axis="x", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_title("The weights", fontsize=10)


def _grids(axes: Axes, title: str, grids: Grids) -> None:
    for row, (_, values) in enumerate(grids):
        axes.vlines(values, row - 0.35, row + 0.35, color=INK, lw=0.8)
    axes.set_yticks(range(len(grids)), [label for label, _ in grids], fontsize=8)
    axes.set_ylim(len(grids) - 0.4, -0.6)
    axes.tick_params(length=0)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_title(title, fontsize=10)
