"""Photographs of any shape side by side."""

from collections.abc import Sequence
from typing import Any

from .described import Described, style


def photographs(images: Sequence[Any], captions: Sequence[str], alt: str) -> Described:
    """A row of photographs with a caption under each: arrays of height × width, or × 3 for colour, 0 to 255.

    `alt` says what is to be seen: only who calls this knows.
    """
    with style():
        figure = Described(figsize=(1.6 * len(images), 2.0), layout="constrained")
        for axes, image, caption in zip(figure.subplots(1, len(images)), images, captions, strict=True):
            axes.imshow(image, cmap="gray", vmin=0, vmax=255)
            axes.set(xticks=[], yticks=[], box_aspect=1)
            axes.set_aspect("equal", adjustable="datalim")
            for side in axes.spines.values():
                side.set_visible(True)
            axes.set_xlabel(caption, fontsize=10)
    figure.alt = alt
    return figure
