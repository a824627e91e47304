"""q2: above a threshold, how many are left and how many of these are right."""

from collections.abc import Callable
from typing import Any

from ..alike import follows
from ..expect import Expectation, Number, Parts, Same
from ..function import Case, Function
from ..question import Misconception, Question, Slip
from .cinema import Row, judged

Pair = tuple[float | None, float | None]


def shares(rows: list[Row], threshold: float) -> Pair:
    """Share kept, and share right among the kept; None where nothing is kept."""
    kept = _kept(rows, threshold)
    return len(kept) / len(rows), _right(kept) / len(kept) if kept else None


def _kept(rows: list[Row], threshold: float) -> list[Row]:
    return [row for row in rows if row["score"] >= threshold]


def _right(rows: list[Row]) -> int:
    return sum(int(row["label"][0]) == row["stars"] for row in rows)


_KNOWN = judged("known")
_AT = [  # 0.5 is the very threshold of one of them
    {"label": "4 stars", "score": 0.5, "stars": 4},
    {"label": "1 star", "score": 0.9, "stars": 2},
    {"label": "5 stars", "score": 0.4, "stars": 5},
    {"label": "2 stars", "score": 0.7, "stars": 1},
    {"label": "5 stars", "score": 0.6, "stars": 5},
    {"label": "1 star", "score": 0.8, "stars": 1},
]
_CASES: list[tuple[list[Row], float]] = [
    (_KNOWN[:50], 0.6),
    (judged("fresh")[:80], 0.9),
    (_AT, 0.5),
    (_KNOWN[50:60], 0.9999),
]


def _expected(rows: list[Row], threshold: float) -> Expectation:
    kept, right = shares(rows, threshold)
    return Parts(
        {
            "share kept": Number(kept or 0, abs=0.0051),  # two decimals will do
            "share right": Same(None) if right is None else Number(right, abs=0.0051),
        }
    )


def _says(rule: Callable[[list[Row], list[Row]], Any]) -> Callable[[Any], bool]:
    """Whether the function does in the first three cases what ``rule`` does with all and the kept rows."""
    does = follows(lambda rows, threshold: rule(rows, _kept(rows, threshold)), _CASES[:3])
    return lambda seen: does(seen[:3])


_KEEP = 'kept = [row for row in rows if row["score"] >= threshold]\n'
_RIGHT = 'right = sum(int(row["label"][0]) == row["stars"] for row in kept)\n'
_GIVE = "return len(kept) / len(rows), right / len(kept) if kept else None"

question = Question(
    title="How much is left, and how good is it?",
    expects=lambda: Function([Case(args, _expected(*args)) for args in _CASES]),
    reference=_KEEP + _RIGHT + _GIVE,
    alternatives=[
        """
        import pandas as pd

        table = pd.DataFrame(rows)
        kept = table[table.score >= threshold]
        if kept.empty:
            return 0.0, None
        right = kept.label.str[0].astype(int) == kept.stars
        return round(len(kept) / len(table), 2), round(right.mean(), 2)
        """,
        """
        number = rate.model.config.label2id
        right = [number[row["label"]] + 1 == row["stars"] for row in rows if row["score"] >= threshold]
        if not right:
            return [0, None]
        return [len(right) / len(rows), sum(right) / len(right)]
        """,
    ],
    hints=[
        "First keep the rows whose score is at or above the threshold; then count among these.",
        'A label is text, the truth a number: `int(row["label"][0])` is the number of stars that it says.',
        "Share kept is kept ÷ all rows. Share right is right ÷ kept, and there is none if nothing is kept.",
    ],
    misconceptions=[
        Misconception(
            "counts are shares",
            _KEEP + _RIGHT + "return len(kept), right if kept else None",
            when=_says(lambda rows, kept: (len(kept), _right(kept))),
            says="Those are counts. 30 right means little without of how many: divide each by what it is a "
            "part of.",
        ),
        Misconception(
            "shares are percentages",
            _KEEP + _RIGHT + "return 100 * len(kept) / len(rows), 100 * right / len(kept) if kept else None",
            when=_says(lambda rows, kept: (100 * len(kept) / len(rows), 100 * _right(kept) / len(kept))),
            says="Those are percentages. Shares are wanted, from 0 to 1.",
        ),
        Misconception(
            "right is divided by all",
            _KEEP + _RIGHT + "return len(kept) / len(rows), right / len(rows) if kept else None",
            when=_says(lambda rows, kept: (len(kept) / len(rows), _right(kept) / len(rows))),
            says="You divided the right ones by all rows. What the program answers by itself are the kept "
            "ones: how many of *these* are right?",
        ),
        Misconception(
            "right is counted among all",
            """
            kept = [row for row in rows if row["score"] >= threshold]
            right = sum(int(row["label"][0]) == row["stars"] for row in rows)
            return len(kept) / len(rows), right / len(rows) if kept else None
            """,
            when=_says(lambda rows, kept: (len(kept) / len(rows), _right(rows) / len(rows))),
            says="Your share right is that of all rows: it is the same at every threshold. Count among the "
            "kept ones.",
        ),
        Misconception(
            "text equals number",
            """
            kept = [row for row in rows if row["score"] >= threshold]
            right = sum(row["label"] == row["stars"] for row in kept)
            return len(kept) / len(rows), right / len(kept) if kept else None
            """,
            when=_says(lambda rows, kept: (len(kept) / len(rows), 0)),
            says='Nothing is ever right: `"4 stars"` is text and `4` a number, and Python never finds them '
            "equal. Turn the label into its number of stars first.",
            also=[
                """
                kept = [row for row in rows if row["score"] >= threshold]
                right = sum(row["label"][0] == row["stars"] for row in kept)
                return len(kept) / len(rows), right / len(kept) if kept else None
                """
            ],
        ),
        Misconception(
            "every label ends in stars",
            """
            kept = [row for row in rows if row["score"] >= threshold]
            right = sum(row["label"] == f"{row['stars']} stars" for row in kept)
            return len(kept) / len(rows), right / len(kept) if kept else None
            """,
            when=_says(
                lambda rows, kept: (
                    len(kept) / len(rows),
                    sum(row["label"] == f"{row['stars']} stars" for row in kept) / len(kept),
                )
            ),
            says="Too few are right: a label of 1 never counts with you. It reads `1 star`, without an s. "
            "Compare numbers, not spellings.",
            also=[
                """
                kept = [row for row in rows if row["score"] >= threshold]
                right = sum(row["label"].removesuffix(" stars") == str(row["stars"]) for row in kept)
                return len(kept) / len(rows), right / len(kept) if kept else None
                """
            ],
        ),
        Misconception(
            "the rows are always known",
            """
            kept = [row for row in known if row["score"] >= threshold]
            right = sum(int(row["label"][0]) == row["stars"] for row in kept)
            return len(kept) / len(known), right / len(kept) if kept else None
            """,
            when=lambda seen: follows(lambda _, threshold: shares(_KNOWN, threshold), _CASES[:3])(seen[:3]),
            says="Those are the shares of `known`, whatever rows came in. Use the function's own `rows`: the "
            "next question hands it others.",
        ),
        Misconception(
            "labels are numbered as the stars are",
            """
            number = rate.model.config.label2id
            kept = [row for row in rows if row["score"] >= threshold]
            right = sum(number[row["label"]] == row["stars"] for row in kept)
            return len(kept) / len(rows), right / len(kept) if kept else None
            """,
            when=_says(
                lambda rows, kept: (
                    len(kept) / len(rows),
                    sum(int(row["label"][0]) - 1 == row["stars"] for row in kept) / len(kept),
                )
            ),
            says="Your labels are shifted by one against the truth: the model numbers its labels from 0 to "
            "4, people gave 1 to 5. An accuracy far below chance often means that.",
        ),
        Misconception(
            "the score is the share that is right",
            """
            kept = [row for row in rows if row["score"] >= threshold]
            mean = sum(row["score"] for row in kept) / len(kept) if kept else None
            return len(kept) / len(rows), mean
            """,
            when=_says(
                lambda rows, kept: (len(kept) / len(rows), sum(row["score"] for row in kept) / len(kept))
            ),
            says="You averaged the scores: that is what the model claims. What is right is for the people's "
            "stars to say.",
        ),
        Misconception(
            "close is right",
            """
            kept = [row for row in rows if row["score"] >= threshold]
            right = sum(abs(int(row["label"][0]) - row["stars"]) <= 1 for row in kept)
            return len(kept) / len(rows), right / len(kept) if kept else None
            """,
            when=_says(
                lambda rows, kept: (
                    len(kept) / len(rows),
                    sum(abs(int(row["label"][0]) - row["stars"]) <= 1 for row in kept) / len(kept),
                )
            ),
            says="You let a star more or less pass. That is a fair figure too, under its own name; here "
            "right means the same number of stars.",
        ),
        Misconception(
            "what is below is kept",
            """
            kept = [row for row in rows if row["score"] < threshold]
            right = sum(int(row["label"][0]) == row["stars"] for row in kept)
            return len(kept) / len(rows), right / len(kept) if kept else None
            """,
            when=_says(
                lambda rows, kept: (
                    1 - len(kept) / len(rows),
                    (_right(rows) - _right(kept)) / (len(rows) - len(kept)),
                )
            ),
            says="You looked at the rows below the threshold: those go to a person. The program keeps the "
            "others.",
        ),
        Misconception(
            "above is not at",
            """
            kept = [row for row in rows if row["score"] > threshold]
            right = sum(int(row["label"][0]) == row["stars"] for row in kept)
            return len(kept) / len(rows), right / len(kept) if kept else None
            """,
            when=lambda seen: (
                _alike_but_at(seen) and abs(seen[2][0] - 4 / 6) < 0.01 and abs(seen[2][1] - 2 / 4) < 0.01
            ),
            says="A score that equals the threshold is kept, too: `>=`.",
        ),
        Misconception(
            "something is always kept",
            """
            kept = [row for row in rows if row["score"] >= threshold]
            right = sum(int(row["label"][0]) == row["stars"] for row in kept)
            return len(kept) / len(rows), right / len(kept)
            """,
            when=lambda seen: type(seen).__name__ == "ZeroDivisionError",
            says="At a high threshold nothing is kept, and you divided by 0. There is no share right then: "
            "give None for it.",
        ),
        Misconception(
            "nothing kept is nothing right",
            """
            kept = [row for row in rows if row["score"] >= threshold]
            right = sum(int(row["label"][0]) == row["stars"] for row in kept)
            return len(kept) / len(rows), right / max(len(kept), 1)
            """,
            when=lambda seen: follows(shares, _CASES[:3], 0.0051)(seen[:3]) and seen[3][1] is not None,
            says="Where nothing is kept you give a figure. 0 says that all were wrong, 1 that all were "
            "right, and nobody has been asked: give None for the share right.",
            also=[
                """
                kept = [row for row in rows if row["score"] >= threshold]
                right = sum(int(row["label"][0]) == row["stars"] for row in kept)
                return len(kept) / len(rows), right / len(kept) if kept else 1.0
                """,
                """
                kept = [row for row in rows if row["score"] >= threshold]
                right = sum(int(row["label"][0]) == row["stars"] for row in kept)
                return len(kept) / len(rows), right / len(kept) if kept else float("nan")
                """,
            ],
        ),
    ],
    slips=[
        Slip(_KEEP + _RIGHT + "return right / len(kept) if kept else None", "Expected the 2 parts"),
        Slip(
            _KEEP + _RIGHT + "return right / len(kept) if kept else None, len(kept) / len(rows)",
            "in another order: they go (share kept, share right)",
        ),
        Slip(
            _KEEP + _RIGHT + "if not kept:\n    return None\n" + _GIVE,
            "gave nothing back (None)",
        ),
    ],
    follows="Either figure alone can be made as good as you like: a threshold that keeps one sure answer is "
    "always right. Report the two together.",
)


def _alike_but_at(seen: Any) -> bool:
    return follows(shares, _CASES[:2], 0.0051)(seen[:2])
