"""The way of a model from idea to deployment, as a flow chart."""

import itertools
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from .described import BLUE, INK, PAPER, VERMILION, Described, drawing, style


def workflow() -> Described:
    """The way of a model from idea to deployment, its two loops, and the tool and lesson for each step."""
    with style():
        figure, axes = drawing(8.0, 3.9)
        axes.set(xlim=(0, 8), ylim=(0.55, 4.2))
        axes.axis("off")
        places = [_place(number) for number in range(len(STEPS))]
        for number, (step, (x, y)) in enumerate(zip(STEPS, places, strict=True), start=1):
            _box(axes, x, y, number, *step)
        for (x, y), (next_x, next_y) in itertools.pairwise(places):
            _arrow(axes, *_edge(x, y, next_x, next_y), *_edge(next_x, next_y, x, y))
        _loop(axes, [(7, 3.6), (7, 4.0), (1, 4.0), (1, 3.6)], "not good enough: choose another model")
        _loop(axes, [(1, 1.9), (1, 2.15), (6.6, 2.15), (6.6, 2.4)], "the world has changed: evaluate again")
    steps = " ".join(_step_in_words(number, *step) for number, step in enumerate(STEPS, start=1))
    figure.alt = (
        f"Flow chart, from idea to deployment in eight steps. {steps} "
        "One arrow leads from 4 back to 1: not good enough, choose another model. "
        "One arrow leads from 8 back to 4: the world has changed, evaluate again."
    )
    return figure


STEPS = [
    ("Choose", "Hub filters,\nmodel card", "01"),
    ("Test before\nyou code", "ten examples\nof your own", "01"),
    ("Prototype", "transformers\npipeline()", "02"),
    ("Evaluate", "your data,\nyour metric", "02"),
    ("Fine-tune,\nor do not", "Trainer,\nPEFT", "07"),
    ("Quantise", "bitsandbytes,\nONNX Runtime", "06"),
    ("Package", "a Space,\nan API", "05"),
    ("Monitor", "quality, cost,\ndrift", ""),
]
"""The workflow: name, tool, lesson."""


def _step_in_words(number: int, name: str, tool: str, lesson: str) -> str:
    where = f" (lesson {lesson})" if lesson else ""
    return f"{number}. {name}: {tool}{where}.".replace("\n", " ")


WIDTH, HEIGHT = 1.62, 1.2


def _place(number: int) -> tuple[float, float]:
    """Centre of a step's box: four to the right, then four back to the left below them."""
    row, column = divmod(number, 4)
    return (1 + 2 * column if row == 0 else 7 - 2 * column), (3.0 if row == 0 else 1.3)


def _box(axes: Axes, x: float, y: float, number: int, name: str, tool: str, lesson: str) -> None:
    corner = (x - WIDTH / 2, y - HEIGHT / 2)
    axes.add_patch(
        FancyBboxPatch(
            corner, WIDTH, HEIGHT, boxstyle="round,pad=0,rounding_size=0.1", fc="#EAF3F9", ec=BLUE, lw=1.5
        )
    )
    axes.text(x, y + 0.14, name, ha="center", va="center", weight="bold", linespacing=1.05)
    axes.text(x, y - 0.34, tool, ha="center", va="center", fontsize=9.5, linespacing=1.15)
    axes.text(
        corner[0] + 0.07, y + HEIGHT / 2 - 0.07, str(number), va="top", fontsize=9, color=BLUE, weight="bold"
    )
    if lesson:
        axes.text(
            x + WIDTH / 2 - 0.07,
            y + HEIGHT / 2 - 0.07,
            f"lesson {lesson}",
            ha="right",
            va="top",
            fontsize=9,
            color=BLUE,
        )


def _edge(x: float, y: float, to_x: float, to_y: float) -> tuple[float, float]:
    """Where the box at (x, y) is left on the way to the one at (to_x, to_y)."""
    if x == to_x:
        return x, y + (HEIGHT / 2 if to_y > y else -HEIGHT / 2)
    return x + (WIDTH / 2 if to_x > x else -WIDTH / 2), y


def _arrow(axes: Axes, x: float, y: float, to_x: float, to_y: float, color: str = INK) -> None:
    props = {"arrowstyle": "-|>", "color": color, "lw": 1.5, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (to_x, to_y), (x, y), arrowprops=props)


def _loop(axes: Axes, corners: Sequence[tuple[float, float]], label: str) -> None:
    """A dashed way back through the corners, its label on the longest stretch (the second)."""
    xs, ys = zip(*corners, strict=True)
    axes.plot(xs[:-1], ys[:-1], color=VERMILION, lw=1.5, ls=(0, (4, 2)))
    _arrow(axes, *corners[-2], *corners[-1], color=VERMILION)
    middle = (corners[1][0] + corners[2][0]) / 2
    axes.text(
        middle,
        ys[1],
        label,
        ha="center",
        va="center",
        color=VERMILION,
        bbox={"fc": PAPER, "ec": "none", "pad": 3},
    )
