"""Learning curves: what training and validation say, step by step."""

from collections.abc import Mapping, Sequence
from typing import Any

from .described import Described, style

Line = Sequence[tuple[float, float]]
"""(x, y) points, from left to right."""


def curves(panels: Mapping[str, Mapping[str, Line]], x: str = "epoch", y: str = "loss") -> Described:
    """A panel a run, side by side: ``{"overfitting": {"training": points, "validation": points}}``.

    The lowest point of a line called "validation" is marked: there one would have stopped. Each panel has a
    scale of its own, since a run that fails leaves the scale of the others.
    """
    with style():
        figure = Described(figsize=(max(3.4 * len(panels), 4.6), 3.0), layout="constrained")
        rows: Any = figure.subplots(1, len(panels), squeeze=False)
        for axes, (title, lines) in zip(rows[0], panels.items(), strict=True):
            _panel(axes, lines)
            axes.set(xlabel=x, title=title)
            axes.set_ylim(bottom=0)
        rows[0][0].set_ylabel(y)
        rows[0][0].legend()
    told = (
        f"{title}: " + ", ".join(_in_words(name, line, x) for name, line in lines.items())
        for title, lines in panels.items()
    )
    figure.alt = f"Line charts of the {y} by {x}. " + "; ".join(told) + "."
    return figure


def _panel(axes: Any, lines: Mapping[str, Line]) -> None:
    for (name, line), dash in zip(lines.items(), ("-", "--", ":", "-.") * len(lines), strict=False):
        drawn = axes.plot(*zip(*line, strict=True), linestyle=dash, label=name)[0]
        if name == "validation":
            axes.plot(*_lowest(line), marker="o", color=drawn.get_color())


def _lowest(line: Line) -> tuple[float, float]:
    return min(line, key=lambda point: point[1])


def _in_words(name: str, line: Line, x: str) -> str:
    at, lowest = _lowest(line)
    first, last = line[0][1], line[-1][1]
    return f"{name} from {first:.2f} to {last:.2f}, lowest {lowest:.2f} at {x} {at:g}"
