"""q4: a zero-point, for values that lie to one side of 0."""

import math
from collections.abc import Callable
from functools import cache
from typing import Any

from ..expect import Array, Expectation, Number, Parts
from ..function import Case
from ..lending import Lending
from ..question import Misconception, Question, Slip
from ..rules import giving


@cache
def _inputs() -> list[tuple[Any]]:
    """After GELU, after ReLU; all above 0, and all below it; a zero-point of 8.5; and ends that tie."""
    import torch

    return [
        (torch.tensor([-0.176, 0.0, 0.532, -0.04, 2.374, 1.0]),),
        (torch.tensor([[0.0, 6.375, 1.51], [0.0, 0.03, 3.2]]),),
        (torch.tensor([5.1, 1.04, 2.22]),),
        (torch.tensor([-2.55, -0.5, -1.234]),),
        (torch.tensor([-0.0847, 0.123, 0.5574, 2.4653, 1.2192]),),
        (torch.tensor([-1.5, 0.0, 10.0, 253.5]),),  # a step is 1: both ends lie between two codes
    ]


_everywhere = giving(_inputs)
_TIES = 5


def _does(*rules: Callable[[Any], Any]) -> Callable[[Any], bool]:
    """As a rule gives, in all cases but the one that is there for the clamp."""
    return _everywhere(*rules, but=[_TIES])


class _Either(Expectation):
    """One of several: between two codes, the one is as near as the other."""

    def __init__(self, *options: Expectation) -> None:
        self.options = options

    def complaint(self, seen: Any) -> str | None:
        said = [option.complaint(seen) for option in self.options]
        return None if None in said else said[0]


def _range(values: Any) -> tuple[float, float]:
    return min(float(values.min()), 0.0), max(float(values.max()), 0.0)


def _rule(
    ends: Callable[[Any], tuple[float, float]] = _range,
    steps: int = 255,
    point: Callable[[float], Any] = round,
    rounding: Callable[[Any], Any] | None = None,
    clamped: bool = True,
) -> Callable[[Any], Any]:
    def rule(values: Any) -> Any:
        low, high = ends(values)
        scale = (high - low) / steps
        zero_point = point(-low / scale)
        codes = (rounding or (lambda codes: codes.round()))(values / scale) + zero_point
        return (codes.clamp(0, 255) if clamped else codes), scale, zero_point

    return rule


_right = _rule()
_half_up = _rule(rounding=lambda codes: (codes + 0.5).floor())


def _from_the_bottom(values: Any) -> Any:
    """Codes that count steps from the low end, and meet the zero-point only by luck."""
    low, high = _range(values)
    return ((values - low) / (high - low) * 255).round()


def _own_ends(values: Any) -> tuple[float, float]:
    return float(values.min()), float(values.max())


def _symmetric(values: Any) -> Any:
    scale = float(values.abs().max()) / 127
    return (values / scale).round(), scale, 0


def _shifted(values: Any) -> Any:
    scale = float(values.abs().max()) / 127
    return (values / scale).round() + 128, scale, 128


def _changed(change: Callable[..., Any]) -> Callable[[Any], Any]:
    """The right codes, scale and zero-point, changed; the values come last."""
    return lambda values: change(*_right(values), values)


def _expects() -> Expectation:
    found = []
    for args in _inputs():
        codes, scale, zero_point = _right(*args)
        parts = {
            "codes": _Either(Array(codes.numpy()), Array(_half_up(*args)[0].numpy())),
            "scale": Number(scale, rel=1e-4),
            "zero_point": Number(zero_point, abs=1e-6),
        }
        found.append(Case(args, Parts(parts)))
    return Lending(found)


_CODE = """
low, high = {low}, {high}
scale = {scale}
zero_point = {point}
codes = {codes}
return {gives}
"""


def _sample(
    low: str = "min(values.min().item(), 0)",
    high: str = "max(values.max().item(), 0)",
    scale: str = "(high - low) / 255",
    point: str = "round(-low / scale)",
    codes: str = "((values / scale).round() + zero_point).clamp(0, 255)",
    gives: str = "codes, scale, zero_point",
) -> str:
    return _CODE.format(low=low, high=high, scale=scale, point=point, codes=codes, gives=gives)


def _cut(point: Callable[[float], Any], codes: Callable[[Any, float, float, int], Any]) -> Any:
    """Codes that are cut off, beside a zero-point that is, or is rounded."""

    def rule(values: Any) -> Any:
        low, high = _range(values)
        scale = (high - low) / 255
        zero_point = point(-low / scale)
        return codes(values, low, scale, zero_point).clamp(0, 255), scale, zero_point

    return rule


_CUTS = (
    lambda values, low, scale, point: (values / scale).trunc() + point,
    lambda values, low, scale, point: (values / scale).floor() + point,
    lambda values, low, scale, point: (values / scale + point).trunc(),
    lambda values, low, scale, point: ((values - low) / scale).trunc(),
)

question = Question(
    title="Half of the codes were never used",
    expects=_expects,
    reference="""
        low, high = min(values.min().item(), 0), max(values.max().item(), 0)
        scale = (high - low) / 255
        zero_point = round(-low / scale)   # the code of 0
        codes = ((values / scale).round() + zero_point).clamp(0, 255)   # two roundings may add up to 256
        return codes, scale, zero_point
    """,
    alternatives=[
        """
        low, high = min(values.min().item(), 0), max(values.max().item(), 0)
        scale = (high - low) / 255
        zero_point = math.floor(-low / scale + 0.5)
        codes = torch.floor(values / scale + 0.5) + zero_point
        return codes.clamp(0, 255), scale, zero_point
        """,
        """
        low, high = values.min().clamp(max=0), values.max().clamp(min=0)
        scale = (high - low) / 255
        zero_point = (-low / scale).round().int()
        codes = torch.clamp(torch.round(values / scale) + zero_point, 0, 255)
        return codes.to(torch.uint8), scale, zero_point
        """,
        """
        numbers = values.flatten().tolist() + [0.0]
        scale = (max(numbers) - min(numbers)) / 255
        zero_point = int(round(-min(numbers) / scale))
        grid = torch.arange(256).sub(zero_point) * scale   # all values that there are
        return (values[..., None] - grid).abs().argmin(dim=-1), scale, zero_point
        """,
    ],
    hints=[
        "255 steps from `low` to `high`: how wide is one, and after how many steps from `low` comes 0?",
        "`zero_point = round(-low / scale)`; the code of a value is `round(value / scale) + zero_point`.",
        "The range has to include 0, also where no value is near it: `low = min(values.min(), 0)`.",
    ],
    misconceptions=[
        Misconception(
            "the range is where the values are",
            _sample(low="values.min().item()", high="values.max().item()"),
            when=_does(
                _rule(_own_ends, clamped=False),
                _rule(_own_ends),
                lambda v: (*_rule(_own_ends)(v)[:2], min(max(_rule(_own_ends)(v)[2], 0), 255)),
            ),
            says="Right where 0 is among the values. In the third case all are above it, the range begins "
            "at 1.04, and 0 has no code: padding and what a ReLU cuts could not be stored. Let the range "
            "include 0.",
            also=[
                _sample(
                    low="values.min().item()",
                    high="values.max().item()",
                    codes="(values / scale).round() + zero_point",
                )
            ],
        ),
        Misconception(
            "256 codes are 256 steps",
            _sample(scale="(high - low) / 256"),
            when=_does(_rule(steps=256, clamped=False), _rule(steps=256)),
            says="From 0 to 255 there are 256 codes and 255 steps between them, as a fence of 256 posts has "
            "255 panels. With your scale the largest value would get the code 256.",
        ),
        Misconception(
            "as many to the left as to the right",
            _sample(
                scale="values.abs().max().item() / 127",
                point="0",
                codes="(values / scale).round()",
            ),
            when=_does(_symmetric, _shifted),
            says="That is absmax: 0 in the middle, as many codes below it as above. After a ReLU nothing is "
            "below, so half of them are never used. Stretch the 255 steps over the range that there is.",
            also=[
                _sample(
                    scale="values.abs().max().item() / 127",
                    point="128",
                    codes="(values / scale).round() + 128",
                )
            ],
        ),
        Misconception(
            "the zero-point may be broken",
            _sample(point="-low / scale"),
            when=_does(
                _rule(point=lambda point: point, clamped=False),
                _rule(point=lambda point: point),
                lambda v: (
                    (v / _right(v)[1] - _range(v)[0] / _right(v)[1]).round(),
                    _right(v)[1],
                    -_range(v)[0] / _right(v)[1],
                ),
                lambda v: (_right(v)[0], _right(v)[1], -_range(v)[0] / _right(v)[1]),
            ),
            says="Your zero-point is no whole number. It is a code, the code of 0, and 0 has to come back as "
            "exactly 0: round it.",
            also=[
                _sample(point="-low / scale", codes="(values / scale + zero_point).round()"),
                _sample(point="-low / scale", codes="(values / scale).round() + round(zero_point)"),
            ],
        ),
        Misconception(
            "a zero-point is cut off",
            _sample(point="int(-low / scale)"),
            when=_does(_rule(point=int, clamped=False), _rule(point=int)),
            says="Off by one in the first case: `int()` cuts 17.6 down to 17, and the smallest value would "
            "get the code −1. Round to the nearest.",
            also=[_sample(point="-low // scale", codes="(values / scale).round() + zero_point")],
        ),
        Misconception(
            "a zero-point is rounded up",
            _sample(point="math.ceil(-low / scale)"),
            when=_does(_rule(point=math.ceil, clamped=False), _rule(point=math.ceil)),
            says="Off by one where 0 lies nearer to the code below: `ceil` makes 9 of 8.5 and of 8.1 alike. "
            "Round to the nearest.",
            also=[_sample(point="math.ceil(-low / scale)", codes="(values / scale).round() + zero_point")],
        ),
        Misconception(
            "everything is cut off",
            _sample(point="int(-low / scale)", codes="(values / scale + zero_point).to(torch.uint8)"),
            when=_does(*(_cut(point, how) for point in (int, round) for how in _CUTS)),
            says="The scale is right; codes are cut off instead of rounded to the nearest (`int()`, "
            "`floor()` and a format of whole numbers all cut), and the zero-point if you cut that, too.",
            also=[
                _sample(point="int(-low / scale)", codes="(values / scale).int() + zero_point"),
                _sample(point="int(-low / scale)", codes="((values - low) / scale).to(torch.uint8)"),
                _sample(point="round(-low / scale)", codes="((values - low) / scale).int()"),
                _sample(codes="(values / scale).int() + zero_point"),
                _sample(codes="(values / scale + zero_point).int()"),
            ],
        ),
        Misconception(
            "two roundings go the same way",
            _sample(codes="((values - low) / scale).round()"),
            when=_does(lambda v: (_from_the_bottom(v), *_right(v)[1:])),
            says="Scale and zero-point are right; codes counted from `low` do not meet that zero-point, "
            "because each was rounded apart. A value that comes back is then up to a whole step off. Count "
            "from 0: `(values / scale).round() + zero_point`.",
        ),
        Misconception(
            "what is rounded stays in its range",
            _sample(codes="(values / scale).round() + zero_point"),
            when=_everywhere(
                _rule(clamped=False),
                lambda v: ((v / _right(v)[1] + _right(v)[2]).round(), *_right(v)[1:]),
                lambda v: (_rule(clamped=False)(v)[0] % 256, *_right(v)[1:]),
            ),
            says="Right but for the last case, where both ends lie in the middle between two codes: rounded "
            "up twice, the largest value gets 256, and in uint8 that is 0. `clamp(0, 255)` the codes.",
            also=[
                _sample(codes="(values / scale + zero_point).round()"),
                _sample(codes="((values / scale).round() + zero_point).to(torch.uint8)"),
            ],
        ),
        Misconception(
            "the zero-point is the smallest value",
            _sample(point="low", codes="((values - low) / scale).round()"),
            when=_does(
                _changed(lambda codes, scale, point, values: (codes, scale, _range(values)[0])),
                lambda v: (_from_the_bottom(v), _right(v)[1], _range(v)[0]),
            ),
            says="The codes are right, and as the zero-point you hand over the smallest *value*. It is the "
            "*code* of 0: how many steps from there to 0?",
        ),
        Misconception(
            "the zero-point has a minus",
            _sample(point="round(low / scale)", codes="(values / scale).round() - zero_point"),
            when=_does(_changed(lambda codes, scale, point, values: (codes, scale, -point))),
            says="The codes are right; the zero-point has the wrong sign. It is the code of 0, so it lies "
            "between 0 and 255.",
        ),
        Misconception(
            "the zero-point is only handed over",
            _sample(codes="(values / scale).round()"),
            when=_does(
                _changed(lambda codes, scale, point, values: (codes - point, scale, point)),
                _changed(lambda codes, scale, point, values: ((codes - point).clamp(0, 255), scale, point)),
            ),
            says="Scale and zero-point are right, and the codes were made without it: those of negative "
            "values are below 0 (or cut off there). Add the zero-point.",
            also=[_sample(codes="(values / scale).round().clamp(0, 255)")],
        ),
        Misconception(
            "from the bottom, and the zero-point on top",
            _sample(codes="((values - low) / scale).round() + zero_point"),
            when=_does(
                _changed(lambda codes, scale, point, values: (codes + point, scale, point)),
                _changed(lambda codes, scale, point, values: ((codes + point).clamp(0, 255), scale, point)),
                lambda v: (_from_the_bottom(v) + _right(v)[2], *_right(v)[1:]),
                lambda v: ((_from_the_bottom(v) + _right(v)[2]).clamp(0, 255), *_right(v)[1:]),
            ),
            says="Scale and zero-point are right, and it is in the codes twice: `values - low` begins at "
            "the bottom already. Either that, or `values / scale` and the zero-point.",
            also=[_sample(codes="(((values - low) / scale).round() + zero_point).clamp(0, 255)")],
        ),
        Misconception(
            "eight bits are signed",
            _sample(
                point="round(-low / scale) - 128",
                codes="(values / scale).round() + zero_point",
            ),
            when=_does(_changed(lambda codes, scale, point, values: (codes - 128, scale, point - 128))),
            says="Right for int8, whose codes go from −128 to 127. These are uint8: from 0 to 255, and the "
            "zero-point with them.",
        ),
    ],
    slips=[
        Slip(_sample(gives="codes, scale"), "Expected the 3 parts"),
        Slip(_sample(gives="scale, zero_point, codes"), "in another order"),
        Slip(_sample().replace("return ", ""), "gave nothing back"),
    ],
    follows="Weights lie around 0 and do without; activations after a ReLU get twice as fine a grid from it. "
    "In what `quantize_dynamic` writes, an operator (`DynamicQuantizeLinear`) finds both anew for each text.",
)
