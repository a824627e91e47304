"""The figures of the lessons. Each function returns a `Described` figure: a matplotlib Figure with alt text.

As the last line of a cell a `Described` makes two outputs: the image, with its alt text in the output's
metadata under ``["image/png"]["alt"]`` (nbconvert puts it into the page), and the same words in a fold below
it, because JupyterLab and GitHub drop an image's alt text.
"""

import html
import io
import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import shorten
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

# Okabe and Ito's palette: told apart under every common kind of colour blindness.
BLUE, ORANGE, GREEN, VERMILION, GREY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#5F6B76"
INK, PAPER = "#1B1F24", "#FFFFFF"

STYLE = Path(__file__).with_name("matplotlibrc")


class Described(Figure):
    """A matplotlib Figure that says in words what it shows: `alt`."""

    alt: str = ""

    def png(self) -> bytes:
        buffer = io.BytesIO()
        FigureCanvasAgg(self).print_png(buffer, metadata={"Description": self.alt})
        return buffer.getvalue()

    def __repr__(self) -> str:
        return f"<Figure: {self.alt}>"

    __str__ = __repr__

    def _ipython_display_(self) -> None:
        from IPython.display import display

        image = {"image/png": self.png(), "text/plain": repr(self)}
        display(image, raw=True, metadata={"image/png": {"alt": self.alt}})
        fold = f"<details><summary>The figure in words</summary>{html.escape(self.alt)}</details>"
        display({"text/html": fold, "text/plain": f"The figure in words: {self.alt}"}, raw=True)


def workflow() -> Described:
    """The way of a model from idea to deployment, its two loops, and the tool and lesson for each step."""
    with matplotlib.rc_context(fname=STYLE):
        figure, axes = _drawing(8.0, 3.9)
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


def memory_bars(megabytes: Mapping[str, tuple[float, float]]) -> Described:
    """Memory that models need, in MB: ``{"float32": (worked_out, measured), …}``, a pair of bars each."""
    names = list(megabytes)
    with matplotlib.rc_context(fname=STYLE):
        figure, axes = _drawing(7.0, 0.8 + 0.75 * len(names))
        most = max(max(pair) for pair in megabytes.values())
        for offset, which, label, colour in ((-0.19, 0, "worked out", BLUE), (0.19, 1, "measured", ORANGE)):
            values = [pair[which] for pair in megabytes.values()]
            places = [row + offset for row in range(len(names))]
            axes.barh(places, values, height=0.36, color=colour, label=label)
            for place, value in zip(places, values, strict=True):
                axes.text(value + most * 0.01, place, f"{value:,.0f}", va="center")
        axes.set_yticks(range(len(names)), names)
        axes.invert_yaxis()
        axes.set(xlabel="MB", title="Memory a model needs", xlim=(0, most * 1.12))
        axes.legend(loc="lower right" if max(megabytes[names[-1]]) < 0.7 * most else "best")
    pairs = "; ".join(
        f"{name}: {out:,.0f} MB worked out, {got:,.0f} MB measured" for name, (out, got) in megabytes.items()
    )
    figure.alt = f"Bar chart of the memory that models need. {pairs}."
    return figure


def pictures(images: Sequence[Any], captions: Sequence[str], alt: str) -> Described:
    """A row of small pictures (arrays or tensors of height × width, −1 black to 1 white) with captions.

    `alt` says what is to be seen: only who calls this knows.
    """
    with matplotlib.rc_context(fname=STYLE):
        figure = Described(figsize=(1.35 * len(images), 1.6), layout="constrained")
        for axes, image, caption in zip(figure.subplots(1, len(images)), images, captions, strict=True):
            axes.imshow(image, cmap="gray", vmin=-1, vmax=1)
            axes.set_axis_off()
            axes.set_title(caption, loc="center", weight="normal", fontsize=10)
    figure.alt = alt
    return figure


def similarity(matrix: Sequence[Sequence[float]], labels: Sequence[str]) -> Described:
    """Heat map of cosine similarities: `matrix` is square, one row and one column for each label.

    Raises ValueError where the matrix does not have as many rows and columns as there are labels.
    """
    rows = [[float(value) for value in row] for row in matrix]
    if any(len(row) != len(labels) for row in rows) or len(rows) != len(labels):
        raise ValueError(f"similarity() wants one row and one column for each of the {len(labels)} labels.")
    count, short = len(labels), [shorten(label, 44, placeholder=" …") for label in labels]
    with matplotlib.rc_context(fname=STYLE):
        figure, axes = _drawing(0.6 + 0.08 * max(map(len, short)) + 0.56 * count, 1.0 + 0.5 * count)
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
    figure.alt = f"Heat map of cosine similarities between {count} texts. {_in_words(rows, labels)}"
    return figure


def _in_words(rows: list[list[float]], labels: Sequence[str]) -> str:
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


def _drawing(width: float, height: float) -> tuple[Described, Axes]:
    # Not through pyplot, which would show the figure a second time at the end of the cell.
    figure = Described(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


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
