"""q9: whether a difference between two recipes is more than the luck of the seeds."""

from collections.abc import Callable, Mapping
from statistics import mean, pstdev, stdev

from ..expect import Text
from ..function import Case, Function
from ..question import Misconception, Question, Slip
from ..rules import giving

Runs = Mapping[int, float]

_NOT = "cannot say"


def _plus(a: Runs, *differences: float) -> dict[int, float]:
    return {seed: round(one + by, 4) for (seed, one), by in zip(a.items(), differences, strict=True)}


_WIDE = {1: 0.80, 2: 0.86, 3: 0.78, 4: 0.84}
_FEW = {1: 0.81, 2: 0.83, 3: 0.80}
_LUCKY = {1: 0.80, 2: 0.81, 3: 0.82, 4: 0.80}
CASES: list[tuple[Runs, Runs]] = [
    (
        _WIDE,
        _plus(_WIDE, 0.020, 0.024, 0.016, 0.020),
    ),  # little beside how far the seeds lie apart, and steady: B
    (_LUCKY, _plus(_LUCKY, -0.02, 0.05, -0.01, 0.01)),  # B has the best run and the higher mean, by luck
    (_WIDE, _plus(_WIDE, -0.030, -0.034, -0.026, -0.030)),  # A
    (
        _LUCKY,
        {1: 0.81, 2: 0.80, 3: 0.83, 4: 0.80, 5: 0.90, 6: 0.91, 7: 0.90, 8: 0.91},
    ),  # seeds that A never had
    ({4: 0.80, 1: 0.86, 3: 0.78, 2: 0.84}, {1: 0.878, 2: 0.862, 3: 0.798, 4: 0.820}),  # in another order: B
    ({1: 0.80}, {1: 0.85}),  # one run each
    ({1: 0.80, 2: 0.81}, {1: 0.90, 2: 0.911}),  # two differences are enough: B
    ({1: 0.80, 2: 0.81}, {3: 0.88, 4: 0.89}),  # no seed in common
    (
        _LUCKY,
        _plus(_LUCKY, 0.002, 0.018, 0.003, 0.017),
    ),  # within two standard deviations, beyond two errors: B
    (_FEW, _plus(_FEW, 0.02, -0.001, 0.018)),  # between one and two errors
    (_FEW, _plus(_FEW, -0.018, 0.002, -0.017)),  # the same the other way, beyond two of the wrong sort
    (_FEW, _plus(_FEW, 0.02, -0.004, 0.012)),
    (_FEW, _plus(_FEW, 0.02, -0.006, 0.012)),  # hardly more than one error
    (_FEW, _plus(_FEW, 0.10, 0.11, 0.10)),  # so much that even unpaired it shows
    (_FEW, _plus(_FEW, 0.001, 0.002, 0.04)),  # B wins every time, and once by luck
    (_WIDE, _plus(_WIDE, 0.03, 0.028, 0.03, -0.001)),  # B loses once, and is better
    (_WIDE, _plus(_WIDE, 0.009, 0.02, 0.005, 0.017)),
    (_WIDE, _WIDE),
]


def verdict(a: Runs, b: Runs) -> str:
    return _verdict(a, b)


def _paired(a: Runs, b: Runs) -> list[float]:
    return [b[seed] - a[seed] for seed in a if seed in b]


def _in_order(a: Runs, b: Runs) -> list[float]:
    return [two - one for one, two in zip(a.values(), b.values(), strict=False)]


def _verdict(
    a: Runs,
    b: Runs,
    pair: Callable[[Runs, Runs], list[float]] = _paired,
    error: Callable[[list[float]], float] = lambda by: stdev(by) / len(by) ** 0.5,
    times: float = 2,
    least: int = 2,
) -> str:
    by = pair(a, b)
    return _NOT if len(by) < least else _decided(mean(by), times * error(by))


def _decided(difference: float, margin: float) -> str:
    return _NOT if abs(difference) <= margin + 1e-9 else "B" if difference > 0 else "A"


def _of_means(
    pick: Callable[..., float], common: bool = False, least: int = 1
) -> Callable[[Runs, Runs], str]:
    """Whose best, mean or first run is higher."""

    def rule(a: Runs, b: Runs) -> str:
        one, two = (
            [runs[seed] for seed in runs if not common or (seed in a and seed in b)] for runs in (a, b)
        )
        return _NOT if len(one) < least else _decided(pick(two) - pick(one), 0)

    return rule


def _unpaired(common: bool) -> Callable[[Runs, Runs], str]:
    def rule(a: Runs, b: Runs) -> str:
        one, two = (
            [runs[seed] for seed in runs if not common or (seed in a and seed in b)] for runs in (a, b)
        )
        if min(len(one), len(two)) < 2:
            return _NOT
        margin = 2 * (stdev(one) ** 2 / len(one) + stdev(two) ** 2 / len(two)) ** 0.5
        return _decided(mean(two) - mean(one), margin)

    return rule


def _every_seed(a: Runs, b: Runs) -> str:
    by = _paired(a, b)
    if len(by) < 2:
        return _NOT
    return "B" if min(by) > 0 else "A" if max(by) < 0 else _NOT


def _most_seeds(a: Runs, b: Runs) -> str:
    by = _paired(a, b)
    won = sum(one > 0 for one in by) - sum(one < 0 for one in by)
    return _NOT if len(by) < 2 else _decided(won, 0)


def _sorted(a: Runs, b: Runs) -> list[float]:
    return [two - one for one, two in zip(sorted(a.values()), sorted(b.values()), strict=False)]


def _sorted_common(a: Runs, b: Runs) -> list[float]:
    return _sorted({seed: a[seed] for seed in a if seed in b}, {seed: b[seed] for seed in b if seed in a})


_gives = giving(lambda: CASES)


def _never_a(a: Runs, b: Runs) -> str:
    return _NOT if verdict(a, b) == "A" else verdict(a, b)


_CODE = """
by = {by}
if len(by) < 2:
    return "cannot say"
difference, error = mean(by), {error}
if {enough}:
    return "cannot say"
return "B" if difference > 0 else "A"
"""
_BY = "[b[seed] - a[seed] for seed in a if seed in b]"


def _sample(
    by: str = _BY, error: str = "stdev(by) / len(by) ** 0.5", enough: str = "abs(difference) <= 2 * error"
) -> str:
    return _CODE.format(by=by, error=error, enough=enough)


def _by_means(of: str, seeds: str = "a.keys() & b.keys()") -> str:
    return f"""
    seeds = {seeds}
    if not seeds:
        return "cannot say"
    one, two = [a[seed] for seed in seeds if seed in a], [b[seed] for seed in seeds if seed in b]
    difference = {of}(two) - {of}(one)
    return "cannot say" if difference == 0 else "B" if difference > 0 else "A"
    """


_UNPAIRED = """
one, two = {values}
if min(len(one), len(two)) < 2:
    return "cannot say"
difference = mean(two) - mean(one)
error = (stdev(one) ** 2 / len(one) + stdev(two) ** 2 / len(two)) ** 0.5
if abs(difference) <= 2 * error:
    return "cannot say"
return "B" if difference > 0 else "A"
"""

question = Question(
    title="B is better, says the table",
    expects=lambda: Function(
        [Case(case, Text(verdict(*case), kind='"A", "B" or "cannot say"')) for case in CASES]
    ),
    reference=_sample(),
    alternatives=[
        """
        import numpy as np

        seeds = sorted(a.keys() & b.keys())
        if len(seeds) < 2:
            return "cannot say"
        by = np.array([b[seed] - a[seed] for seed in seeds])
        error = by.std(ddof=1) / np.sqrt(len(by))
        return "B" if by.mean() > 2 * error else "A" if by.mean() < -2 * error else "cannot say"
        """,
        """
        pairs = [(a[seed], b[seed]) for seed in set(a).intersection(b)]
        n = len(pairs)
        if n <= 1:
            return "cannot say"
        difference = sum(two - one for one, two in pairs) / n
        variance = sum((two - one - difference) ** 2 for one, two in pairs) / (n - 1)
        if difference ** 2 <= 4 * variance / n + 1e-12:
            return "cannot say"
        return "AB"[difference > 0]
        """,
    ],
    hints=[
        "A seed decides the new head and the order of the rows, for A as for B. So compare seed by seed: one "
        "difference for each seed that *both* were run with.",
        "`stdev` of the differences, divided by the root of their number, is the standard error of their "
        "mean.",
        "More than two of those above nought: B. More than two below: A. Else, and with fewer than two "
        "differences, nobody can say.",
    ],
    misconceptions=[
        Misconception(
            "the best run counts",
            _by_means("max", "{*a, *b}").replace("if not seeds:", "if not a:"),
            when=_gives(_of_means(max), _of_means(max, common=True)),
            says="You compared the best run of each. The best of many is luck, and more runs have more of "
            "it: what will the next training give?",
            also=[_by_means("max")],
        ),
        Misconception(
            "the higher mean is better",
            _by_means("mean"),
            when=_gives(
                *(
                    _of_means(mean, common, least)
                    for common, least in [(False, 1), (False, 2), (True, 1), (True, 2)]
                ),
                but=[CASES.index((_WIDE, _WIDE))],  # there the means are the same
            ),
            says="You compared the means, and one of two is nearly always higher. By how much do the "
            "differences vary from seed to seed? That decides whether this one means anything.",
            also=[
                _by_means("mean", "{*a, *b}"),
                _by_means("mean").replace("if not seeds:", "if len(seeds) < 2:"),
                'return "B" if mean(b.values()) > mean(a.values()) else "A"',
            ],
        ),
        Misconception(
            "one run is a result",
            """
            one, two = list(a.values())[0], list(b.values())[0]
            return "cannot say" if one == two else "B" if two > one else "A"
            """,
            when=_gives(_of_means(lambda runs: runs[0]), _of_means(lambda runs: runs[0], common=True)),
            says="You looked at the first run of each alone. Another seed, another winner: use all that "
            "both have.",
        ),
        Misconception(
            "runs are paired by their place",
            _sample("[two - one for one, two in zip(a.values(), b.values())]"),
            when=_gives(lambda a, b: _verdict(a, b, pair=_in_order)),
            says="You paired the runs by their place in the table. They belong together by *seed*: in one "
            "table the seeds stand in another order, in another they are different ones.",
            also=[_sample("[b[two] - a[one] for one, two in zip(a, b)]")],
        ),
        Misconception(
            "the best belongs to the best",
            _sample("[two - one for one, two in zip(sorted(a.values()), sorted(b.values()))]"),
            when=_gives(
                *(lambda a, b, pair=pair: _verdict(a, b, pair) for pair in (_sorted, _sorted_common))
            ),
            says="You sorted the accuracies before you paired them, so the worst run of one meets the "
            "worst of the other, and the differences look steadier than they are. A difference is one "
            "*seed*'s.",
            also=[
                """
                seeds = a.keys() & b.keys()
                if len(seeds) < 2:
                    return "cannot say"
                one, two = (sorted(runs[seed] for seed in seeds) for runs in (a, b))
                by = [y - x for x, y in zip(one, two)]
                if abs(mean(by)) <= 2 * stdev(by) / len(by) ** 0.5:
                    return "cannot say"
                return "B" if mean(by) > 0 else "A"
                """
            ],
        ),
        Misconception(
            "the runs of A and of B have nothing in common",
            _UNPAIRED.format(values="list(a.values()), list(b.values())"),
            when=_gives(_unpaired(common=False)),
            says="You took all runs of A and all of B, whatever their seeds. Some seeds only one of them "
            "had; and where both had the same, what the seed does drops out of the difference, if you "
            "take it seed by seed.",
        ),
        Misconception(
            "the same seeds, and not in pairs",
            _UNPAIRED.format(values="[[runs[s] for s in a if s in b] for runs in (a, b)]"),
            when=_gives(_unpaired(common=True)),
            says="You kept to the seeds that both have, and then compared two heaps. From seed to seed "
            "the runs lie further apart than A and B do; take the difference *for each seed* first, and "
            "that drops out.",
        ),
        Misconception(
            "who wins more often is better",
            """
            by = [b[seed] - a[seed] for seed in a if seed in b]
            if len(by) < 2:
                return "cannot say"
            return "B" if min(by) > 0 else "A" if max(by) < 0 else "cannot say"
            """,
            when=_gives(_every_seed, _most_seeds),
            says="You counted who wins, whatever by. Three wins, two of them by a thousandth, say little; "
            "three wins by a hundredth and one loss by a thousandth say a good deal. The sizes count: "
            "mean and standard error.",
            also=[
                """
                by = [b[seed] - a[seed] for seed in a if seed in b]
                won = sum(one > 0 for one in by) - sum(one < 0 for one in by)
                return "cannot say" if len(by) < 2 or won == 0 else "B" if won > 0 else "A"
                """
            ],
        ),
        Misconception(
            "the deviation is the error",
            _sample(error="stdev(by)"),
            when=_gives(lambda a, b: _verdict(a, b, error=stdev)),
            says="You held the mean against the spread of single differences. The mean of several is "
            "steadier than one of them, by the root of their number: that is the standard *error*.",
        ),
        Misconception(
            "one error is enough",
            _sample(enough="abs(difference) <= error"),
            when=_gives(lambda a, b: _verdict(a, b, times=1)),
            says="You were content with one standard error. Two recipes that are equally good lie further "
            "apart than that in a good third of all comparisons: two were asked for.",
        ),
        Misconception(
            "these seeds are all there are",
            _sample(error="pstdev(by) / len(by) ** 0.5").replace(
                "by =", "from statistics import pstdev\n\nby ="
            ),
            when=_gives(lambda a, b: _verdict(a, b, error=lambda by: pstdev(by) / len(by) ** 0.5)),
            says="You divided by the number of seeds rather than by one less (numpy's `std` does so, too: "
            "`ddof=1`). With three runs that makes the spread a fifth smaller than it is.",
        ),
        Misconception(
            "divided by the number, not by its root",
            _sample(error="stdev(by) / len(by)"),
            when=_gives(lambda a, b: _verdict(a, b, error=lambda by: stdev(by) / len(by))),
            says="You divided the spread by the number of seeds. It shrinks with the *root* of that "
            "number: four times the runs, half the error.",
        ),
        Misconception(
            "only B can win",
            _sample(enough="difference <= 2 * error"),
            when=_gives(_never_a),
            says="A never wins: a difference far *below* nought is as clear as one far above. Take its "
            "size, `abs`.",
        ),
        Misconception(
            "the other way up",
            _sample("[a[seed] - b[seed] for seed in a if seed in b]"),
            when=_gives(lambda a, b: {"A": "B", "B": "A"}.get(verdict(a, b), _NOT)),
            says="A and B changed places: is your difference B less A, or A less B?",
        ),
        Misconception(
            "two are too few",
            _sample().replace("len(by) < 2", "len(by) < 3"),
            when=_gives(lambda a, b: _verdict(a, b, least=3)),
            says="Once there are two differences, and you do not decide. Two are enough by the rule: they "
            "have a mean and a spread. With *fewer* than two nobody can say.",
        ),
        Misconception(
            "both have every seed",
            _sample("[b[seed] - a[seed] for seed in a]"),
            when=lambda seen: isinstance(seen, KeyError),
            says="A seed of one recipe was never run with the other. Compare those that both have.",
        ),
        Misconception(
            "a spread can always be had",
            _sample().replace('if len(by) < 2:\n    return "cannot say"\n', ""),
            when=lambda seen: type(seen).__name__ == "StatisticsError" or isinstance(seen, ZeroDivisionError),
            says="One difference has no spread, and none has no mean: the library refuses. Whoever has "
            "fewer than two cannot say.",
        ),
    ],
    slips=[
        Slip("return True", 'Expected "A", "B" or "cannot say", got True'),
        Slip('return "b"', "is right but for capitals"),
        Slip("mean(a.values())", "gave nothing back"),
    ],
    follows="Three seeds cost three trainings, and without them a table of recipes sorts by luck. Report "
    "the mean, the spread and the seeds.",
)
