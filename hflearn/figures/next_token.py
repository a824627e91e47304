"""Chances of the next token, as several settings shape them."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from .described import BLUE, GREY, PAPER, Described, style
from .glyphs import drawable


@dataclass(frozen=True)
class Bar:
    """A token and its chance, from 0 to 1."""

    token: str
    now: float
    before: float  # as the model gave it
    cut: str = ""  # by "top-k", by "top-p", or not at all


def next_token(panels: Sequence[tuple[str, Sequence[Bar]]], alt: str) -> Described:
    """A panel of bars for each setting, the same tokens in each. `alt` says what is to be seen."""
    count = max(len(bars) for _, bars in panels)
    with style():
        figure = Described(figsize=(9.4, 1.4 + 0.26 * count), layout="constrained")
        for axes, (title, bars) in zip(figure.subplots(1, len(panels), sharex=True), panels, strict=True):
            _panel(axes, title, bars)
        figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
    figure.alt = alt
    return figure


def _panel(axes: Axes, title: str, bars: Sequence[Bar]) -> None:
    places = range(len(bars))
    before, now = [bar.before for bar in bars], [bar.now for bar in bars]
    axes.barh(places, before, label="as the model gave it", color=PAPER, edgecolor=GREY, hatch="////", lw=0.8)
    axes.barh(places, now, label="with these settings", color=BLUE, height=0.45)
    for place, bar in enumerate(bars):
        says = "cut" if bar.cut else f"{bar.now:.0%}"
        axes.text(max(bar.now, bar.before), place, f" {says}", va="center", fontsize=8)
    axes.set_yticks(
        places, [drawable(bar.token, "monospace") for bar in bars], fontsize=9, family="monospace"
    )
    axes.invert_yaxis()
    axes.tick_params(axis="y", length=0)
    axes.margins(x=0.15)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
    axes.set_xlabel("chance of being next")
    axes.set_title(title, fontsize=10)
