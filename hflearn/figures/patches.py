"""A picture, cut into the patches that a Vision Transformer reads as tokens."""

from typing import Any

import numpy as np

from .described import VERMILION, Described, style

SHOWN = 16
"""Patches drawn one by one: of a large picture the first few stand for the rest."""


def patches(image: Any, side: int) -> Described:
    """`image` (height × width, −1 black to 1 white) under a grid of patches, each `side` × `side` pixels.

    Beside it stand the patches in the order in which they are read.

    Raises ValueError where the patches do not cover the picture.
    """
    pixels = np.asarray(image, dtype=float)
    height, width = pixels.shape
    if height % side or width % side:
        raise ValueError(f"Patches of {side} × {side} do not cover a picture of {height} × {width} pixels.")
    rows, columns = height // side, width // side
    pieces = pixels.reshape(rows, side, columns, side).swapaxes(1, 2).reshape(-1, side, side)
    with style():
        figure = Described(figsize=(7.6, 2.7), layout="constrained")
        parts: Any = figure.subfigures(1, 2, width_ratios=(1, 2.1))
        left, right = parts
        _picture(left, pixels, side, numbered=len(pieces) <= SHOWN)
        _pieces(right, pieces[:SHOWN])
        right.suptitle(_read(len(pieces)), fontsize=10.5)
    figure.alt = (
        f"A picture of {height} by {width} pixels under a grid of {rows} by {columns} patches, "
        f"each {side} by {side} pixels. "
        f"{_read(len(pieces))}, row by row from the top left."
    )
    return figure


def _read(count: int) -> str:
    first = "" if count <= SHOWN else f"; the first {SHOWN} are shown"
    return f"Read as {count} tokens, numbered 1 to {count}{first}"


def _picture(part: Any, pixels: Any, side: int, numbered: bool) -> None:
    axes = part.subplots()
    _show(axes, pixels)
    height, width = pixels.shape
    for x in range(0, width + 1, side):
        axes.plot([x - 0.5] * 2, [-0.5, height - 0.5], color=VERMILION, lw=1.2 if numbered else 0.5)
    for y in range(0, height + 1, side):
        axes.plot([-0.5, width - 0.5], [y - 0.5] * 2, color=VERMILION, lw=1.2 if numbered else 0.5)


def _pieces(part: Any, pieces: Any) -> None:
    columns = 8
    grid = part.subplots(-(-len(pieces) // columns), columns, squeeze=False).flat
    for number, axes in enumerate(grid, start=1):
        if number <= len(pieces):
            _show(axes, pieces[number - 1])
            axes.set_title(str(number), loc="center", weight="normal", fontsize=10)
            axes.add_patch(_frame(pieces.shape[-1]))
        else:
            axes.set_axis_off()


def _frame(side: int) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((-0.5, -0.5), side, side, fill=False, ec=VERMILION, lw=1.2, clip_on=False)


def _show(axes: Any, image: Any) -> None:
    axes.imshow(image, cmap="gray", vmin=-1, vmax=1)
    axes.set_axis_off()
