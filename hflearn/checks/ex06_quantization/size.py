"""q1: bits against bytes, and what the scales add."""

from ..expect import Expectation, Number
from ..function import Case, Function
from ..question import Misconception, Question, Slip
from ..rules import giving

_CASES = [(1_500_000_000, 8, 128), (135_000_000, 4, 32), (7_000_000_000, 4, 64), (3_000_000_000, 2, 16)]
_does = giving(lambda: _CASES, atol=2e-4)


def _right(parameters: int, bits: int, group: int) -> float:
    return parameters * (bits + 16 / group) / 8e9


def _expects() -> Expectation:
    return Function([Case(args, Number(_right(*args), rel=1e-4, unit="GB")) for args in _CASES])


_A_WEIGHT = "return parameters * ({}) / 8 / 1e9"

question = Question(
    title="Does it fit on the tablet?",
    expects=_expects,
    reference="""
        bits_a_weight = bits + 16 / group   # its own, and its share of the scale
        return parameters * bits_a_weight / 8 / 1e9
    """,
    alternatives=[
        """
        weights = parameters * bits // 8
        scales = -(-parameters // group) * 2
        return (weights + scales) / 10**9
        """,
        "return round(parameters * bits / 8e9 + parameters / group * 2 / 1e9, 6)",
    ],
    hints=[
        "How many scales are there, and how many bytes is one of them?",
        "`parameters / group` scales of 2 bytes, and `parameters` weights of `bits / 8` bytes.",
        "7 billion weights at 4 bits are 3.5 GB before the scales.",
    ],
    misconceptions=[
        Misconception(
            "scales are free",
            _A_WEIGHT.format("bits"),
            when=_does(lambda p, b, g: p * b / 8e9, lambda p, b, g: p * (b + g / p) / 8e9),
            says="Those are the weights alone, or nearly: every `group` of them has a scale of 16 bits, so "
            "there are `parameters / group` scales. “4 bits” with a scale for every 32 weights are 4.5.",
            also=[
                "return (parameters * bits + 16) / 8 / 1e9",
                "return (parameters * bits + 16 * group) / 8 / 1e9",
                _A_WEIGHT.format("bits + 16 // group if group > 16 else bits"),
            ],
        ),
        Misconception(
            "a bit is a byte",
            "return parameters * (bits + 16 / group) / 1e9",
            when=_does(lambda p, b, g: 8 * _right(p, b, g), lambda p, b, g: p * b / 1e9),
            says="Eight times too much: those are bits (gigabits). A byte has eight of them.",
            also=["return parameters * bits / 1e9"],
        ),
        Misconception(
            "sixteen bytes a scale",
            "return (parameters * bits / 8 + parameters / group * 16) / 1e9",
            when=_does(lambda p, b, g: p * (b / 8 + 16 / g) / 1e9),
            says="The weights are right; each scale counts eightfold. It has 16 *bits*, which are 2 bytes.",
        ),
        Misconception(
            "a scale for every weight",
            _A_WEIGHT.format("bits + 16"),
            when=_does(lambda p, b, g: p * (b + 16) / 8e9),
            says="You gave every weight a scale of its own: larger than float16, which needs none. A whole "
            "`group` shares one.",
        ),
        Misconception(
            "a group weighs as much as its scale",
            _A_WEIGHT.format("bits + group / 16"),
            when=_does(lambda p, b, g: p * (b + g / 16) / 8e9),
            says="The fraction is upside down. The larger the group, the *less* of its scale falls to each "
            "weight: 16 bits shared by `group` weights.",
        ),
        Misconception(
            "one scale is one byte",
            "return (parameters * bits / 8 + parameters / group) / 1e9",
            when=_does(lambda p, b, g: p * (b / 8 + 1 / g) / 1e9),
            says="The number of scales is right; each counts as one byte. 16 bits are two.",
        ),
        Misconception(
            "a scale has 32 bits",
            _A_WEIGHT.format("bits + 32 / group"),
            when=_does(lambda p, b, g: p * (b + 32 / g) / 8e9),
            says="The sum is right, with scales of 32 bits, as nf4 has them in the lesson. These have 16.",
        ),
        Misconception(
            "the scale is in the bits",
            _A_WEIGHT.format("bits - 16 / group"),
            when=_does(lambda p, b, g: p * (b - 16 / g) / 8e9),
            says="You took the scales off the weights' bits. They come on top.",
        ),
    ],
    slips=[
        Slip("return parameters * (bits + 16 / group) / 8 / 2**30", "right in GiB"),
        Slip("return parameters * (bits + 16 / group) / 8 / 1e6", "right in MB"),
        Slip("return parameters * (bits + 16 / group) / 8", "right in bytes"),
        Slip("print(parameters * (bits + 16 / group) / 8e9)", "gave nothing back"),
    ],
    follows="So 7 billion weights at “4 bits” are 3.7 GB, and a tablet with 4 GB has its system, the cache "
    "of keys and values and the app beside them. Ask what a format costs a weight with its scales: 4.25, "
    "4.5, 4.85.",
)
