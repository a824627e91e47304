"""What the bits of a number format are for."""

from dataclasses import dataclass

from matplotlib.axes import Axes

from .described import BLUE, GREEN, GREY, ORANGE, PAPER, VERMILION, Described, drawing, style


@dataclass(frozen=True)
class Format:
    name: str
    parts: tuple[tuple[str, int], ...]  # what the bits are for, and how many of them
    reach: str  # what they buy

    @property
    def bits(self) -> int:
        return sum(count for _, count in self.parts)


FORMATS = (
    Format("fp32", (("sign", 1), ("exponent", 8), ("fraction", 23)), "up to 3.4e38, 7 digits"),
    Format("bf16", (("sign", 1), ("exponent", 8), ("fraction", 7)), "up to 3.4e38, 2 digits"),
    Format("fp16", (("sign", 1), ("exponent", 5), ("fraction", 10)), "up to 65,504, 3 digits"),
    Format("int8", (("whole number", 8),), "256 levels, and a scale beside them"),
    Format("nf4", (("place in a table", 4),), "16 levels, and a scale beside them"),
)

COLOURS = {
    "sign": VERMILION,
    "exponent": ORANGE,
    "fraction": BLUE,
    "whole number": GREEN,
    "place in a table": GREY,
}


def number_formats() -> Described:
    """A row of boxes for each format, a box a bit, and beside it what the bits buy."""
    with style():
        figure, axes = drawing(9.0, 2.9)
        for row, layout in enumerate(FORMATS):
            _boxes(axes, row, layout)
        axes.set_yticks(range(len(FORMATS)), [f"{layout.name}   {layout.bits:>2} bits" for layout in FORMATS])
        axes.set(xlim=(0, 32.2), ylim=(len(FORMATS) - 0.45, -0.6), xticks=[])
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_title("What the bits are for")
        handles = [axes.scatter([], [], marker="s", s=70, color=colour) for colour in COLOURS.values()]
        figure.legend(handles, COLOURS, loc="outside lower center", ncols=len(COLOURS), handletextpad=0.2)
    told = "; ".join(
        f"{layout.name}, {layout.bits} bits: {_counted(layout)} ({layout.reach})" for layout in FORMATS
    )
    figure.alt = f"Five number formats, a box for each bit. {told}."
    return figure


def _boxes(axes: Axes, row: int, layout: Format) -> None:
    left = 0
    for part, count in layout.parts:
        for bit in range(left, left + count):
            axes.barh(row, 1, left=bit, height=0.72, color=COLOURS[part], edgecolor=PAPER, linewidth=1.2)
        left += count
    if layout.bits < 32:
        axes.text(left + 0.4, row, layout.reach, va="center")
    else:  # no room beside it
        paint = {"fc": COLOURS["fraction"], "ec": "none", "pad": 3}
        axes.text(20.5, row, layout.reach, va="center", ha="center", color=PAPER, weight="bold", bbox=paint)


def _counted(layout: Format) -> str:
    return ", ".join(f"{count} {part}" for part, count in layout.parts)
