"""q3: a threshold chosen on some rows, and judged on others."""

from collections.abc import Callable, Iterable
from typing import Any

from ..alike import alike
from ..expect import Number, Parts
from ..question import Misconception, Question, Slip
from .cinema import Row, judged
from .shares import shares

THRESHOLDS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.9)
PROMISE = 0.9

_KNOWN, _FRESH = judged("known"), judged("fresh")
Quality = Callable[[list[Row], float], float]


def _share_right(rows: list[Row], threshold: float) -> float:
    return shares(rows, threshold)[1] or 0


def _mean_score(rows: list[Row], threshold: float) -> float:
    scores = [row["score"] for row in rows if row["score"] >= threshold]
    return float(sum(scores) / len(scores))


def _share_within_one(rows: list[Row], threshold: float) -> float:
    kept = [row for row in rows if row["score"] >= threshold]
    return sum(abs(int(row["label"][0]) - row["stars"]) <= 1 for row in kept) / len(kept)


def _share_right_of_all(rows: list[Row], threshold: float) -> float:
    kept, right = shares(rows, threshold)
    return (kept or 0) * (right or 0)


def _meet(rows: list[Row], quality: Quality = _share_right) -> list[float]:
    return [threshold for threshold in THRESHOLDS if quality(rows, threshold) >= PROMISE]


def _report(threshold: float, rows: list[Row], quality: Quality = _share_right) -> tuple[Any, ...]:
    return threshold, shares(rows, threshold)[0], quality(rows, threshold)


_CHOSEN = _meet(_KNOWN)[0]
_RIGHT = _report(_CHOSEN, _FRESH)


def _any(wrong: Iterable[tuple[Any, ...]]) -> Callable[[Any], bool]:
    reports = list(wrong)
    return lambda seen: any(alike(seen, report, 0.0051) for report in reports)


# `shares` is the learner's own, from question 2
_CHOOSE = "met = [t for t in thresholds if shares({rows}, t)[1] >= 0.9]\n"
_GIVE = "chosen = (met[{which}], *shares({rows}, met[{which}]))"


def _code(choose: str = "known", which: int = 0, report: str = "fresh") -> str:
    return _CHOOSE.format(rows=choose) + _GIVE.format(which=which, rows=report)


question = Question(
    title="From which score on does nobody look?",
    expects=lambda: Parts(
        {
            "threshold": Number(_RIGHT[0]),
            "share kept": Number(_RIGHT[1], abs=0.0051),  # two decimals will do
            "share right": Number(_RIGHT[2], abs=0.0051),
        }
    ),
    reference=_code(),
    alternatives=[
        """
        import pandas as pd

        old, new = pd.DataFrame(known), pd.DataFrame(fresh)
        for table in (old, new):
            table["right"] = table.label.str[0].astype(int) == table.stars
        chosen = min(t for t in thresholds if old[old.score >= t].right.mean() >= 0.9)
        kept = new[new.score >= chosen]
        chosen = (chosen, round(len(kept) / len(new), 2), round(kept.right.mean(), 2))
        """,
        """
        threshold = 0.9
        for t in reversed(thresholds):
            if shares(known, t)[1] < 0.9:
                break
            threshold = t
        chosen = [threshold, *shares(fresh, threshold)]
        """,
    ],
    hints=[
        "`shares(rows, threshold)` gives share kept and share right. Print both for every threshold, on "
        "`known`.",
        "Take the lowest threshold that keeps the promise on `known`: a higher one gives people more work.",
        "The figures to report are those of the rows that played no part in choosing: "
        "`shares(fresh, threshold)`.",
    ],
    misconceptions=[
        Misconception(
            "the rows that chose may judge",
            _code(report="known"),
            when=_any([_report(_CHOSEN, _KNOWN)]),
            says="The threshold is right; the shares are those of `known`, by which you chose it. It was "
            "chosen *because* it looks good there. Report on `fresh`.",
        ),
        Misconception(
            "choose where you report",
            _code(choose="fresh"),
            when=_any([_report(_meet(_FRESH)[0], _FRESH), _report(_meet(_KNOWN)[-1], _FRESH)]),
            says="That threshold is higher than it need be, for one of two reasons. You chose on `fresh`, "
            "which is there to judge the choice; or you took the highest that keeps the promise, and people "
            "read what the program would have got right often enough. Take the lowest, on `known`.",
            also=[_code(which=-1)],
        ),
        Misconception(
            "the more rows the better",
            """
            met = [t for t in thresholds if shares(known + fresh, t)[1] >= 0.9]
            chosen = (met[0], *shares(known + fresh, met[0]))
            """,
            when=_any([_report(_meet(_KNOWN + _FRESH)[0], _KNOWN + _FRESH)]),
            says="You put both splits together, so the figures come from rows that helped to choose. Choose "
            "on `known`, report on `fresh`.",
        ),
        Misconception(
            "a score is a share right",
            """
            def mean_score(rows, t):
                scores = [row["score"] for row in rows if row["score"] >= t]
                return sum(scores) / len(scores)

            met = [t for t in thresholds if mean_score(known, t) >= 0.9]
            chosen = (met[0], *shares(fresh, met[0]))
            """,
            when=_any(
                _report(_meet(_KNOWN, _mean_score)[0], rows, quality)
                for rows in (_KNOWN, _FRESH)
                for quality in (_share_right, _mean_score)
            ),
            says="At that threshold the mean *score* of the rows kept of `known` is 0.9, their share "
            "right is a little less: this model is surer than it is right. Choose by what people said.",
        ),
        Misconception(
            "0.9 right wants a score of 0.9",
            "chosen = (0.9, *shares(known, 0.9))",
            when=_any([_report(0.9, _KNOWN)]),
            says="A score of 0.9 is not nine right of ten: at 0.9 more than that are right, and most "
            "sentences go to a person. Look for the lowest threshold that keeps the promise.",
        ),
        Misconception(
            "close is right",
            """
            def close(rows, t):
                kept = [row for row in rows if row["score"] >= t]
                return sum(abs(int(row["label"][0]) - row["stars"]) <= 1 for row in kept) / len(kept)

            met = [t for t in thresholds if close(known, t) >= 0.9]
            chosen = (met[0], shares(fresh, met[0])[0], close(fresh, met[0]))
            """,
            when=_any(
                _report(_meet(_KNOWN, _share_within_one)[0], _FRESH, quality)
                for quality in (_share_within_one, _share_right)
            ),
            says="That is the lowest of them all, and it keeps the promise only if a star more or less "
            "counts as right. The promise is the same number of stars.",
        ),
        Misconception(
            "what goes to people is what is kept",
            """
            met = [t for t in thresholds if shares(known, t)[1] >= 0.9]
            kept, right = shares(fresh, met[0])
            chosen = (met[0], 1 - kept, right)
            """,
            when=_any([(_RIGHT[0], 1 - (_RIGHT[1] or 0), _RIGHT[2])]),
            says="The share kept is what the program answers by itself. You gave the rest, which goes to "
            "people.",
        ),
        Misconception(
            "shares are percentages",
            "chosen = (0.8, *[round(100 * share) for share in shares(fresh, 0.8)])",
            when=lambda seen: len(seen) == 3 and 1 < seen[1] <= 100 and 0 < seen[0] <= 1,
            says="Those are percentages. Shares are wanted, from 0 to 1, as `shares` gives them.",
        ),
        Misconception(
            "right is divided by all",
            """
            met = [t for t in thresholds if shares(known, t)[1] >= 0.9]
            kept, right = shares(fresh, met[0])
            chosen = (met[0], kept, kept * right)
            """,
            when=_any([_report(_CHOSEN, _FRESH, _share_right_of_all)]),
            says="Threshold and share kept are right. The share right is that of the kept ones: you divided "
            "by all rows.",
        ),
    ],
    slips=[
        Slip("chosen = 0.8", "Expected the 3 parts (threshold, share kept, share right), got the number"),
        Slip("chosen = (shares(fresh, 0.8), 0.8)", "Expected the 3 parts"),
    ],
    follows="Chosen at 0.92 right, found at 0.89: the honest figure is the second, and it lies a hair under "
    "the promise. (The sentences are of one kind and were shuffled: on 175 kept, chance alone moves a share "
    "by two or three in a hundred.) More than half of the sentences go to a person: is that worth it?",
    needs=["q2"],
)
