"""q5: how many steps Trainer takes, and how many of them warm up."""

from collections.abc import Callable
from math import ceil, floor
from typing import Any

from .. import plain
from ..alike import alike
from ..expect import Number, Parts
from ..function import Case, Function
from ..question import Misconception, Question, Slip

Settings = tuple[int, int, int, int, float]  # rows, batch, accumulate, epochs, warm-up

CASES: list[Settings] = [
    (4_000, 16, 1, 3, 0.1),  # everything divides
    (1_003, 16, 4, 3, 0.125),
    (100, 8, 4, 5, 0.3),
    (1_000, 24, 3, 2, 0.06),
    (20, 32, 2, 4, 0.5),
    (600, 32, 1, 2, 0.06),
]


def steps(rows: int, batch: int, accumulate: int, epochs: int, warmup: float) -> tuple[int, int]:
    """As Trainer counts: an epoch's last batch may be smaller, and its last step have fewer batches."""
    total = epochs * ceil(ceil(rows / batch) / accumulate)
    return total, ceil(round(total * warmup, 6))


def _total(rule: Callable[[int, int, int, int], float]) -> Callable[[Any], bool]:
    """Whether the first part is what ``rule`` gives, rounded in some way."""
    return lambda seen: any(
        [plain.number(result[0]) for result in seen] == [to(rule(*case[:4])) for case in CASES]
        for to in (float, ceil, floor)
    )


def _warm(rule: Callable[[int, Settings], float]) -> Callable[[Any], bool]:
    """Whether the totals are right, and the warm-up is what ``rule`` makes of them."""

    def shown(seen: Any) -> bool:
        totals = [steps(*case)[0] for case in CASES]
        warm = [rule(total, case) for total, case in zip(totals, CASES, strict=True)]
        return alike(
            [list(result) for result in seen], [list(pair) for pair in zip(totals, warm, strict=True)]
        )

    return shown


_CODE = """
from math import ceil

total = {total}
return total, {warm}
"""
_TOTAL, _WARM = "epochs * ceil(ceil(rows / batch) / accumulate)", "ceil(round(total * warmup, 6))"


def _sample(total: str = _TOTAL, warm: str = _WARM) -> str:
    return _CODE.format(total=total, warm=warm)


question = Question(
    title="How many steps is a night?",
    expects=lambda: Function(
        [
            Case(case, Parts({"steps": Number(total), "of them warming up": Number(warm)}))
            for case, (total, warm) in ((case, steps(*case)) for case in CASES)
        ]
    ),
    reference=_sample(),
    alternatives=[
        """
        batches = (rows + batch - 1) // batch
        total = -(-batches // accumulate) * epochs
        warm = int(total * warmup)
        return total, warm + (total * warmup - warm > 1e-6)
        """,
        """
        import numpy as np

        total = int(np.ceil(rows / (batch * accumulate))) * epochs
        return [total, int(np.ceil(total * warmup - 1e-9))]
        """,
    ],
    hints=[
        "Go from small to large: rows make batches, batches make steps, steps make an epoch, epochs make "
        "the training.",
        "In an epoch of 100 rows, batches of 8 are 12 full ones and one of 4 rows, 13 in all. With 4 "
        "batches a step, that is 3 full steps and one with the batch that is left: 4 steps.",
        "The warm-up is a share of *all* steps, and what is left over of a step counts as one.",
    ],
    misconceptions=[
        Misconception(
            "what is left over is dropped",
            _sample("epochs * (rows // batch // accumulate)"),
            when=lambda seen: any(
                _total(rule)(seen)
                for rule in (
                    lambda r, b, a, e: e * (r // b // a),
                    lambda r, b, a, e: e * (r // (b * a)),
                    lambda r, b, a, e: e * (ceil(r / b) // a),
                    lambda r, b, a, e: e * ceil(r // b / a),
                    lambda r, b, a, e: e * max(1, ceil(r / b) // a),
                    lambda r, b, a, e: e * max(1, r // b // a),
                )
            ),
            says="You dropped what does not fill a batch, or a step. Trainer trains on it: the last batch "
            "of an epoch is smaller, and its last step has fewer batches.",
            also=[
                _sample("epochs * (ceil(rows / batch) // accumulate)"),
                _sample("epochs * ceil(rows // batch / accumulate)"),
            ],
        ),
        Misconception(
            "a batch is a step",
            _sample("epochs * ceil(rows / batch)"),
            when=_total(lambda r, b, a, e: e * ceil(r / b)),
            says="Those are batches. With gradient accumulation several of them make one step.",
        ),
        Misconception(
            "accumulation makes more steps",
            _sample("epochs * ceil(rows / batch) * accumulate"),
            when=_total(lambda r, b, a, e: e * ceil(r / b) * a),
            says="Accumulation makes *fewer* steps: several batches share one. You multiplied.",
        ),
        Misconception(
            "one epoch is the training",
            _sample("ceil(ceil(rows / batch) / accumulate)"),
            when=_total(lambda r, b, a, e: ceil(ceil(r / b) / a)),
            says="Those are the steps of one epoch.",
        ),
        Misconception(
            "epochs run into each other",
            _sample("ceil(epochs * rows / batch / accumulate)"),
            when=lambda seen: any(
                _total(rule)(seen)
                for rule in (lambda r, b, a, e: r * e / b / a, lambda r, b, a, e: ceil(r / b) * e / a)
            ),
            says="You rounded once, at the end, as though one epoch's rest were filled up with the next "
            "one's rows. Every epoch ends by itself: round before you multiply by the epochs.",
            also=[_sample("ceil(epochs * ceil(rows / batch) / accumulate)")],
        ),
        Misconception(
            "rows are steps",
            _sample("epochs * rows"),
            when=_total(lambda r, b, a, e: e * r),
            says="Those are rows read, epochs times. A step takes a whole batch of them, or several.",
        ),
        Misconception(
            "a share of the first epoch",
            _sample(warm="ceil(round(total / epochs * warmup, 6))"),
            when=_warm(lambda total, case: ceil(round(total / case[3] * case[4], 6))),
            says="The steps are right. You took the warm-up as a share of one epoch; it is one of the "
            "whole training.",
        ),
        Misconception(
            "a started step is none",
            _sample(warm="int(total * warmup)"),
            when=lambda seen: any(
                _warm(rule)(seen)
                for rule in (
                    lambda total, case: floor(total * case[4]),
                    lambda total, case: round(total * case[4]),
                )
            ),
            says="The steps are right, the warm-up is a step short in places: Trainer rounds up, so that "
            "a warm-up that was asked for is never none.",
            also=[_sample(warm="round(total * warmup)")],
        ),
        Misconception(
            "warm-up is a fraction of a step",
            _sample(warm="total * warmup"),
            when=_warm(lambda total, case: total * case[4]),
            says="The steps are right. There is no such thing as a third of a step: a fraction counts as "
            "a whole one.",
        ),
        Misconception(
            "warm-up comes on top",
            _sample(warm="ceil(round(total * warmup, 6))").replace(
                "return total,", "return total + ceil(total * warmup),"
            ),
            when=_total(
                lambda r, b, a, e: (
                    steps(r, b, a, e, 0)[0] + next(steps(*c)[1] for c in CASES if c[:4] == (r, b, a, e))
                )
            ),
            says="You added the warm-up to the steps. It is a part of them: the first ones.",
        ),
        Misconception(
            "warm-up counts in batches",
            _sample(warm="ceil(epochs * ceil(rows / batch) * warmup)"),
            when=_warm(lambda total, case: ceil(round(case[3] * ceil(case[0] / case[1]) * case[4], 6))),
            says="The steps are right. The warm-up you counted in batches; the learning rate moves once a "
            "*step*.",
        ),
    ],
    slips=[
        Slip(
            _sample().replace("return total, " + _WARM, f"return {_WARM}, total"),
            "they go (steps, of them warming up)",
        ),
        Slip(_sample().replace("return ", ""), "gave nothing back"),
        Slip("return 750, 75", "For the arguments `1003, 16, 4, 3, 0.125`"),
    ],
    follows="Two seconds a step, and you know when it will be done. Whoever doubles the batch halves the "
    "steps, and has half as many to learn in: look at the rate again.",
)
