"""What costs more and is no better, seen at a glance."""

from collections.abc import Mapping

from .described import BLUE, GREY, Described, drawing, style


def pareto(points: Mapping[str, tuple[float, float]], cost: str, quality: str) -> Described:
    """Each candidate at (cost, quality), ``{"int8": (220, 0.98), …}``: those that nothing beats are joined.

    Less cost is better, more quality is better. A candidate is beaten when another is at least as good in
    both and better in one. `cost` and `quality` name the axes, with their units.
    """
    best = sorted((points[name], name) for name in points if not _beaten(name, points))
    with style():
        figure, axes = drawing(7.0, 4.0)
        front = [place for place, _ in best]
        axes.step(*zip(*front, strict=True), where="post", color=BLUE, lw=1, ls="--", zorder=1)
        for name, (x, y) in points.items():
            stays = (x, y) in front
            axes.scatter(x, y, s=55, color=BLUE if stays else GREY, marker="o" if stays else "X", zorder=2)
            axes.annotate(
                name,
                (x, y),
                xytext=(-6, 5) if stays else (6, -5),  # above and left of the best there is nothing
                textcoords="offset points",
                ha="right" if stays else "left",
                va="bottom" if stays else "top",
                weight="bold" if stays else None,
            )
        axes.set(xlabel=cost, ylabel=quality, title="Beaten, and not beaten")
        axes.set_xlim(left=0)
        axes.margins(x=0.2, y=0.2)
    kept = ", ".join(f"{name} ({x:,.0f}, {y:.2f})" for (x, y), name in best)
    beaten = ", ".join(
        f"{name} ({x:,.0f}, {y:.2f})" for name, (x, y) in points.items() if (x, y) not in front
    )
    figure.alt = (
        f"Scatter plot of {cost} against {quality}. Nothing beats: {kept}. Beaten: {beaten or 'none'}."
    )
    return figure


def _beaten(name: str, points: Mapping[str, tuple[float, float]]) -> bool:
    x, y = points[name]
    return any((a <= x and b >= y) and (a, b) != (x, y) for a, b in points.values())
