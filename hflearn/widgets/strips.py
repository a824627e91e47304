"""A histogram with strips under it, as a drawing of lines and boxes (SVG)."""

import html
from collections.abc import Sequence

from hflearn.figures.rounding import Grids, Histogram

WIDTH, HEIGHT, STRIP = 560, 110, 17


def strips(shown: Histogram, grids: Grids) -> str:
    """The histogram, then a strip for each grid: a line at each of its values, its label beside it."""
    tall = HEIGHT + 24 + STRIP * len(grids)
    drawn = [*_bars(shown), *_axis(shown)]
    for number, (label, values) in enumerate(grids):
        top = HEIGHT + 24 + STRIP * number
        drawn.append(_strip(values, shown.reach, top))
        drawn.append(f'<text x="{WIDTH + 10}" y="{top + 11}">{html.escape(label)}</text>')
    return (
        f'<svg class="hflearn-strips" role="img" aria-label="Histogram of the weights, told in words above" '
        f'viewBox="0 0 {WIDTH + 220} {tall}" width="{WIDTH + 220}">{"".join(drawn)}</svg>'
    )


def _bars(shown: Histogram) -> list[str]:
    width, most = WIDTH / len(shown.counts), max(*shown.counts, 1)
    return [
        f'<rect x="{number * width:.1f}" y="{HEIGHT * (1 - count / most):.1f}" width="{width:.1f}" '
        f'height="{HEIGHT * count / most:.1f}"/>'
        for number, count in enumerate(shown.counts)
    ]


def _axis(shown: Histogram) -> list[str]:
    places = ((0, "start", -1.0), (WIDTH / 2, "middle", 0.0), (WIDTH, "end", 1.0))
    labels = [
        f'<text x="{x}" y="{HEIGHT + 15}" text-anchor="{anchor}">{side * shown.reach:z.2f}</text>'
        for x, anchor, side in places
    ]
    return [f'<path d="M0 {HEIGHT}H{WIDTH}"/>', *labels]


def _strip(values: Sequence[float], reach: float, top: int) -> str:
    lines = "".join(f"M{WIDTH * (value / reach + 1) / 2:.1f} {top}v{STRIP - 4}" for value in values)
    return f'<path d="{lines}"/>'
