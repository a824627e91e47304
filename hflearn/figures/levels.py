"""The numbers that a format can say, under the numbers that it has to say."""

from collections.abc import Mapping, Sequence

import numpy as np

from .described import BLUE, GREY, VERMILION, Described, style


def levels(values: Sequence[float], grids: Mapping[str, Sequence[float]]) -> Described:
    """Histogram of `values`; under it a row of strokes for each grid, a stroke a level: ``{"nf4": […]}``."""
    numbers = np.asarray(values, dtype=float)
    with style():
        figure = Described(figsize=(7.4, 2.3 + 0.5 * len(grids)), layout="constrained")
        top, below = figure.subplots(2, 1, sharex=True, height_ratios=[1.7, 0.5 * len(grids)])
        top.hist(numbers, bins=60, color=BLUE)
        top.set(ylabel="weights", yticks=[])
        top.set_title("Where the weights are, and where the levels are")
        for row, (grid, colour) in enumerate(zip(grids.values(), [GREY, VERMILION, BLUE], strict=False)):
            below.vlines(list(grid), row - 0.32, row + 0.32, color=colour, lw=2)
        below.set_yticks(range(len(grids)), [f"{name}, {len(grid)} levels" for name, grid in grids.items()])
        below.set(ylim=(len(grids) - 0.5, -0.5), xlabel="weight, as a share of the largest in its block")
        below.tick_params(axis="y", length=0)
        below.spines["left"].set_visible(False)
    middle = np.mean(np.abs(numbers) <= 0.5)
    told = "; ".join(
        f"{name} has {sum(abs(level) <= 0.5 for level in grid)} of its {len(grid)} levels there"
        for name, grid in grids.items()
    )
    figure.alt = f"Histogram of weights: {middle:.0%} lie in the inner half, from −0.5 to 0.5. {told}."
    return figure
