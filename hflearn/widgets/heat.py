"""A heat map as an HTML table: every number is in it, for a pointer, for a screen reader and for a copy."""

import html
from collections.abc import Sequence
from functools import cache

DENSE = 12
"""From this many columns on, the numbers have no room and wait for the pointer."""


def heat_map(
    values: Sequence[Sequence[float]],
    rows: Sequence[str],
    columns: Sequence[str],
    caption: str,
    upright: bool = False,
    chosen: int | None = None,
    light: float = 1.0,
) -> str:
    """Values from 0 (dark) to `light`, a row each.

    `upright` turns the columns' labels; the row `chosen` has lines above and below.
    """
    said = html.escape(caption)
    kinds = ["hflearn-heat"] + ["upright"] * upright + ["dense"] * (len(columns) > DENSE)
    head = "".join(f'<th scope="col">{html.escape(label)}</th>' for label in columns)
    body = "".join(
        _row(label, line, columns, index == chosen, light)
        for index, (label, line) in enumerate(zip(rows, values, strict=True))
    )
    return (
        f'<div class="{" ".join(kinds)}"><p>{said}</p><table aria-label="{said}">'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _row(label: str, values: Sequence[float], columns: Sequence[str], chosen: bool, light: float) -> str:
    cells = "".join(
        _cell(value, value / light, f"{label} → {column}")
        for value, column in zip(values, columns, strict=True)
    )
    kind = ' class="chosen"' if chosen else ""
    return f'<tr{kind}><th scope="row">{html.escape(label)}</th>{cells}</tr>'


def _cell(value: float, share: float, pair: str) -> str:
    says = html.escape(f"{pair}: {value:z.2f}")
    paper, ink = colours(share)
    return f'<td style="background:{paper};color:{ink}" data-says="{says}">{value:z.2f}</td>'


def colours(share: float) -> tuple[str, str]:
    """The colour for a share of the lightest and one to write on it with, from the palette of the figures."""
    return _palette()[round(255 * min(max(share, 0.0), 1.0))], "#000000" if share > 0.47 else "#FFFFFF"


@cache
def _palette() -> list[str]:
    from matplotlib import colormaps
    from matplotlib.colors import to_hex

    return [to_hex(colour) for colour in colormaps["cividis"](range(256))]
