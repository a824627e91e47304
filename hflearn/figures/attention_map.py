"""The attention of one head as a heat map."""

from collections.abc import Sequence

from .described import Described, drawing, style
from .glyphs import drawable


def attention_map(
    weights: Sequence[Sequence[float]], tokens: Sequence[str], title: str, alt: str
) -> Described:
    """A row for each token that attends, a column for each that is attended to; weights from 0 to 1."""
    count, widest = len(tokens), max(map(len, tokens))
    positions, size = range(count), 9 if count <= 25 else 7
    labels = [drawable(token) for token in tokens]
    with style():
        figure, axes = drawing(2.0 + 0.07 * widest + 0.22 * count, 0.9 + 0.07 * widest + 0.22 * count)
        image = axes.imshow(weights, cmap="cividis", vmin=0)
        axes.set_xticks(positions, labels, rotation=90, fontsize=size)
        axes.set_yticks(positions, labels, fontsize=size)
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_xlabel("attended to")
        axes.set_ylabel("attends")
        axes.set_title(title, fontsize=10)
        figure.colorbar(image, label="share of attention", shrink=0.8)
    figure.alt = alt
    return figure
