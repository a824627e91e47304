"""How often a model is right, beside how sure it says it is."""

from collections.abc import Mapping, Sequence

from .described import GREY, Described, drawing, style


def reliability(models: Mapping[str, tuple[Sequence[float], Sequence[bool]]], fewest: int = 20) -> Described:
    """A line a model: the share that is right of the answers with about the same score.

    `models` maps a name to its scores, 0 to 1, and whether each answer is right. Answers are put into bins
    a tenth wide; bins of less than `fewest` answers are left out, since their share is chance. A bar is two
    standard errors of a share to either side.
    """
    lines = {name: _bins(scores, right, fewest) for name, (scores, right) in models.items()}
    with style():
        figure, axes = drawing(6.4, 4.0)
        lowest = min((score for points in lines.values() for score, *_ in points), default=0.0)
        axes.plot([lowest, 1], [lowest, 1], color=GREY, linestyle=":", label="score = share right")
        for (name, points), marker in zip(lines.items(), "osD^v" * len(lines), strict=False):
            if points:
                scores, shares, counts = zip(*points, strict=True)
                bars = [2 * (p * (1 - p) / n) ** 0.5 for p, n in zip(shares, counts, strict=True)]
                axes.errorbar(scores, shares, yerr=bars, marker=marker, label=name, elinewidth=1, capsize=3)
        names = {"xlabel": "mean score of the answers", "ylabel": "share right"}
        axes.set(xlim=(lowest - 0.05, 1.02), **names)
        axes.set_ylim(top=1.02)
        axes.set_title("How sure, and how right?")
        axes.legend(loc="upper left")
    told = (
        f"{name}: " + ", ".join(f"score {score:.2f}, right {share:.2f} of {n}" for score, share, n in points)
        for name, points in lines.items()
    )
    figure.alt = "Line chart of the share that is right at each score. " + "; ".join(told) + "."
    return figure


def _bins(scores: Sequence[float], right: Sequence[bool], fewest: int) -> list[tuple[float, float, int]]:
    """(mean score, share right, number) of each bin with enough answers, lowest first."""
    points = []
    for tenth in range(10):
        inside = [(s, r) for s, r in zip(scores, right, strict=True) if min(int(s * 10), 9) == tenth]
        if (n := len(inside)) >= fewest:
            points.append((sum(s for s, _ in inside) / n, sum(r for _, r in inside) / n, n))
    return points
