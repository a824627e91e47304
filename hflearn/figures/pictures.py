"""Small pictures side by side."""

from collections.abc import Sequence
from typing import Any

from .described import Described, style


def pictures(images: Sequence[Any], captions: Sequence[str], alt: str) -> Described:
    """A row of small pictures (arrays or tensors of height × width, −1 black to 1 white) with captions.

    `alt` says what is to be seen: only who calls this knows.
    """
    with style():
        figure = Described(figsize=(1.35 * len(images), 1.6), layout="constrained")
        for axes, image, caption in zip(figure.subplots(1, len(images)), images, captions, strict=True):
            axes.imshow(image, cmap="gray", vmin=-1, vmax=1)
            axes.set_axis_off()
            axes.set_title(caption, loc="center", weight="normal", fontsize=10)
    figure.alt = alt
    return figure
