"""q1: training rows that stand in the test, too, told by their texts."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .. import plain
from ..describe import describe
from ..expect import Expectation
from ..function import Case, Function
from ..question import Misconception, Question, Slip
from ..rules import giving

Row = tuple[str, int]

_TRAIN: list[Row] = [
    ("The brakes squeal.", 2),
    ("Lovely ride along the river.", 5),
    ("LOVELY RIDE ALONG THE RIVER.", 5),
    ("  Lovely ride  along the river. ", 4),
    ("Flat tyre again!", 1),
    ("Great bike", 5),
    ("Nice saddle.", 4),
    ("Nice saddle.", 4),
    ("Too heavy for me.", 2),
    ("I liked the \t bell", 4),
    ("The Basket is gone", 2),
    ("Too heavy for my son.", 2),
    ("A bargain!", 4),
    ("Never again.", 1),
    ("The bike path ends here.", 3),
]
_TEST: list[Row] = [
    ("A bargain.", 5),
    ("Lovely ride along the river.", 5),
    ("Great bike, great price.", 5),
    ("The saddle is loose.", 2),
    ("Too heavy for me.", 3),  # somebody else rated it: the same text all the same
    ("I liked the bell", 4),
    ("the basket is gone", 2),
    ("The bikepath ends here.", 2),
]
_CASES: list[tuple[list[Row], list[Row]]] = [
    (_TRAIN, _TEST),
    (_TRAIN[3:8], [("It rained.", 3)]),
    (_TRAIN[1:4], _TEST),  # nothing may stay
    (_TRAIN[:2], []),
]


def _same(text: str) -> str:
    return " ".join(text.split()).casefold()


_keeping = giving(lambda: _CASES)
"""For a misconception: whether it keeps what one of these rules keeps."""


def _by(key: Callable[[Row], Any]) -> Callable[[list[Row], list[Row]], list[Row]]:
    """The training rows whose key no row of the test has."""

    def rule(train: list[Row], test: list[Row]) -> list[Row]:
        seen = {key(row) for row in test}
        return [row for row in train if key(row) not in seen]

    return rule


_right = _by(lambda row: _same(row[0]))


def _once(rows: Sequence[Row], key: Callable[[Row], Any]) -> list[Row]:
    """The first row of each key."""
    return list({key(row): row for row in reversed(rows)}.values())[::-1]


def _none_twice(keep: Callable[[list[Row], list[Row]], list[Row]]) -> Callable[[Any], bool]:
    keys: list[Callable[[Row], Any]] = [lambda row: row, lambda row: row[0], lambda row: _same(row[0])]

    def rule(key: Callable[[Row], Any]) -> Callable[[list[Row], list[Row]], list[Row]]:
        return lambda train, test: _once(keep(train, test), key)

    return lambda seen: any(
        sorted(_rows(result) or []) == sorted(rule(key)(*case))
        for result, case in [(seen[0], _CASES[0])]
        for key in keys
    )


def _substring(train: list[Row], test: list[Row]) -> list[Row]:
    return [row for row in train if not any(_same(row[0]) in _same(other) for other, _ in test)]


def _skips(train: list[Row], test: list[Row]) -> list[Row]:
    """What stays where rows are taken out of the list that is gone through."""
    left, seen = list(train), {_same(text) for text, _ in test}
    for row in left:
        if _same(row[0]) in seen:
            left.remove(row)
    return left


def _side_by_side(train: list[Row], test: list[Row]) -> list[Row]:
    beside = [_same(text) for text, _ in test]
    return [row for place, row in enumerate(train) if [_same(row[0])] != beside[place : place + 1]]


def _rows(thing: Any) -> list[Row] | None:
    """Plain (text, stars) pairs; None where it is something else."""
    if type(thing) not in (list, tuple) or any(
        type(row) not in (list, tuple) or len(row) != 2 for row in thing
    ):
        return None
    rows = [(plain.text(text), plain.number(stars)) for text, stars in thing]
    return None if any(None in row for row in rows) else rows  # type: ignore[return-value]


@dataclass(frozen=True)
class _Rows(Expectation):
    """These rows, in this order."""

    values: list[Row]

    def complaint(self, seen: Any) -> str | None:
        rows = _rows(seen)
        if rows is None:
            return f"Expected a list of rows, each `(text, stars)`, got {describe(seen)}."
        if rows == self.values:
            return None
        if sorted(rows) == sorted(self.values):
            return "The right rows, in another order: they were to keep theirs."
        return self._how_far(Counter(rows), Counter(self.values))

    def _how_far(self, rows: Counter[Row], values: Counter[Row]) -> str:
        leaking, lost = (rows - values).total(), (values - rows).total()
        return (
            f"{leaking} of the rows that came back should have gone, "
            f"and {lost} that may stay did not come back."
        )


_KEEP = """
def same(text):
    return {same}

seen = {{same(text) for text, stars in test}}
return [{give} for text, stars in train if same(text) {stays} seen]
"""


def _sample(
    same: str = '" ".join(text.lower().split())', give: str = "(text, stars)", stays: str = "not in"
) -> str:
    return _KEEP.format(same=same, give=give, stays=stays)


question = Question(
    title="98 % right, on which rows?",
    expects=lambda: Function([Case(case, _Rows(_right(*case))) for case in _CASES]),
    reference="""
        def same(text):
            return " ".join(text.lower().split())

        seen = {same(text) for text, stars in test}
        return [(text, stars) for text, stars in train if same(text) not in seen]
    """,
    alternatives=[
        """
        import re

        tested = [re.sub(r"\\s+", " ", row[0]).strip().casefold() for row in test]
        kept = []
        for row in train:
            if re.sub(r"\\s+", " ", row[0]).strip().casefold() not in tested:
                kept.append(row)
        return kept
        """,
        """
        import pandas as pd

        def same(rows):
            texts = pd.Series([text for text, _ in rows], dtype=str)
            return texts.str.lower().str.split().str.join(" ")

        return [row for row, leaks in zip(train, same(train).isin(same(test))) if not leaks]
        """,
    ],
    hints=[
        "Bring every text into one form first: lower case, single spaces, none at the ends. Which method "
        "of a string cuts at white space of any kind?",
        '`" ".join(text.lower().split())` is such a form. Put those of the test into a set, and keep the '
        "training rows whose form is not in it, as they were.",
    ],
    misconceptions=[
        Misconception(
            "a row is its text and its stars",
            """
            same = lambda row: (" ".join(row[0].lower().split()), row[1])
            seen = {same(row) for row in test}
            return [row for row in train if same(row) not in seen]
            """,
            when=_keeping(_by(lambda row: (_same(row[0]), row[1])), _by(lambda row: row)),
            says="You compared text and stars together. A text that somebody else gave other stars is still "
            "a text that the model has read: compare the texts alone.",
            also=["return [row for row in train if row not in test]"],
        ),
        Misconception(
            "the same text is the same string",
            _sample("text"),
            when=_keeping(_by(lambda row: row[0])),
            says="You compared letter by letter. To the model, whose tokenizer makes everything lower case, "
            "a text in capitals or with a space too many is the same text.",
        ),
        Misconception(
            "white space is not text, capitals are",
            _sample('" ".join(text.split())'),
            when=_keeping(_by(lambda row: " ".join(row[0].split()))),
            says="White space is dealt with, capitals are not: a text that was typed in capitals got "
            "through.",
        ),
        Misconception(
            "spaces stand at the ends",
            _sample("text.strip().lower()"),
            when=_keeping(_by(lambda row: row[0].strip().lower()), _by(lambda row: row[0].lower())),
            says="Capitals are dealt with, white space is not, or only at the ends: a text with two "
            "spaces in its middle got through.",
            also=[_sample("text.casefold()")],
        ),
        Misconception(
            "white space is spaces",
            """
            import re

            same = lambda text: re.sub(" +", " ", text).strip().lower()
            seen = {same(text) for text, stars in test}
            return [row for row in train if same(row[0]) not in seen]
            """,
            when=_keeping(_by(lambda row: re.sub(" +", " ", row[0]).strip().lower())),
            says="Capitals and spaces are dealt with; a tab got through. A line end would, too: "
            "`text.split()` cuts at white space of any kind.",
            also=[_sample('" ".join(filter(None, text.lower().split(" ")))')],
        ),
        Misconception(
            "white space is nothing",
            _sample('"".join(text.lower().split())'),
            when=_keeping(
                _by(lambda row: "".join(row[0].lower().split())),
                _by(lambda row: row[0].lower().replace(" ", "")),
            ),
            says="You took white space away, so *bike path* and *bikepath* are one to you. The tokenizer "
            "sees two words in the one and a single one in the other: keep a space where there was any.",
            also=[_sample('text.lower().replace(" ", "")')],
        ),
        Misconception(
            "a part of a text is the text",
            """
            same = lambda row: " ".join(row[0].lower().split())
            seen = " | ".join(same(row) for row in test)
            return [row for row in train if same(row) not in seen]
            """,
            when=_keeping(_substring),
            says="A text that *stands in* a longer one of the test is gone, too: `in` between two strings "
            "looks for a part. Compare whole texts (a set of them does, and it is quicker).",
        ),
        Misconception(
            "punctuation is no text",
            """
            import re

            same = lambda text: " ".join(re.findall(r"\\w+", text.lower()))
            seen = {same(text) for text, stars in test}
            return [row for row in train if same(row[0]) not in seen]
            """,
            when=_keeping(_by(lambda row: " ".join(re.findall(r"\w+", row[0].lower())))),
            says="You dropped punctuation before you compared, too. *A bargain!* and *A bargain.* are "
            "alike, and the model reads two texts: leave marks where they are.",
        ),
        Misconception(
            "the test is cleaned",
            """
            same = lambda text: " ".join(text.lower().split())
            seen = {same(text) for text, stars in train}
            return [row for row in test if same(row[0]) not in seen]
            """,
            when=_keeping(lambda train, test: _right(test, train)),
            says="Those are rows of the test, without the ones in the training. That is honest, too, but "
            "then every older figure was measured on another test. It was to stay: take them out of the "
            "training.",
        ),
        Misconception(
            "what is found is what stays",
            _sample(stays="in"),
            when=_keeping(lambda train, test: [row for row in train if row not in _right(train, test)]),
            says="The wrong way round: those are the rows that have to go.",
        ),
        Misconception(
            "duplicates are the trouble",
            """
            import pandas as pd

            return list(pd.DataFrame(train).drop_duplicates().itertuples(index=False, name=None))
            """,
            when=_none_twice(lambda train, test: train),
            says="You took out what the training holds twice. That does no harm here; the rows that are "
            "in the *test* as well are still there.",
            also=[
                "return list(dict.fromkeys(train))",
                "return list({text: (text, stars) for text, stars in train}.values())",
            ],
        ),
        Misconception(
            "nothing may come twice",
            """
            same = lambda text: " ".join(text.lower().split())
            seen, kept = {same(text) for text, stars in test}, []
            for text, stars in train:
                if same(text) not in seen:
                    seen.add(same(text))
                    kept.append((text, stars))
            return kept
            """,
            when=_none_twice(_right),
            says="The leak is shut, and you took more: a text that the training holds twice, and the test "
            "does not, has lost a row. What riders write often should weigh more; it was to stay.",
            also=[
                """
                same = lambda text: " ".join(text.lower().split())
                seen = {same(text) for text, stars in test}
                return list({row for row in train if same(row[0]) not in seen})
                """
            ],
        ),
        Misconception(
            "a list can be gone through and shortened at once",
            """
            same = lambda text: " ".join(text.lower().split())
            seen = {same(text) for text, stars in test}
            for row in train:
                if same(row[0]) in seen:
                    train.remove(row)
            return train
            """,
            when=_keeping(_skips),
            says="One leak right after another got through: you took rows out of the list while the loop "
            "went over it, and each time it stepped over the next one. Build a new list.",
        ),
        Misconception(
            "leaks stand in the same place",
            """
            same = lambda text: " ".join(text.lower().split())
            kept = [row for row, other in zip(train, test) if same(row[0]) != same(other[0])]
            return kept + train[len(test):]
            """,
            when=_keeping(
                _side_by_side, lambda a, b: _side_by_side(a, b)[: len(_side_by_side(a[: len(b)], b))]
            ),
            says="`zip` compared each training row with the one test row in the same place. A leak may stand "
            "anywhere: ask of each training row whether *any* text of the test is the same.",
            also=[
                """
                same = lambda text: " ".join(text.lower().split())
                return [row for row, other in zip(train, test) if same(row[0]) != same(other[0])]
                """
            ],
        ),
        Misconception(
            "the comparable form is the text",
            _sample(give="(same(text), stars)"),
            when=_keeping(lambda train, test: [(_same(text), stars) for text, stars in _right(train, test)]),
            says="The right rows, and they have lost their capitals or spaces on the way: what you "
            "compare by need not be what you keep. Give the rows as they were.",
        ),
        Misconception(
            "texts are enough",
            _sample(give="text"),
            when=_keeping(lambda train, test: [text for text, _ in _right(train, test)]),
            says="The right texts, without their stars: nothing can be trained on those. Give whole rows.",
        ),
    ],
    slips=[
        Slip("return None", "gave nothing back"),
        Slip("return len(train)", "Expected a list of rows, each `(text, stars)`, got the number 15"),
        Slip("return [row for row in train if row[1] > 2]", "rows that came back should have gone"),
        Slip(_sample().rstrip() + "[::-1]", "in another order"),
    ],
    follows="His 98 % shrank with every one of those rows. Texts that come twice are the commonest leak, "
    "since riders, like everybody, write *Great!* all day. Split by text before you train, and have a "
    "test say so.",
)
