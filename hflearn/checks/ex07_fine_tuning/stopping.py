"""q8: when a training stops by itself, and which epoch's weights are kept."""

from collections.abc import Callable, Sequence

from ..expect import Number, Parts
from ..function import Case, Function
from ..question import Misconception, Question, Slip
from ..rules import giving

Losses = Sequence[float]
Answer = tuple[int, int]

_A = [0.90, 0.70, 0.60, 0.65, 0.62, 0.66, 0.50, 0.55]
CASES: list[tuple[list[float], int]] = [
    (_A, 2),  # stops before the best of all would have come
    (_A, 4),  # lives to see it
    ([1.00, 0.50, 0.80, 0.70, 0.60, 0.40], 2),  # better than the one before is not better than the best
    ([0.90, 0.70, 0.70, 0.70, 0.60], 2),  # as good is no better
    ([0.90, 0.80, 0.85, 0.70, 0.75, 0.60, 0.65, 0.61, 0.62], 3),  # setbacks that do not come in a row
    ([0.80, 0.70, 0.60], 2),  # never stops early
    ([0.80, 0.70, 0.60, 0.65], 2),  # is over before it would have stopped
    ([0.50, 0.60, 0.40], 1),
]


def stop(losses: Losses, patience: int) -> Answer:
    """(epochs run, best epoch), both counted from 1."""
    return _stop(losses, patience)


def _stop(
    losses: Losses,
    patience: int,
    better: Callable[[float, float], bool] = lambda loss, best: loss < best,
    before: bool = False,  # compares with the epoch before rather than with the best
    forgives: bool = True,  # the count begins anew after an improvement
    kept: Callable[[int, int], int] = lambda run, best: best,
) -> Answer:
    best, bad, run = 0, 0, 0
    for run, loss in enumerate(losses, start=1):
        against = losses[run - 2] if before else losses[best - 1]
        if run == 1 or better(loss, against):
            best, bad = run, bad * (not forgives)
        else:
            bad += 1
            if bad >= patience:
                break
    return run, kept(run, best)


_gives = giving(lambda: CASES)


def _overall(losses: Losses) -> int:
    return 1 + min(range(len(losses)), key=lambda at: losses[at])


def _before(losses: Losses, patience: int) -> Answer:
    run, _ = _stop(losses, patience, before=True)
    return run, _overall(losses[:run])


def _ties(losses: Losses, patience: int) -> Answer:
    return _stop(losses, patience, better=lambda loss, best: loss <= best)


def _highest(losses: Losses, patience: int) -> Answer:
    return _stop(losses, patience, better=lambda loss, best: loss > best)


_LOOP = """
best, bad = {best}, 0
for epoch, loss in enumerate(losses, start={start}):
    if {better}:
        best, bad = epoch, {reset}
    else:
        bad += 1
    if bad {enough}:
        break
return {give}
"""


def _sample(
    start: str = "1",
    better: str = "epoch == 1 or loss < losses[best - 1]",
    reset: str = "0",
    enough: str = "== patience",
    give: str = "epoch, best",
    best: str = "1",
) -> str:
    return _LOOP.format(start=start, better=better, reset=reset, enough=enough, give=give, best=best)


question = Question(
    title="When does it stop, and what is kept?",
    expects=lambda: Function(
        [
            Case(case, Parts({"epochs run": Number(run), "epoch kept": Number(best)}))
            for case, (run, best) in ((case, stop(*case)) for case in CASES)
        ]
    ),
    reference=_sample(),
    alternatives=[
        """
        for run in range(1, len(losses) + 1):
            best = losses.index(min(losses[:run])) + 1
            if run - best >= patience:
                break
        return run, best
        """,
        """
        import numpy as np

        lowest = np.minimum.accumulate(losses)
        since = [epoch - int(np.argmax(lowest == lowest[epoch])) for epoch in range(len(losses))]
        run = next((epoch + 1 for epoch, bad in enumerate(since) if bad >= patience), len(losses))
        return run, run - since[run - 1]
        """,
    ],
    hints=[
        "Go through the epochs one by one, as the training does: it cannot know what would have come. "
        "Keep the best epoch so far, and how many have passed since.",
        "An epoch improves if its loss is *lower than the lowest so far*; as low is no improvement. The "
        "training is over when `patience` epochs in a row have not improved, or when the losses are.",
        "The epoch kept is the best of those that were run.",
    ],
    misconceptions=[
        Misconception(
            "the last is kept",
            _sample(give="epoch, epoch"),
            when=_gives(lambda losses, patience: (stop(losses, patience)[0],) * 2),
            says="You keep the last epoch, the one after which patience was at its end: it is worse than "
            "the best by definition. That is what `load_best_model_at_end` is for.",
        ),
        Misconception(
            "the best of all is known",
            _sample(give="epoch, losses.index(min(losses)) + 1"),
            when=_gives(lambda losses, patience: (stop(losses, patience)[0], _overall(losses))),
            says="You keep an epoch that was never run: once it has stopped, the losses that follow in "
            "the list did not happen. The best of those that were run is kept.",
        ),
        Misconception(
            "everything is run",
            "return len(losses), losses.index(min(losses)) + 1",
            when=_gives(lambda losses, patience: (len(losses), _overall(losses))),
            says="Your training never stops early: all epochs are run, and the best of all is taken. The "
            "time that patience was to save is spent.",
        ),
        Misconception(
            "counted from nought",
            _sample(start="0", better="epoch == 0 or loss < losses[best]", best="0"),
            when=_gives(lambda losses, patience: tuple(n - 1 for n in stop(losses, patience))),
            says="Everything is one too few: you counted from 0. The first epoch is epoch 1.",
        ),
        Misconception(
            "the place is the epoch",
            _sample(give="epoch, losses.index(min(losses[:epoch]))"),
            when=_gives(lambda losses, patience: (stop(losses, patience)[0], stop(losses, patience)[1] - 1)),
            says="It stops where it should, and the epoch kept is one too few: the place in a list counts "
            "from 0, epochs from 1.",
        ),
        Misconception(
            "the best is its loss",
            _sample(give="epoch, losses[best - 1]"),
            when=_gives(
                lambda losses, patience: (stop(losses, patience)[0], min(losses[: stop(losses, patience)[0]]))
            ),
            says="You give the kept epoch's *loss*. Which epoch was it? Its number, counted from 1, was "
            "asked for.",
        ),
        Misconception(
            "patience runs out one later",
            _sample(enough="> patience"),
            when=_gives(lambda losses, patience: stop(losses, patience + 1)),
            says="You stop one epoch later than you should: with `patience` epochs in a row that did not "
            "improve, it is over *after* the last of them, without one more.",
        ),
        Misconception(
            "one setback is enough",
            _sample(enough="== 1"),
            when=_gives(lambda losses, patience: stop(losses, 1)),
            says="You stop at the first setback, whatever `patience` says. Losses go up and down; "
            "patience is how many setbacks in a row are borne.",
        ),
        Misconception(
            "better than before is better",
            """
            bad = 0
            for epoch in range(1, len(losses) + 1):
                bad = bad + 1 if epoch > 1 and losses[epoch - 1] >= losses[epoch - 2] else 0
                if bad == patience:
                    break
            return epoch, losses.index(min(losses[:epoch])) + 1
            """,
            when=_gives(_before, lambda losses, patience: _stop(losses, patience, before=True)),
            says="You compared each epoch with the one before. After a bad epoch a slightly less bad one "
            "is no improvement: it has to beat the *best* so far.",
        ),
        Misconception(
            "as good is better",
            _sample(better="epoch == 1 or loss <= losses[best - 1]"),
            when=_gives(_ties),
            says="An epoch with just the same loss counted as an improvement, and patience began anew. It "
            "could go on like that for ever: lower is better, as low is not.",
        ),
        Misconception(
            "setbacks are added up",
            _sample(reset="bad"),
            when=_gives(lambda losses, patience: _stop(losses, patience, forgives=False)),
            says="You added up all setbacks. An improvement in between wipes them out: patience is about "
            "setbacks *in a row*.",
        ),
        Misconception(
            "more is better",
            _sample(better="epoch == 1 or loss > losses[best - 1]"),
            when=_gives(_highest),
            says="You took the highest loss for the best. A loss is to be low (of accuracy, more is "
            "better: Trainer has `greater_is_better` for that).",
        ),
        Misconception(
            "the kept one is patience steps back",
            _sample(give="epoch, epoch - patience"),
            when=_gives(
                lambda losses, patience: (stop(losses, patience)[0], stop(losses, patience)[0] - patience)
            ),
            says="The epoch kept is `patience` before the last, if it stopped early. Where it came to its "
            "end by itself, or improved to the last, that is another one: remember which was the best.",
        ),
    ],
    slips=[
        Slip(_sample(give="best, epoch"), "they go (epochs run, epoch kept)"),
        Slip(_sample(give="epoch"), "Expected the 2 parts"),
        Slip(_sample().replace("return ", ""), "gave nothing back"),
    ],
    follows="`EarlyStoppingCallback(early_stopping_patience=…)` counts like this. It chose the epoch by "
    "the validation rows, so those have been used up: the figure for the card needs rows that chose "
    "nothing.",
)
