"""The heat map of similarities between texts."""

from collections.abc import Sequence
from textwrap import shorten

from .described import INK, PAPER, Described, drawing, style
from .glyphs import drawable


def similarity(matrix: Sequence[Sequence[float]], labels: Sequence[str]) -> Described:
    """Heat map of cosine similarities: `matrix` is square, one row and one column for each label.

    Raises ValueError where the matrix does not have as many rows and columns as there are labels.
    """
    rows = [[float(value) for value in row] for row in matrix]
    if any(len(row) != len(labels) for row in rows) or len(rows) != len(labels):
        raise ValueError(f"similarity() wants one row and one column for each of the {len(labels)} labels.")
    count, short = len(labels), [drawable(shorten(label, 44, placeholder=" …")) for label in labels]
    with style():
        figure, axes = drawing(0.6 + 0.08 * max(map(len, short)) + 0.56 * count, 1.0 + 0.5 * count)
        axes.imshow(rows, cmap="cividis", vmin=0, vmax=1, aspect="auto")
        axes.set_xticks(range(count), [str(number) for number in range(1, count + 1)])
        axes.set_yticks(range(count), [f"{label}   {number}" for number, label in enumerate(short, start=1)])
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_title("Similarity")
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                axes.text(
                    column,
                    row,
                    _two_places(value),
                    ha="center",
                    va="center",
                    color=INK if value > 0.5 else PAPER,
                )
    figure.alt = in_words(rows, labels)
    return figure


def in_words(rows: Sequence[Sequence[float]], labels: Sequence[str]) -> str:
    """What the heat map of these similarities shows."""
    shows = f"Heat map of cosine similarities between {len(labels)} texts."
    return f"{shows} {_extremes(rows, labels)}"


def _extremes(rows: Sequence[Sequence[float]], labels: Sequence[str]) -> str:
    pairs = [(rows[i][j], labels[i], labels[j]) for i in range(len(labels)) for j in range(i)]
    if not pairs:
        return ""
    (most, *alike), (least, *apart) = max(pairs), min(pairs)
    return (
        f"Most alike, at {_two_places(most)}: “{alike[1]}” and “{alike[0]}”. "
        f"Least alike, at {_two_places(least)}: “{apart[1]}” and “{apart[0]}”."
    )


def _two_places(value: float) -> str:
    return f"{value:z.2f}"  # z: no minus before a zero
