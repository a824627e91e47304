"""q2: absmax quantization by hand."""

from collections.abc import Callable
from functools import cache
from typing import Any

from ..expect import Array, Expectation, Number, Parts
from ..function import Case
from ..lending import Lending
from ..question import Misconception, Question, Slip
from ..rules import giving


@cache
def _inputs() -> list[tuple[Any, int]]:
    """In two of three the weight furthest from 0 is negative."""
    import torch

    return [
        (torch.tensor([0.314, -1.27, 0.052, 0.908, -0.447]), 8),
        (torch.tensor([[0.34, -0.12, 0.26], [-0.68, 0.7, 0.0]]), 4),
        (torch.tensor([-3.0, 1.7, 0.8, -1.3]), 3),
    ]


_does = giving(_inputs)


def _most(bits: int) -> int:
    return 2 ** (bits - 1) - 1


def _with(
    scale: Callable[[Any, int], Any], rounding: Callable[[Any], Any] | None = None
) -> Callable[[Any, int], Any]:
    """Codes and scale by another scale, or another way to round."""

    def rule(weights: Any, bits: int) -> Any:
        step = scale(weights, bits)
        return (rounding or (lambda codes: codes.round()))(weights / step), step

    return rule


def _step(weights: Any, bits: int) -> Any:
    return weights.abs().max() / _most(bits)


_right = _with(_step)


def _clamped(rule: Callable[[Any, int], Any]) -> Callable[[Any, int], Any]:
    def clamped(weights: Any, bits: int) -> Any:
        codes, scale = rule(weights, bits)
        return codes.clamp(-_most(bits), _most(bits)), scale

    return clamped


def _clamped_lower(rule: Callable[[Any, int], Any]) -> Callable[[Any, int], Any]:
    def clamped(weights: Any, bits: int) -> Any:
        codes, scale = rule(weights, bits)
        return codes.clamp(-_most(bits) - 1, _most(bits)), scale

    return clamped


def _in_int8(rule: Callable[[Any, int], Any]) -> Callable[[Any, int], Any]:
    """Codes above 127 come round at −128."""

    def wrapped(weights: Any, bits: int) -> Any:
        codes, scale = rule(weights, bits)
        return (codes + 128) % 256 - 128, scale

    return wrapped


def _kept_in_int8(rule: Callable[[Any, int], Any]) -> Callable[[Any, int], Any]:
    """Cut off at the ends of int8, whatever the number of bits."""

    def clamped(weights: Any, bits: int) -> Any:
        codes, scale = rule(weights, bits)
        return codes.clamp(-128, 127), scale

    return clamped


def _signed_scale(weights: Any, bits: int) -> Any:
    """The scale of the largest positive weight, beside the right codes."""
    return _right(weights, bits)[0], weights.max() / _most(bits)


_half = _with(lambda weights, bits: weights.abs().max() / 2 ** (bits - 1))
_whole = _with(lambda weights, bits: weights.abs().max() / (2**bits - 1))
_signed = _with(lambda weights, bits: weights.max() / _most(bits))
_width = _with(lambda weights, bits: (weights.max() - weights.min()) / (2**bits - 1))
_always_eight = _with(lambda weights, bits: weights.abs().max() / 127)


def _expects() -> Expectation:
    found = []
    for args in _inputs():
        codes, scale = _right(*args)
        found.append(Case(args, Parts({"codes": Array(codes.numpy()), "scale": Number(float(scale), 1e-4)})))
    return Lending(found)


_CODE = """
scale = {scale}
codes = {codes}
return {gives}
"""


def _sample(
    scale: str = "weights.abs().max() / (2 ** (bits - 1) - 1)",
    codes: str = "(weights / scale).round()",
    gives: str = "codes, scale",
) -> str:
    return _CODE.format(scale=scale, codes=codes, gives=gives)


question = Question(
    title="Eight bits by hand",
    expects=_expects,
    reference="""
        most = 2 ** (bits - 1) - 1
        scale = weights.abs().max() / most
        return (weights / scale).round(), scale
    """,
    alternatives=[
        """
        largest = 2 ** (bits - 1) - 1
        scale = max(abs(weights.min().item()), abs(weights.max().item())) / largest
        codes = torch.round(weights / scale).clamp(-largest, largest).to(torch.int8)
        return codes, scale
        """,
        """
        scale = torch.linalg.vector_norm(weights, ord=float("inf")) / (2 ** (bits - 1) - 1)
        return [(weights / scale).round().tolist(), scale.item()]
        """,
    ],
    hints=[
        "With 8 bits the largest code is 127. The weight furthest from 0 gets it (or −127): what is one "
        "step?",
        "`scale = weights.abs().max() / (2 ** (bits - 1) - 1)`.",
        "A code is `weights / scale`, rounded to the nearest whole number.",
    ],
    misconceptions=[
        Misconception(
            "the largest code is a power of two",
            _sample(scale="weights.abs().max() / 2 ** (bits - 1)"),
            when=_does(_half, _clamped(_half), _clamped_lower(_half)),
            says="You divided by 2^(bits − 1), so the largest weight gets 128 of 8 bits, which an int8 "
            "cannot hold. The codes go up to 127, one less: one of the 256 is 0.",
            also=[
                _sample(
                    scale="weights.abs().max() / 2 ** (bits - 1)",
                    codes="(weights / scale).round().clamp(-(2 ** (bits - 1)), 2 ** (bits - 1) - 1)",
                )
            ],
        ),
        Misconception(
            "all codes for the positive half",
            _sample(scale="weights.abs().max() / (2 ** bits - 1)"),
            when=_does(_whole, _clamped(_whole), _clamped_lower(_whole)),
            says="You divided by 2^bits − 1, as if all codes lay above 0. Half of them are for the negative "
            "weights: up to 2^(bits − 1) − 1 are left for the positive ones.",
        ),
        Misconception(
            "the largest weight is the furthest from zero",
            _sample(scale="weights.max() / (2 ** (bits - 1) - 1)"),
            when=_does(
                _signed,
                _clamped(_signed),
                _clamped_lower(_signed),
                _in_int8(_signed),
                _kept_in_int8(_signed),
                _signed_scale,
            ),
            says="`max()` is the largest *positive* weight. Where a negative one lies further out, its code "
            "leaves the range (or is cut off there, or comes round at the other end). Take the absolute "
            "value first.",
            also=[
                _sample(
                    scale="weights.max() / (2 ** (bits - 1) - 1)",
                    codes="(weights / scale).round().clamp(-(2 ** (bits - 1) - 1), 2 ** (bits - 1) - 1)",
                ),
                _sample(
                    scale="weights.max() / (2 ** (bits - 1) - 1)",
                    codes="(weights / scale).round().to(torch.int8)",
                ),
                _sample(
                    scale="weights.max() / (2 ** (bits - 1) - 1)",
                    codes="(weights / scale).round().clamp(-128, 127)",
                ),
            ],
        ),
        Misconception(
            "the range is from the smallest to the largest",
            _sample(scale="(weights.max() - weights.min()) / (2 ** bits - 1)"),
            when=_does(_width, _clamped(_width), _clamped_lower(_width)),
            says="You spread the codes from the smallest to the largest weight. That needs a zero-point, "
            "which question 4 adds; here 0 stays 0, and the range is as wide to the left as to the right.",
        ),
        Misconception(
            "always eight bits",
            _sample(scale="weights.abs().max() / 127"),
            when=_does(_always_eight),
            says="Right for 8 bits; you took 127 for 4 and 3 bits, too. Their largest codes are 7 and 3.",
        ),
        Misconception(
            "cutting off is rounding",
            _sample(codes="(weights / scale).int()"),
            when=_does(*(_with(_step, how) for how in (lambda c: c.trunc(), lambda c: c.floor()))),
            says="You cut the decimals off (`int()` and `trunc()` go towards 0, `floor()` down). Rounding to "
            "the nearest is off by half as much at the worst, and not always in one direction.",
            also=[
                _sample(codes="torch.floor(weights / scale)"),
                _sample(codes="(weights / scale).to(torch.int8)"),
            ],
        ),
        Misconception(
            "codes need not be whole",
            _sample(codes="weights / scale"),
            when=_does(_with(_step, lambda codes: codes)),
            says="The scale is right, and nothing is rounded: a code has to be a whole number to fit in its "
            "bits.",
        ),
        Misconception(
            "a scale says how many steps there are in 1",
            _sample(scale="(2 ** (bits - 1) - 1) / weights.abs().max()", codes="(weights * scale).round()"),
            when=_does(lambda w, b: (_right(w, b)[0], 1 / _right(w, b)[1])),
            says="The codes are right. Your scale is upside down: whoever multiplies a code by it is to get "
            "the weight back.",
        ),
        Misconception(
            "the weights come back at once",
            _sample(gives="codes * scale, scale"),
            when=_does(lambda w, b: (_right(w, b)[0] * _right(w, b)[1], _right(w, b)[1])),
            says="Those are the weights again, rounded. What is stored are the codes, before they are "
            "multiplied by the scale: that is where the bytes are saved.",
        ),
        Misconception(
            "the codes alone will do",
            _sample(gives="codes"),
            when=_does(lambda w, b: _right(w, b)[0]),
            says="The codes are right, and without the scale nobody gets the weights back from them: hand "
            "over both, `(codes, scale)`.",
        ),
    ],
    slips=[
        Slip(_sample(gives="scale, codes"), "in another order"),
        Slip(_sample(codes="weights.round()"), "`codes`"),
        Slip(_sample().replace("return ", ""), "gave nothing back"),
    ],
    follows="Two lines, and three quarters of the bytes are gone. Everything else in this field is about "
    "which weights share a scale, and where the codes lie.",
)
