"""Tokens as chips in a row, wrapped like text."""

from collections.abc import Iterator, Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from .described import GREY, INK, PAPER, VERMILION, Described, style
from .glyphs import drawable

Chip = tuple[str, str, str]
"""The token's text, the small print below it, and its mark: "special", "unknown" or nothing."""

TINTS = ["#BFDFF3", "#FBE3B0", "#B5E5D6", "#F3D3E2"]
"""Beside one another these only say where a token ends, so nothing is lost to who cannot tell them apart."""

COLUMNS = 92  # characters of the text's size in a line
INCH = 0.088  # the width of one of them
LINE = 0.86  # inches from a line of chips to the next
HEAD = 0.34


def token_chips(rows: Sequence[tuple[str, Sequence[Chip]]], alt: str) -> Described:
    """For each row its heading, and below it its chips. `alt` says what is to be seen."""
    lines = [(heading, list(_wrapped(chips))) for heading, chips in rows]
    height = sum(HEAD + LINE * len(wrapped) for _, wrapped in lines)
    with style():
        figure = Described(figsize=(COLUMNS * INCH, height))
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set(xlim=(0, COLUMNS), ylim=(height, 0))
        axes.set_axis_off()
        y, position = 0.0, 0
        for heading, wrapped in lines:
            axes.text(0.3, y + 0.2, heading, weight="bold", fontsize=9, va="center")
            y += HEAD
            for line in wrapped:
                x = 0.3
                for chip in line:
                    _draw(axes, x, y, chip, TINTS[position % len(TINTS)])
                    x += _width(chip) + 0.6
                    position += 1
                y += LINE
    figure.alt = alt
    return figure


def _wrapped(chips: Sequence[Chip]) -> Iterator[list[Chip]]:
    line: list[Chip] = []
    used = 0.0
    for chip in chips:
        if line and used + _width(chip) > COLUMNS - 1:
            yield line
            line, used = [], 0.0
        line.append(chip)
        used += _width(chip) + 0.6
    if line:
        yield line


def _width(chip: Chip) -> float:
    text, below, _ = chip
    return max(len(text) + 1, 0.72 * max(map(len, below.split("\n"))))


def _draw(axes: Axes, x: float, y: float, chip: Chip, tint: str) -> None:
    text, below, mark = chip
    edge = {"special": (GREY, "--", PAPER), "unknown": (VERMILION, "-", PAPER)}.get(mark, (tint, "-", tint))
    axes.add_patch(
        Rectangle(
            (x, y), _width(chip), 0.28, facecolor=edge[2], edgecolor=edge[0], linestyle=edge[1], linewidth=1.3
        )
    )
    middle = x + _width(chip) / 2
    axes.text(
        middle,
        y + 0.15,
        drawable(text, "monospace"),
        family="monospace",
        fontsize=9.5,
        ha="center",
        va="center",
        color=INK,
    )
    axes.text(middle, y + 0.31, below, fontsize=6.5, ha="center", va="top", color=INK, linespacing=1.15)
