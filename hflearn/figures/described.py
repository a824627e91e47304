"""What every figure is made with: the course's colours and style, and a Figure that has alt text."""

import html
import io
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

# Okabe and Ito's palette: told apart under every common kind of colour blindness.
BLUE, ORANGE, GREEN, VERMILION, GREY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#5F6B76"
INK, PAPER = "#1B1F24", "#FFFFFF"


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


def style() -> AbstractContextManager[Any]:
    """The look of the course's figures while one is drawn: the learner's own settings stay theirs."""
    return matplotlib.rc_context(fname=Path(__file__).parents[1] / "matplotlibrc")


def drawing(width: float, height: float) -> tuple[Described, Axes]:
    # Not through pyplot, which would show the figure a second time at the end of the cell.
    figure = Described(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()
