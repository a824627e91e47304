"""Memory that models need: worked out beside measured."""

from collections.abc import Mapping

from .described import BLUE, ORANGE, Described, drawing, style


def memory_bars(megabytes: Mapping[str, tuple[float, float]]) -> Described:
    """Memory that models need, in MB: ``{"float32": (worked_out, measured), …}``, a pair of bars each."""
    names = list(megabytes)
    with style():
        figure, axes = drawing(7.0, 0.8 + 0.75 * len(names))
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
