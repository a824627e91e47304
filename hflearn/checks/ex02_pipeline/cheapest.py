"""q9: the smallest model that is good and quick enough, by figures that may be compared."""

from collections.abc import Callable
from typing import Any

from ..expect import Expectation, Same, Text
from ..function import Case, Function
from ..question import Misconception, Question, Slip

Model = dict[str, Any]


def _model(name: str, right: float, on: str, mb: float, ms: float) -> Model:
    return {"name": name, "right": right, "measured_on": on, "mb": mb, "ms": ms}


_A = [
    _model("grand", 0.91, "test", 440, 62),
    _model("tiny", 0.93, "train", 4, 2),
    _model("small", 0.84, "test", 46, 9),
    _model("slow", 0.88, "test", 30, 350),
    _model("quick", 0.79, "test", 60, 5),
    _model("base", 0.86, "test", 120, 22),
]
_B = [
    _model("x", 0.70, "test", 10, 4),
    _model("z", 0.95, "test", 500, 40),
    _model("y", 0.80, "test", 200, 100),
    _model("w", 0.90, "test", 210, 11),
]
_C = [  # all will do, whatever a second is taken for one will; the largest is not the best
    _model("large", 0.80, "test", 300, 30),
    _model("hasty", 0.92, "test", 50, 0.05),
    _model("fleet", 0.85, "test", 40, 0.5),
    _model("slim", 0.70, "test", 5, 2),
]
_D = [  # the smallest alone will do
    _model("late", 0.95, "test", 25, 500),
    _model("lean", 0.65, "test", 20, 10),
    _model("seen", 0.90, "train", 60, 8),
]
_CASES: list[tuple[list[Model], float, float]] = [
    (_A, 0.84, 0.1),  # small meets the floor exactly
    (_A, 0.85, 0.1),
    (_B, 0.75, 0.1),  # y takes exactly so long
    (_B, 0.97, 1.0),  # none
    (_A[::-1], 0.85, 0.5),
    (_B, 0.75, 0.5),
    (_C, 0.5, 0.1),
    (_D, 0.6, 0.1),
]
_NONE = 3  # the case in which no model will do


def _good(model: Model, floor: float) -> bool:
    return bool(model["measured_on"] == "test" and model["right"] >= floor)


def _quick(model: Model, seconds: float) -> bool:
    return bool(model["ms"] <= 1000 * seconds)


_EITHER: tuple[Callable[[Model, float, float], bool], ...] = (
    lambda m, floor, s: m["measured_on"] == "test" or m["right"] >= floor or _quick(m, s),
    lambda m, floor, s: _good(m, floor) or _quick(m, s),
    lambda m, floor, s: m["measured_on"] == "test" or (m["right"] >= floor and _quick(m, s)),
    lambda m, floor, s: (m["measured_on"] == "test" or m["right"] >= floor) and _quick(m, s),
    lambda m, floor, s: m["measured_on"] == "test" and (m["right"] >= floor or _quick(m, s)),
)


def _fits(model: Model, floor: float, seconds: float) -> bool:
    return _good(model, floor) and _quick(model, seconds)


def _choose(
    fits: Callable[[Model, float, float], bool] = _fits, cost: Callable[[Model], float] = lambda m: m["mb"]
) -> list[str | None]:
    """The names that come of these two rules, one a case."""
    chosen = []
    for models, floor, seconds in _CASES:
        left = [model for model in models if fits(model, floor, seconds)]
        chosen.append(min(left, key=cost)["name"] if left else None)
    return chosen


def _gives(*rules: list[str | None]) -> Callable[[Any], bool]:
    """Whether it chooses as one of these; what it does where none will do is another question."""
    return lambda seen: any(
        all(got == want for place, (got, want) in enumerate(zip(seen, rule, strict=True)) if place != _NONE)
        for rule in rules
    )


_RIGHT = _choose()
_RIGHT_IF_ALL_WILL_DO = [
    name if all(_fits(model, floor, seconds) for model in models) else None
    for name, (models, floor, seconds) in zip(_RIGHT, _CASES, strict=True)
]
_FIRST_OR_NONE = [
    models[0]["name"] if _fits(models[0], floor, seconds) else None for models, floor, seconds in _CASES
]
_SMALLEST_OR_NONE = [
    name if name == min(models, key=lambda model: model["mb"])["name"] else None
    for name, (models, _, _) in zip(_RIGHT, _CASES, strict=True)
]


def _expected(name: str | None) -> Expectation:
    return Same(None) if name is None else Text(name, kind="the name of a model")


_CODE = """
left = [
    model
    for model in models
    if {fits}
]
return {best}["name"] if left else None
"""
_GOOD = 'model["measured_on"] == "test" and model["right"] >= floor'
_QUICK = 'model["ms"] / 1000 <= seconds'
_SMALLEST = 'min(left, key=lambda model: model["mb"])'


def _code(fits: str = f"{_GOOD} and {_QUICK}", best: str = _SMALLEST) -> str:
    return _CODE.format(fits=fits, best=best)


question = Question(
    title="Which is the smallest that will do?",
    expects=lambda: Function(
        [Case(args, _expected(name)) for args, name in zip(_CASES, _RIGHT, strict=True)]
    ),
    reference=_code(),
    alternatives=[
        """
        import pandas as pd

        table = pd.DataFrame(models)
        table = table[(table.measured_on == "test") & (table.right >= floor) & (table.ms <= seconds * 1000)]
        return None if table.empty else table.sort_values("mb").name.iloc[0]
        """,
        """
        best = None
        for model in models:
            if model["measured_on"] != "test" or model["right"] < floor or model["ms"] > seconds * 1000:
                continue
            if best is None or model["mb"] < best["mb"]:
                best = model
        return best and best["name"]
        """,
    ],
    hints=[
        "First strike out the models that do not meet a demand, then take the smallest of what is left.",
        "`ms` are thousandths of a second, `seconds` are not. And which of the figures say something about "
        "mails that a model has not seen?",
        'Keep those with `measured_on` "test", `right` of at least `floor` and `ms / 1000` of at most '
        "`seconds`; give None if none is left.",
    ],
    misconceptions=[
        Misconception(
            "a figure is a figure",
            _code(f'model["right"] >= floor and {_QUICK}'),
            when=_gives(_choose(lambda m, floor, s: m["right"] >= floor and m["ms"] <= 1000 * s)),
            says="You chose `tiny`: its 0.93 was measured on the rows that it was trained on, and says how "
            "well it remembers them. Only figures from `test` can be compared.",
        ),
        Misconception(
            "the best is the right choice",
            _code(best='max(left, key=lambda model: model["right"])'),
            when=_gives(_choose(cost=lambda m: -m["right"])),
            says="You took the best of those that will do. What is above the floor is paid for in size, and "
            "nobody asked for it: take the smallest.",
        ),
        Misconception(
            "the quickest is the smallest",
            _code(best='min(left, key=lambda model: model["ms"])'),
            when=_gives(_choose(cost=lambda m: m["ms"])),
            says="You took the quickest. Quick enough is a demand; among those that meet it the smallest "
            "(`mb`) is asked for, and that may be another.",
        ),
        Misconception(
            "thousandths are seconds",
            _code(f'{_GOOD} and model["ms"] <= seconds'),
            when=_gives(_choose(lambda m, floor, s: _good(m, floor) and m["ms"] <= s)),
            says="Nearly always None: you held `ms`, thousandths of a second, against `seconds`, and a model "
            "seemed a thousand times too slow.",
        ),
        Misconception(
            "nothing will ever do",
            _code().replace("return", "chosen ="),
            when=lambda seen: list(seen) == [None] * len(_CASES),
            says="None every time, though some model will do in all cases but one. Is there a `return`? If "
            "so, no model gets through your demands: for one that should, print what each demand says.",
            also=[_code(f'{_GOOD} and model["ms"] * 1000 <= seconds')],
        ),
        Misconception(
            "a hundredth is a thousandth",
            _code(f'{_GOOD} and model["ms"] <= 100 * seconds'),
            when=_gives(
                _choose(lambda m, floor, s: _good(m, floor) and m["ms"] <= 100 * s),
                _choose(lambda m, floor, s: _good(m, floor) and m["ms"] <= 10 * s),
            ),
            says="You struck out models that are quick enough: a second has 1,000 `ms`, and you counted with "
            "fewer.",
            also=[_code(f'{_GOOD} and model["ms"] <= 10 * seconds')],
        ),
        Misconception(
            "one that fails ends the search",
            f"""
            best = None
            for model in models:
                if {_GOOD} and {_QUICK}:
                    if best is None or model["mb"] < best["mb"]:
                        best = model
                else:
                    return None
            return best["name"]
            """,
            when=_gives(_RIGHT_IF_ALL_WILL_DO, _FIRST_OR_NONE),
            says="You gave up at the first model that does not meet the demands: None came where a later one "
            "will do. Pass over such a model; None may be said only when all have been looked at.",
            also=[
                f"""
                for model in models:
                    if {_GOOD} and {_QUICK}:
                        return model["name"]
                    else:
                        return None
                """
            ],
        ),
        Misconception(
            "the smallest of all is tested",
            f"""
            model = min(models, key=lambda model: model["mb"])
            return model["name"] if {_GOOD} and {_QUICK} else None
            """,
            when=_gives(_SMALLEST_OR_NONE),
            says="You took the smallest of all, then asked whether it will do, and gave None where it will "
            "not. Another may: strike out first, then take the smallest of what is left.",
            also=[
                f"""
                for model in sorted(models, key=lambda model: model["mb"]):
                    if {_GOOD} and {_QUICK}:
                        return model["name"]
                    else:
                        return None
                """
            ],
        ),
        Misconception(
            "one demand is enough",
            _code(
                'model["measured_on"] == "test" or model["right"] >= floor or model["ms"] / 1000 <= seconds'
            ),
            when=_gives(*(_choose(fits) for fits in _EITHER)),
            says="One of your choices fails a demand. With `or`, meeting one of them is enough; all three "
            "have to hold, so join them with `and`.",
            also=[
                _code(f"{_GOOD} or {_QUICK}"),
                _code(f"{_GOOD.replace(' and ', ' or ')} and {_QUICK}"),
                _code(f"({_GOOD.replace(' and ', ' or ')}) and {_QUICK}"),
            ],
        ),
        Misconception(
            "the largest is the best",
            _code(best='max(left, key=lambda model: model["mb"])'),
            when=_gives(_choose(cost=lambda m: -m["mb"])),
            says="You took the largest of those that will do. The one with the *fewest* `mb` is asked for.",
        ),
        Misconception(
            "time does not matter",
            _code(_GOOD),
            when=_gives(_choose(lambda m, floor, s: m["measured_on"] == "test" and m["right"] >= floor)),
            says="One of your choices takes too long: the limit, `seconds`, has not stopped it. Look at the "
            "units, if you compared with it: `ms` are thousandths.",
            also=[_code(f'{_GOOD} and model["ms"] / 1000 <= seconds * 1000')],
        ),
        Misconception(
            "the floor does not matter",
            _code(f'model["measured_on"] == "test" and {_QUICK}'),
            when=_gives(_choose(lambda m, floor, s: m["measured_on"] == "test" and m["ms"] <= 1000 * s)),
            says="The smallest and quick enough, but one of your choices is right too seldom: `right` must "
            "be at least `floor`.",
        ),
        Misconception(
            "at least means more than",
            _code(f'model["measured_on"] == "test" and model["right"] > floor and {_QUICK}'),
            when=_gives(
                _choose(
                    lambda m, f, s: m["measured_on"] == "test" and m["right"] > f and m["ms"] <= 1000 * s
                ),
                _choose(
                    lambda m, f, s: m["measured_on"] == "test" and m["right"] >= f and m["ms"] < 1000 * s
                ),
                _choose(lambda m, f, s: m["measured_on"] == "test" and m["right"] > f and m["ms"] < 1000 * s),
            ),
            says="You struck out a model that meets a demand exactly. *At least* and *at most* let the limit "
            "itself pass.",
            also=[
                _code(f'{_GOOD} and model["ms"] / 1000 < seconds'),
                _code(f"{_GOOD} and {_QUICK}".replace(">=", ">").replace("<=", "<")),
            ],
        ),
        Misconception(
            "most quality for the megabyte",
            _code(best='max(left, key=lambda model: model["right"] / model["mb"])'),
            when=_gives(
                _choose(cost=lambda m: -m["right"] / m["mb"]),
                _choose(lambda m, f, s: m["measured_on"] == "test", lambda m: -m["right"] / m["mb"]),
            ),
            says="You took the best ratio. A ratio lets much of one thing make up for too little of another, "
            "or pays for what nobody asked for: strike out what does not meet the demands, then take the "
            "smallest.",
            also=[_code('model["measured_on"] == "test"', 'max(left, key=lambda m: m["right"] / m["mb"])')],
        ),
        Misconception(
            "the first that fits is the smallest",
            _code(best="left[0]"),
            when=lambda seen: _first_that_fits(seen),
            says="You took the first that meets the demands, and it depends on how the list was sorted. Take "
            "the one with the fewest `mb`.",
        ),
        Misconception(
            "there is always one",
            _code().replace(" if left else None", ""),
            when=lambda seen: isinstance(seen, ValueError | IndexError),
            says="Once no model meets the demands, and the smallest of none is an error. Give None: that is "
            "an answer, and whoever set the demands has to hear it.",
            also=[
                _code(best='sorted(left, key=lambda model: model["mb"])[0]').replace(" if left else None", "")
            ],
        ),
        Misconception(
            "the next best will do",
            _code(best="min(left or models, key=lambda model: model['mb'])").replace(
                " if left else None", ""
            ),
            when=lambda seen: _gives(_RIGHT)(seen) and seen[_NONE] in [model["name"] for model in _B],
            says="Once no model meets the demands, and you chose one all the same. Give None: a demand that "
            "gives way without a word is none.",
        ),
        Misconception(
            "None is a word",
            _code().replace("else None", 'else "None"'),
            when=lambda seen: _gives(_RIGHT)(seen) and isinstance(seen[_NONE], str),
            says="All right, but where no model will do you give a string, and whoever asks takes it for a "
            "model's name. `None`, without quotes, is Python's word for nothing.",
            also=[_code().replace("else None", 'else ""')],
        ),
    ],
    slips=[
        Slip(_code(f"{_GOOD} and {_QUICK} and model['mb'] < 50"), "Expected the name of a model, got None"),
        Slip(_code().replace('["name"]', ""), "Expected the name of a model, got a dict"),
        Slip('return "small"', "is not the right one"),
    ],
    follows="A demand first, then the price: so nobody pays for quality that no one asked for. Ask again "
    "when the figures are a year old.",
)


def _first_that_fits(seen: Any) -> bool:
    first = [
        next((model["name"] for model in models if _fits(model, floor, seconds)), None)
        for models, floor, seconds in _CASES
    ]
    return list(seen) == first
