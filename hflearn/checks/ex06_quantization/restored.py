"""q5: back from codes to values, in a format that cannot hold what lies between."""

from functools import cache
from typing import Any

from ..expect import Array, Expectation
from ..function import Case, Function
from ..question import Misconception, Question, Slip
from ..rules import giving


@cache
def _inputs() -> list[tuple[Any, float, int]]:
    import torch

    return [
        (torch.tensor([0, 18, 71, 14, 255, 118], dtype=torch.uint8), 0.01, 18),
        (torch.tensor([[0, 255], [60, 1]], dtype=torch.uint8), 0.025, 0),
        (torch.tensor([0, 205, 132, 255], dtype=torch.uint8), 0.5, 255),
    ]


_does = giving(_inputs)


def _right(codes: Any, scale: float, zero_point: int) -> Any:
    return (codes.float() - zero_point) * scale


def _signed(codes: Any) -> Any:
    import torch

    return codes.to(torch.int8)


def _expects() -> Expectation:
    return Function([Case(args, Array(_right(*args).numpy())) for args in _inputs()])


question = Question(
    title="Nights of +2.38 degrees",
    expects=_expects,
    reference="return (codes.float() - zero_point) * scale",
    alternatives=[
        "return scale * (codes.to(torch.int16) - zero_point)",
        "return codes * scale - zero_point * scale",
        """
        def value(code):
            return [value(c) for c in code] if isinstance(code, list) else (code - zero_point) * scale
        return value(codes.tolist())
        """,
    ],
    hints=[
        "Run `codes - zero_point` by itself, and look at the element that should be negative.",
        "A uint8 holds 0 to 255: 14 − 18 is not −4 in it. What can be negative?",
        "`codes.float()`, before anything is subtracted.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired: a number is a number",
            "return (codes - zero_point) * scale",
            when=_does(lambda codes, scale, zero_point: (codes - zero_point) * scale),
            says="Still 2.38 where −0.18 belongs, and no error. `codes` is uint8, and so is `codes - "
            "zero_point`: below 0 it goes on at 255 (0 − 18 is 238). Make the codes a format with a sign "
            "first.",
            also=[
                "return (codes - zero_point).float() * scale",
                "return (codes - torch.tensor(zero_point, dtype=torch.uint8)).to(torch.int32) * scale",
            ],
        ),
        Misconception(
            "int8 has a sign",
            "return (codes.to(torch.int8) - zero_point) * scale",
            when=_does(
                lambda codes, scale, zero_point: (_signed(codes) - zero_point) * scale,
                lambda codes, scale, zero_point: (_signed(codes).float() - zero_point) * scale,
            ),
            says="int8 has a sign and ends at 127: the codes from 128 to 255 turn negative on the way into "
            "it. The format must hold −255 to 255: int16, int32, or float.",
            also=["return (codes.to(torch.int8).float() - zero_point) * scale"],
        ),
        Misconception(
            "the scale is for storing",
            "return codes.float() - zero_point",
            when=_does(lambda codes, scale, zero_point: codes.float() - zero_point),
            says="Those are steps, not values: one step is `scale` wide. Multiply by it.",
        ),
        Misconception(
            "the zero-point is for storing",
            "return codes.float() * scale",
            when=_does(lambda codes, scale, zero_point: codes.float() * scale),
            says="You left the zero-point out: the code of 0 is `zero_point`, and comes back here as "
            "something above 0. Every value is too large by the same amount.",
        ),
        Misconception(
            "first the scale",
            "return codes.float() * scale - zero_point",
            when=_does(lambda codes, scale, zero_point: codes.float() * scale - zero_point),
            says="The zero-point is a code, in steps, and you took it off values. Subtract first, then "
            "multiply.",
        ),
        Misconception(
            "as it was stored",
            "return (codes.float() + zero_point) * scale",
            when=_does(lambda codes, scale, zero_point: (codes.float() + zero_point) * scale),
            says="Storing *added* the zero-point. To come back, take it off.",
        ),
        Misconception(
            "from the zero-point to the code",
            "return (zero_point - codes.float()) * scale",
            when=_does(lambda codes, scale, zero_point: (zero_point - codes.float()) * scale),
            says="Every sign is the wrong one. A code above the zero-point stands for a value above 0: "
            "`codes - zero_point`.",
        ),
        Misconception(
            "dividing brings it back",
            "return (codes.float() - zero_point) / scale",
            when=_does(lambda codes, scale, zero_point: (codes.float() - zero_point) / scale),
            says="Storing divided by the scale; to come back, multiply.",
        ),
        Misconception(
            "negative is wrong",
            "return ((codes.float() - zero_point) * scale).clamp(min=0)",
            when=_does(
                lambda codes, scale, zero_point: _right(codes, scale, zero_point).clamp(min=0),
                lambda codes, scale, zero_point: _right(codes, scale, zero_point).abs(),
            ),
            says="The wild numbers are gone, and so are all below 0, which were right: a night may be cold. "
            "Nothing has to be cut off once the codes are in a format with a sign.",
            also=["return ((codes.float() - zero_point) * scale).abs()"],
        ),
    ],
    slips=[
        Slip("return codes.float()", "values are not"),
        Slip("restored = (codes.float() - zero_point) * scale", "gave nothing back"),
    ],
    follows="No error, no warning, and only values below 0 were wrong. Whole numbers of a few bits go round "
    "like an odometer in torch and numpy alike: widen first, then compute.",
)
