"""q10: the most accurate route that fits the disk and the night, for every town at once."""

from collections.abc import Callable
from functools import partial
from typing import Any

from ..expect import Expectation, Same, Text
from ..function import Case, Function
from ..question import Misconception, Question, Slip
from ..rules import giving

Route = dict[str, Any]
Rule = Callable[[list[Route], int, float, float], str | None]


def _route(name: str, accuracy: float, seconds: float, shared: int, own: int) -> Route:
    return {"name": name, "accuracy": accuracy, "seconds": seconds, "shared": shared, "own": own}


MEASURED = [  # as the notebook shows it; one pass at 32 tokens, an adapter of rank 8; "full": two at 64
    _route("features", 0.770, 22, 22_713_216, 385),
    _route("adapter", 0.804, 32, 22_713_216, 338_690),
    _route("embeddings frozen", 0.801, 26, 11_918_592, 10_795_394),
    _route("full", 0.850, 95, 0, 22_713_986),
]
_OTHERS = [  # where the orders by accuracy, by seconds and by size are all different
    _route("w", 0.84, 40, 30_000_000, 2_000_000),
    _route("x", 0.90, 300, 0, 40_000_000),
    _route("y", 0.86, 60, 10_000_000, 5_000_000),
    _route("z", 0.70, 20, 0, 1_000),
]
CASES: list[tuple[list[Route], int, float, float]] = [  # routes, towns, MB, hours
    (MEASURED, 11, 120, 1),
    (MEASURED, 11, 100, 1),
    (MEASURED, 11, 1_100, 1),
    (MEASURED, 11, 600, 1),
    (MEASURED, 60, 2_000, 0.5),
    (MEASURED[::-1], 1, 92, 1),
    (MEASURED, 2, 10, 1),  # none
    (_OTHERS, 3, 480, 1),  # x just fits the disk
    (_OTHERS, 3, 500, 0.25),  # x just fits the night
    (_OTHERS, 30, 700, 0.5),  # y just fits the night
    (_OTHERS, 20, 300, 1),
    (_OTHERS, 10, 500, 0.1),
    (_OTHERS, 100, 10_000, 0.5),  # none
    (_OTHERS[:1], 10, 190, 1),  # none
    (_OTHERS, 3, 150, 1),
    (_OTHERS, 3, 470, 1),  # x would fit if a MB were a MiB
    (_OTHERS, 3, 40, 1),
]


def megabytes(route: Route, towns: int, size: float = 4) -> float:
    return float(size * (route["shared"] + towns * route["own"]) / 1e6)


def _fits(route: Route, towns: int, mb: float, hours: float) -> bool:
    return megabytes(route, towns) <= mb and _in_time(route, towns, hours)


def _in_time(route: Route, towns: int, hours: float) -> bool:
    return bool(route["seconds"] * towns <= hours * 3600)


def _choose(
    fits: Callable[[Route, int, float, float], bool] = _fits,
    cost: Callable[[Route, int], float] = lambda route, towns: -route["accuracy"],
) -> Rule:
    """The rule that takes what fits, and of that the cheapest."""

    def rule(routes: list[Route], towns: int, mb: float, hours: float) -> str | None:
        left = [route for route in routes if fits(route, towns, mb, hours)]
        return min(left, key=lambda route: cost(route, towns))["name"] if left else None

    return rule


def _with(mb_of: Callable[[Route, int], float]) -> Rule:
    return _choose(
        lambda route, towns, mb, hours: mb_of(route, towns) <= mb and _in_time(route, towns, hours)
    )


def _first(routes: list[Route], towns: int, mb: float, hours: float) -> str | None:
    return next((route["name"] for route in routes if _fits(route, towns, mb, hours)), None)


_right = _choose()
_NONE = [place for place, case in enumerate(CASES) if _right(*case) is None]
_gives = partial(giving(lambda: CASES), but=_NONE)
"""Whether it chooses as one of these rules; what it does where none fits is another question."""


def _expected(name: str | None) -> Expectation:
    return Same(None) if name is None else Text(name, kind="the name of a route")


_CODE = """
left = []
for route in routes:
    mb = {mb}
    if {fits}:
        left.append(route)
return {best}["name"] if left else None
"""
_MB = '4 * (route["shared"] + towns * route["own"]) / 1e6'
_ON_DISK, _AT_NIGHT = "mb <= disk_mb", 'towns * route["seconds"] <= hours * 3600'
_BEST = 'max(left, key=lambda route: route["accuracy"])'


def _code(mb: str = _MB, fits: str = f"{_ON_DISK} and {_AT_NIGHT}", best: str = _BEST) -> str:
    return _CODE.format(mb=mb, fits=fits, best=best)


question = Question(
    title="Eleven towns, one disk, one night",
    expects=lambda: Function([Case(case, _expected(_right(*case))) for case in CASES]),
    reference=_code(),
    alternatives=[
        """
        import pandas as pd

        table = pd.DataFrame(routes)
        mb = (table.shared + table.own * towns) * 4 / 1_000_000
        table = table[(mb <= disk_mb) & (table.seconds * towns / 3600 <= hours)]
        return None if table.empty else table.loc[table.accuracy.idxmax(), "name"]
        """,
        """
        for route in sorted(routes, key=lambda route: -route["accuracy"]):
            numbers = route["shared"] + towns * route["own"]
            if numbers * 4 <= disk_mb * 10**6 and route["seconds"] <= hours * 3600 / towns:
                return route["name"]
        """,
    ],
    hints=[
        "First strike out what does not fit, then take the most accurate of what is left. What is there "
        "once, and what is there for every town?",
        "A route takes `shared` numbers once and `own` numbers for each town, 4 bytes each; 1 MB is "
        "1,000,000 bytes.",
        "Each town has a training of its own, one after another: `towns * seconds`, against `hours * 3600`.",
    ],
    misconceptions=[
        Misconception(
            "every town has a whole model",
            _code('4 * towns * (route["shared"] + route["own"]) / 1e6'),
            when=_gives(_with(lambda r, towns: 4 * towns * (r["shared"] + r["own"]) / 1e6)),
            says="You counted the shared numbers once for each town. That is what adapters and features "
            "are for: the base is on the disk once, and a town adds only its own.",
        ),
        Misconception(
            "an adapter is all there is",
            _code('4 * towns * route["own"] / 1e6'),
            when=_gives(_with(lambda r, towns: 4 * towns * r["own"] / 1e6)),
            says="You counted what each town adds, and not the base that it is added to: without that no "
            "adapter reads a word. It is on the disk, too, once.",
        ),
        Misconception(
            "one town stands for all",
            _code('4 * (route["shared"] + route["own"]) / 1e6'),
            when=_gives(_with(lambda r, towns: megabytes(r, 1))),
            says="You counted the disk for one town. Each of them has its own numbers.",
        ),
        Misconception(
            "a number is a byte",
            _code('(route["shared"] + towns * route["own"]) / 1e6'),
            when=_gives(
                _with(lambda r, towns: megabytes(r, towns, size=1)),
                _with(lambda r, towns: megabytes(r, towns, size=2)),
            ),
            says="One of your choices is too large for the disk: `shared` and `own` count numbers, not "
            "bytes, and in float32 each takes 4 of those.",
            also=[_code('2 * (route["shared"] + towns * route["own"]) / 1e6')],
        ),
        Misconception(
            "a MB is a MiB",
            _code(_MB.replace("1e6", "2**20")),
            when=_gives(_with(lambda r, towns: megabytes(r, towns) * 1e6 / 2**20)),
            says="You divided by 1,048,576, which makes MiB. The disk is counted in MB, of 1,000,000 "
            "bytes, and one of your choices is too large for it.",
        ),
        Misconception(
            "a night is a training",
            _code(fits=f'{_ON_DISK} and route["seconds"] <= hours * 3600'),
            when=_gives(
                _choose(
                    lambda r, towns, mb, hours: megabytes(r, towns) <= mb and r["seconds"] <= hours * 3600
                )
            ),
            says="One of your choices takes longer than the night. `seconds` is one town's training, and "
            "every town needs one.",
            also=[_code(fits=_ON_DISK)],
        ),
        Misconception(
            "an hour is a minute",
            _code(fits=f'{_ON_DISK} and towns * route["seconds"] <= hours * 60'),
            when=_gives(
                _choose(
                    lambda r, towns, mb, hours: (
                        megabytes(r, towns) <= mb and r["seconds"] * towns <= hours * 60
                    )
                ),
            ),
            says="You struck out trainings that would have been done in time: an hour has 3,600 seconds.",
        ),
        Misconception(
            "the disk is no matter",
            _code(fits=_AT_NIGHT),
            when=_gives(_choose(lambda r, towns, mb, hours: _in_time(r, towns, hours))),
            says="One of your choices does not fit on the disk: you asked only whether the night is long "
            "enough.",
        ),
        Misconception(
            "the best is the best",
            _code(fits="True"),
            when=_gives(_choose(lambda *_: True)),
            says="The most accurate every time, whether it fits or not. Strike out first what breaks a "
            "limit.",
        ),
        Misconception(
            "the smallest is the right choice",
            _code(best='min(left, key=lambda route: route["shared"] + towns * route["own"])'),
            when=_gives(
                _choose(cost=megabytes),
                _choose(cost=lambda r, _: r["own"]),
                _choose(cost=lambda r, _: r["seconds"]),
            ),
            says="You took the smallest or the quickest of what fits. The disk is bought and the night is "
            "there: within them, the most accurate was asked for.",
            also=[
                _code(best='min(left, key=lambda route: route["own"])'),
                _code(best='min(left, key=lambda route: route["seconds"])'),
            ],
        ),
        Misconception(
            "the first that fits",
            _code(best="left[0]"),
            when=_gives(_first),
            says="You took the first that fits, and it depends on how the table was sorted. Take the most "
            "accurate.",
        ),
        Misconception(
            "one limit is enough",
            _code(fits=f"{_ON_DISK} or {_AT_NIGHT}"),
            when=_gives(
                _choose(lambda r, towns, mb, hours: megabytes(r, towns) <= mb or _in_time(r, towns, hours))
            ),
            says="One of your choices breaks a limit: with `or`, keeping one of the two is enough. Both "
            "have to be kept.",
        ),
        Misconception(
            "up to a limit means below it",
            _code(fits=f"{_ON_DISK.replace('<=', '<')} and {_AT_NIGHT.replace('<=', '<')}"),
            when=_gives(
                _choose(lambda r, t, mb, h: megabytes(r, t) < mb and r["seconds"] * t < h * 3600),
                _choose(lambda r, t, mb, h: megabytes(r, t) < mb and _in_time(r, t, h)),
                _choose(lambda r, t, mb, h: megabytes(r, t) <= mb and r["seconds"] * t < h * 3600),
                _with(lambda r, t: megabytes(r, t) * 1.0001),
            ),
            says="You struck out a route that fills the disk, or the night, exactly: that fits.",
            also=[
                _code(fits=f"{_ON_DISK.replace('<=', '<')} and {_AT_NIGHT}"),
                _code(fits=f"{_ON_DISK} and {_AT_NIGHT.replace('<=', '<')}"),
            ],
        ),
        Misconception(
            "there is always one",
            _code().replace(" if left else None", ""),
            when=lambda seen: isinstance(seen, ValueError | IndexError),
            says="Once nothing fits, and the best of nothing is an error. Give None: whoever set the "
            "limits has to hear it.",
        ),
        Misconception(
            "something has to be chosen",
            _code(best='max(left or routes, key=lambda route: route["accuracy"])').replace(
                " if left else None", ""
            ),
            when=lambda seen: _gives(_right)(seen) and any(seen[place] is not None for place in _NONE),
            says="Right as long as something fits. Where nothing does, you name a route all the same, and "
            "it will fill the disk: give None.",
        ),
    ],
    slips=[
        Slip(_code(best=_BEST).replace('["name"] if', " if"), "Expected the name of a route, got a dict"),
        Slip(_code().replace("return ", ""), "gave nothing back"),
        Slip('return "lora"', "is not the right one"),
    ],
    follows="With one town, this table says: the dearest. With eleven and little disk, "
    "the base is paid once and the adapters are small change: the same table, another answer. Ask how many "
    "before you ask how.",
)
