"""q3: one scale for a whole matrix, where its channels differ a thousandfold."""

from collections.abc import Callable
from functools import cache
from typing import Any

from ..describe import describe
from ..expect import Array, Expectation
from ..function import Case
from ..lending import Lending
from ..question import Misconception, Question, Slip
from ..rules import giving, raised


@cache
def _inputs() -> list[tuple[Any, int]]:
    """Rows of different size; a square matrix, which hides a wrong axis; a row of zeros; and faint rows."""
    import torch

    noise = torch.Generator().manual_seed(6)
    sizes = torch.tensor([[20.0], [1.0], [0.05], [3.0]])
    square = torch.randn(4, 4, generator=noise) * sizes
    wide = torch.randn(3, 7, generator=noise) * sizes[:3]
    pruned = torch.randn(4, 5, generator=noise)
    pruned[2] = 0
    faint = torch.randn(3, 6, generator=noise) * torch.tensor([[1e-2], [1e-3], [1e-4]])
    return [(square, 8), (wide, 4), (pruned, 4), (faint, 8)]


_does = giving(_inputs, atol=1e-5)
_does_to_the_faint = giving(lambda: _inputs()[3:], atol=5e-9)


def _faintly(*rules: Callable[[Any, int], Any]) -> Callable[[Any], bool]:
    """Results are those of a rule also where the weights themselves are smaller than a tolerance."""
    return lambda seen: any(_does(rule)(seen) and _does_to_the_faint(rule)(seen[3:]) for rule in rules)


_EPSILON = 2.0**-23  # of float32


def _most(bits: int) -> int:
    return 2 ** (bits - 1) - 1


def _by(
    largest: Callable[[Any], Any], rounding: Callable[[Any], Any] | None = None, least: float = 1e-12
) -> Callable[[Any, int], Any]:
    """Rounded weights, whose scale comes from another largest weight, or is held above another bound."""

    def rule(matrix: Any, bits: int) -> Any:
        scale = (largest(matrix) / _most(bits)).clamp(min=least)
        return (rounding or (lambda codes: codes.round()))(matrix / scale) * scale

    return rule


_right = _by(lambda matrix: matrix.abs().amax(1, keepdim=True))


def _codes(matrix: Any, bits: int) -> Any:
    scale = (matrix.abs().amax(1, keepdim=True) / _most(bits)).clamp(min=1e-12)
    return (matrix / scale).round()


def _nothing_for_zeros(matrix: Any, bits: int) -> Any:
    scale = matrix.abs().amax(1, keepdim=True) / _most(bits)
    return (matrix / scale).round() * scale


def _added(more: float) -> Callable[[Any, int], Any]:
    """A constant on top of every scale."""

    def rule(matrix: Any, bits: int) -> Any:
        scale = matrix.abs().amax(1, keepdim=True) / _most(bits) + more
        return (matrix / scale).round() * scale

    return rule


def _kept_in(matrix: Any, bits: int) -> Any:
    """Signed largest, what leaves the range cut off."""
    scale = (matrix.amax(1, keepdim=True) / _most(bits)).clamp(min=1e-12)
    return (matrix / scale).round().clamp(-_most(bits), _most(bits)) * scale


class _Matrices(Lending):
    """As Lending; and each result is a tensor, as a layer wants it."""

    def complaint(self, seen: Any) -> str | None:
        if said := super().complaint(seen):
            return said
        import torch

        odd = next((result for result in seen if not isinstance(result, torch.Tensor)), None)
        if odd is not None:
            return f"The numbers are right. A layer wants them as a tensor; you gave {describe(odd)}."
        return None


def _expects() -> Expectation:
    tolerances = [1e-4, 1e-4, 1e-4, 1e-7]  # the last case's weights are small themselves
    return _Matrices(
        [
            Case(args, Array(_right(*args).numpy(), atol=atol))
            for args, atol in zip(_inputs(), tolerances, strict=True)
        ]
    )


_CODE = """
scale = {scale}
codes = {codes}
return {gives}
"""
_ROWS = "(matrix.abs().amax(dim=1, keepdim=True) / (2 ** (bits - 1) - 1)).clamp(min=1e-12)"


def _sample(scale: str = _ROWS, codes: str = "(matrix / scale).round()", gives: str = "codes * scale") -> str:
    return _CODE.format(scale=scale, codes=codes, gives=gives)


question = Question(
    title="The quiet channels went silent",
    expects=_expects,
    reference="""
        most = 2 ** (bits - 1) - 1
        scales = matrix.abs().amax(dim=1, keepdim=True) / most   # (outputs, 1)
        scales[scales == 0] = 1   # a row of zeros: any scale will do
        return (matrix / scales).round() * scales
    """,
    alternatives=[
        """
        rows = []
        for row in matrix:
            scale = row.abs().max() / (2 ** (bits - 1) - 1)
            rows.append((row / scale).round() * scale if scale > 0 else row)
        return torch.stack(rows)
        """,
        """
        scales = matrix.abs().max(dim=-1).values / (2 ** (bits - 1) - 1)
        codes = (matrix / scales[:, None]).nan_to_num(0).round().to(torch.int8)
        return codes * scales[:, None]
        """,
    ],
    hints=[
        "`matrix.abs().amax(dim=1)` gives the largest of each row. Which shape must it have to divide the "
        "rows?",
        "`keepdim=True` leaves it as (outputs, 1), which stretches along each row.",
        "A row of zeros has 0 as its largest: 0 / 0 is `nan`. `.clamp(min=1e-12)` on the scales is one way "
        "out.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired: one scale will do",
            _sample(scale="matrix.abs().max() / (2 ** (bits - 1) - 1)"),
            when=_does(_by(lambda matrix: matrix.abs().max())),
            says="One scale for the whole matrix, as before: in the first case the largest row takes the "
            "grid, and the row that is four hundred times smaller becomes 0. Each row wants a scale of its "
            "own.",
        ),
        Misconception(
            "a channel is a column",
            _sample(scale=_ROWS.replace("dim=1", "dim=0")),
            when=_does(_by(lambda matrix: matrix.abs().amax(0, keepdim=True))),
            says="You have a scale for each column, that is for each *input*. A linear layer's matrix is "
            "(outputs, inputs): the weights of one output, its channel, are a row.",
            also=[_sample(scale="(matrix.abs().amax(dim=0) / (2 ** (bits - 1) - 1)).clamp(min=1e-12)")],
        ),
        Misconception(
            "shapes find each other",
            _sample(scale=_ROWS.replace(", keepdim=True", "")),
            when=raised(RuntimeError, "must match the size"),
            says="The scales do not fit: a number for each row, in one dimension, is laid along the "
            "*columns*. (With the square matrix that went unnoticed, and divided by the wrong ones.) "
            "`keepdim=True` keeps them upright: (outputs, 1).",
        ),
        Misconception(
            "nothing is ever zero",
            _sample(scale="matrix.abs().amax(dim=1, keepdim=True) / (2 ** (bits - 1) - 1)"),
            when=_does(_nothing_for_zeros),
            says="Right but for a row of zeros, as pruning leaves them: its scale is 0, and 0 / 0 is `nan`, "
            "which one layer later is everywhere. Keep the scales above 0.",
            also=[
                "return torch.stack([(r / (r.abs().max() / (2 ** (bits - 1) - 1))).round() "
                "* (r.abs().max() / (2 ** (bits - 1) - 1)) for r in matrix])"
            ],
        ),
        Misconception(
            "codes are weights",
            _sample(gives="codes"),
            when=_does(_codes),
            says="Those are the codes: whole numbers, with every row up to the same largest one. The layer "
            "needs weights; multiply each row by its scale again.",
        ),
        Misconception(
            "the largest is the furthest from zero",
            _sample(scale=_ROWS.replace(".abs()", "")),
            when=_does(_by(lambda matrix: matrix.amax(1, keepdim=True)), _kept_in),
            says="You took each row's largest positive weight. Where a negative one lies further out, it "
            "leaves the range: take the absolute values first.",
            also=[
                _sample(
                    scale=_ROWS.replace(".abs()", ""),
                    codes="(matrix / scale).round().clamp(-(2 ** (bits - 1) - 1), 2 ** (bits - 1) - 1)",
                )
            ],
        ),
        Misconception(
            "a small number to be safe",
            _sample(scale="matrix.abs().amax(dim=1, keepdim=True) / (2 ** (bits - 1) - 1) + 1e-2"),
            when=_faintly(*(_added(10.0**power) for power in range(-9, 0)), _added(_EPSILON)),
            says="The zeros are safe, and you *add* to every scale: beside the scale of a quiet row that is "
            "not small. Bound the scales instead, `clamp(min=1e-12)`, or replace the zeros alone.",
            also=[
                _sample(scale=f"matrix.abs().amax(dim=1, keepdim=True) / (2 ** (bits - 1) - 1) + {more}")
                for more in ("1e-3", "1e-5", "1e-6", "1e-8", "1e-9", "torch.finfo(torch.float32).eps")
            ],
        ),
        Misconception(
            "no scale is as small as that",
            _sample(scale=_ROWS.replace("1e-12", "1e-3")),
            when=_faintly(
                *(
                    _by(lambda matrix: matrix.abs().amax(1, keepdim=True), least=10.0**power)
                    for power in range(-5, 0)
                )
            ),
            says="The zeros are safe, and your bound is too high: the scale of a quiet row lies below it and "
            "is lifted to it, which rounds that row too coarsely. Take one below any scale: "
            "`clamp(min=1e-12)`.",
            also=[_sample(scale=_ROWS.replace("1e-12", least)) for least in ("1e-2", "1e-4", "1e-5")],
        ),
        Misconception(
            "cutting off is rounding",
            _sample(codes="(matrix / scale).int()"),
            when=_does(
                _by(lambda matrix: matrix.abs().amax(1, keepdim=True), lambda codes: codes.trunc()),
                _by(lambda matrix: matrix.abs().amax(1, keepdim=True), lambda codes: codes.floor()),
            ),
            says="You cut the decimals off. Round to the nearest: the error is half as large at the worst.",
        ),
        Misconception(
            "as many steps as there are codes",
            _sample(scale="(matrix.abs().amax(dim=1, keepdim=True) / 2 ** (bits - 1)).clamp(min=1e-12)"),
            when=_does(
                lambda matrix, bits: _by(
                    lambda m: m.abs().amax(1, keepdim=True) * _most(bits) / 2 ** (bits - 1)
                )(matrix, bits)
            ),
            says="The rows are right; each largest weight gets the code 2^(bits − 1), one more than fits. "
            "Divide by 2^(bits − 1) − 1.",
        ),
        Misconception(
            "always eight bits",
            _sample(scale="(matrix.abs().amax(dim=1, keepdim=True) / 127).clamp(min=1e-12)"),
            when=_does(
                lambda matrix, bits: _by(lambda m: m.abs().amax(1, keepdim=True) * _most(bits) / 127)(
                    matrix, bits
                )
            ),
            says="Right with 8 bits; with 4 the largest code is 7, and you took 127 there, too.",
        ),
        Misconception(
            "all codes for the positive half",
            _sample(scale="(matrix.abs().amax(dim=1, keepdim=True) / (2 ** bits - 1)).clamp(min=1e-12)"),
            when=_does(
                lambda matrix, bits: _by(
                    lambda m: m.abs().amax(1, keepdim=True) * _most(bits) / (2**bits - 1)
                )(matrix, bits)
            ),
            says="You divided by 2^bits − 1, twice as many steps as there are: half of the codes are for "
            "the negative weights.",
        ),
    ],
    slips=[
        Slip(_sample(gives="codes * scale, scale"), "Expected an array of shape (4, 4), got"),
        Slip(_sample(gives="(codes * scale).T"), "values are not"),
        Slip(_sample(gives="(codes * scale).tolist()"), "as a tensor"),
        Slip(_sample(codes="matrix.div_(scale).round_()", gives="matrix.mul_(scale)"), "wrote into"),
        Slip(_sample(scale=_ROWS.replace("abs()", "abs_()"), codes="(matrix / scale).round()"), "are not"),
        Slip(_sample().replace("return ", ""), "gave nothing back"),
    ],
    follows="A scale a row costs 16 bits for hundreds of weights, and is why `per_channel=True` stands in "
    "every recipe. It is free at run time, too: an output is multiplied by its scale once, after the sum.",
)
