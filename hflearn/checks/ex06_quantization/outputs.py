"""q6: what rounding does to a layer is seen in its outputs."""

from functools import cache
from typing import Any

from ..expect import Expectation, Number
from ..function import Case
from ..lending import Lending
from ..question import Misconception, Question, Slip
from ..rules import giving, raised


@cache
def _inputs() -> list[tuple[Any, Any, Any]]:
    """(weights, rounded, inputs): outputs × inputs twice, texts × inputs. Some inputs are large."""
    import torch

    noise = torch.Generator().manual_seed(9)
    found = []
    for outputs, width, texts in ((4, 4, 4), (3, 6, 5), (2, 8, 3)):
        weights = torch.randn(outputs, width, generator=noise)
        rounded = (weights * 2).round() / 2 + 0.05
        inputs = torch.randn(texts, width, generator=noise)
        inputs[:, 1] *= 30
        found.append((weights, rounded, inputs))
    return found


_does = giving(_inputs)


def _right(weights: Any, rounded: Any, inputs: Any) -> float:
    wanted = inputs @ weights.T
    return float((inputs @ rounded.T - wanted).norm() / wanted.norm())


def _expects() -> Expectation:
    return Lending([Case(args, Number(_right(*args), rel=2e-3)) for args in _inputs()])


_CODE = """
before, after = inputs @ weights.T, inputs @ rounded.T
return {}
"""

question = Question(
    title="Which of the two roundings is better?",
    expects=_expects,
    reference="""
        before, after = inputs @ weights.T, inputs @ rounded.T
        return ((after - before).norm() / before.norm()).item()
    """,
    alternatives=[
        "return (inputs @ (rounded - weights).T).norm() / (inputs @ weights.T).norm()",
        """
        linear = torch.nn.functional.linear
        off = linear(inputs, rounded) - linear(inputs, weights)
        return float(off.square().sum().sqrt() / linear(inputs, weights).square().sum().sqrt())
        """,
        """
        before, after = inputs @ weights.T, inputs @ rounded.T
        return ((after - before).square().mean() / before.square().mean()).sqrt()
        """,
    ],
    hints=[
        "A linear layer computes `inputs @ weights.T`. Compute it with both matrices.",
        "`(after - before).norm()` is how far they are apart. How large is that beside `before`?",
    ],
    misconceptions=[
        Misconception(
            "the error is in the weights",
            "return ((rounded - weights).norm() / weights.norm()).item()",
            when=_does(lambda w, r, x: (r - w).norm() / w.norm()),
            says="That is how far the *weights* are off, and no input comes into it. A weight whose input "
            "is always near 0 may be as wrong as it likes; one whose input is thirty times larger may not. "
            "Measure the outputs.",
        ),
        Misconception(
            "how far, not how far relative to what",
            _CODE.format("(after - before).norm().item()"),
            when=_does(
                lambda w, r, x: (x @ (r - w).T).norm(),
                lambda w, r, x: (x @ (r - w).T).square().mean(),
                lambda w, r, x: (x @ (r - w).T).square().mean().sqrt(),
                lambda w, r, x: (x @ (r - w).T).abs().mean(),
            ),
            says="That grows with the layer and with the number of texts, so nobody can say whether it is "
            "much. Divide by the norm of what the unrounded layer gives.",
            also=[
                _CODE.format("torch.nn.functional.mse_loss(after, before)"),
                _CODE.format("(after - before).abs().mean()"),
            ],
        ),
        Misconception(
            "too much and too little cancel",
            _CODE.format("((after - before).mean() / before.mean()).item()"),
            when=_does(
                lambda w, r, x: (x @ (r - w).T).mean() / (x @ w.T).mean(),
                lambda w, r, x: (x @ (r - w).T).sum() / (x @ w.T).norm(),
                lambda w, r, x: (x @ (r - w).T).mean() / (x @ w.T).norm(),
                lambda w, r, x: (x @ (r - w).T).mean(),
            ),
            says="A mean of differences with their signs: an output that is too large makes up for one that "
            "is too small. The norm squares them first.",
            also=[_CODE.format("(after - before).mean()")],
        ),
        Misconception(
            "the mean of the ratios",
            _CODE.format("((after - before) / before).abs().mean().item()"),
            when=_does(
                lambda w, r, x: ((x @ (r - w).T) / (x @ w.T)).abs().mean(),
                lambda w, r, x: ((x @ (r - w).T) / (x @ w.T)).norm(),
            ),
            says="You divided element by element: an output near 0, where a small slip is a huge ratio, "
            "decides the whole. Take both norms first, then divide once.",
        ),
        Misconception(
            "a ratio for each text",
            _CODE.format("((after - before).norm(dim=1) / before.norm(dim=1)).mean().item()"),
            when=_does(
                lambda w, r, x: ((x @ (r - w).T).norm(dim=1) / (x @ w.T).norm(dim=1)).mean(),
                lambda w, r, x: ((x @ (r - w).T).norm(dim=0) / (x @ w.T).norm(dim=0)).mean(),
            ),
            says="You took a ratio for each text (or output), and the mean of those: one with small outputs "
            "counts as much as one with large ones. One norm over all of them, `norm()` without `dim`.",
        ),
        Misconception(
            "absolute values are a norm",
            _CODE.format("((after - before).abs().mean() / before.abs().mean()).item()"),
            when=_does(
                lambda w, r, x: (x @ (r - w).T).abs().sum() / (x @ w.T).abs().sum(),
                lambda w, r, x: (x @ (r - w).T).abs().max() / (x @ w.T).abs().max(),
            ),
            says="A sound measure, and another one: you took absolute values (or the largest). `norm()` "
            "squares, adds and takes the root, and that is what the suppliers' figures are.",
            also=[_CODE.format("((after - before).abs().max() / before.abs().max()).item()")],
        ),
        Misconception(
            "relative to the rounded",
            _CODE.format("((after - before).norm() / after.norm()).item()"),
            when=_does(lambda w, r, x: (x @ (r - w).T).norm() / (x @ r.T).norm()),
            says="You divided by the norm of the *rounded* layer's outputs: then two roundings are measured "
            "by two yardsticks. Divide by what the unrounded layer gives.",
        ),
        Misconception(
            "a ratio of the sizes",
            _CODE.format("(after.norm() / before.norm()).item()"),
            when=_does(
                lambda w, r, x: (x @ r.T).norm() / (x @ w.T).norm(),
                lambda w, r, x: ((x @ r.T).norm() - (x @ w.T).norm()) / (x @ w.T).norm(),
                lambda w, r, x: ((x @ r.T).norm() - (x @ w.T).norm()).abs() / (x @ w.T).norm(),
            ),
            says="You compare how *long* the two outputs are. Two may be equally long and point elsewhere: "
            "take the norm of their difference.",
            also=[_CODE.format("((after.norm() - before.norm()) / before.norm()).abs().item()")],
        ),
        Misconception(
            "squared is as good",
            _CODE.format("((after - before).square().sum() / before.square().sum()).item()"),
            when=_does(lambda w, r, x: _right(w, r, x) ** 2),
            says="That is the square of what was asked for: 0.1 would look like 0.01. Take the root.",
        ),
        Misconception(
            "a matrix is a matrix",
            "return ((inputs @ rounded - inputs @ weights).norm() / (inputs @ weights).norm()).item()",
            when=raised(RuntimeError, "cannot be multiplied"),
            says="The shapes do not fit: the matrix is (outputs, inputs), and a layer computes "
            "`inputs @ weights.T`. (A square one would have been multiplied the wrong way without a word.)",
        ),
    ],
    slips=[
        Slip(_CODE.format("100 * ((after - before).norm() / before.norm()).item()"), "not the right value"),
        Slip(_CODE.format("after - before"), "Expected a number, got an array"),
    ],
    follows="The rounding with the smaller error in the weights can be the worse one. GPTQ and AWQ are "
    "built on that: they look at real inputs and round so that the outputs stay, whatever becomes of the "
    "weights.",
)
