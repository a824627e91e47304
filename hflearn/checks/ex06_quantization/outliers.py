"""q7: a few inputs are enormous, and the weights that they meet are kept as they are."""

from collections.abc import Callable
from functools import cache
from typing import Any

from ..expect import Array, Expectation
from ..function import Case
from ..lending import Lending
from ..question import Misconception, Question, Slip
from ..rules import giving


class Rounded:
    """To 4 bits, a scale a row; what the learner's function is handed."""

    def __call__(self, weights: Any) -> Any:
        if not weights.numel():
            return weights
        scales = (weights.abs().amax(1, keepdim=True) / 7).clamp(min=1e-12)
        return (weights / scales).round() * scales

    def __repr__(self) -> str:
        return "rounded"


@cache
def _inputs() -> list[tuple[Any, Any, float, Callable[[Any], Any]]]:
    """(inputs, weights, threshold, rounded). Outliers have either sign, some in one text alone."""
    import torch

    noise = torch.Generator().manual_seed(4)
    inputs = torch.randn(5, 8, generator=noise).clamp(-2.5, 2.5)
    inputs[:, 2] = torch.tensor([14.0, 9.0, 31.0, -8.0, 22.0])  # far out in every text
    inputs[3, 6] = -17.0  # one text, and negative
    inputs[0, 7] = 9.0
    weights = torch.randn(3, 8, generator=noise)
    weights[:, 2] *= 6
    weights[0, 4] = 9.0  # a large weight whose inputs are small
    exactly = torch.randn(4, 8, generator=noise).clamp(-2.5, 2.5)
    exactly[1, 5] = 6.0
    calm = torch.randn(4, 8, generator=noise).clamp(-2.5, 2.5)
    rounded = Rounded()
    return [
        (inputs, weights, 6.0, rounded),
        (exactly, weights, 6.0, rounded),
        (calm, weights, 6.0, rounded),
    ]


_does = giving(_inputs)


def _split(far: Callable[[Any, Any, float], Any]) -> Callable[..., Any]:
    """The outputs where ``far`` says which columns are kept."""

    def rule(inputs: Any, weights: Any, threshold: float, rounded: Any) -> Any:
        kept = far(inputs, weights, threshold)
        return inputs[:, kept] @ weights[:, kept].T + inputs[:, ~kept] @ rounded(weights[:, ~kept]).T

    return rule


def _far(inputs: Any, weights: Any, threshold: float) -> Any:
    return (inputs.abs() >= threshold).any(0)


_right = _split(_far)


def _rounded_together(inputs: Any, weights: Any, threshold: float, rounded: Any) -> Any:
    import torch

    return inputs @ torch.where(_far(inputs, weights, threshold), weights, rounded(weights)).T


def _dropped(inputs: Any, weights: Any, threshold: float, rounded: Any) -> Any:
    kept = ~_far(inputs, weights, threshold)
    return inputs[:, kept] @ rounded(weights[:, kept]).T


def _only_kept(inputs: Any, weights: Any, threshold: float, rounded: Any) -> Any:
    kept = _far(inputs, weights, threshold)
    return inputs[:, kept] @ weights[:, kept].T


def _other_way(inputs: Any, weights: Any, threshold: float, rounded: Any) -> Any:
    return _split(lambda *args: ~_far(*args))(inputs, weights, threshold, rounded)


def _by_text(inputs: Any, weights: Any, threshold: float, rounded: Any) -> Any:
    import torch

    far = (inputs.abs() >= threshold).any(1, keepdim=True)
    return torch.where(far, inputs @ weights.T, inputs @ rounded(weights).T)


def _clipped(inputs: Any, weights: Any, threshold: float, rounded: Any) -> Any:
    return inputs.clamp(-threshold, threshold) @ rounded(weights).T


def _zeroed(inputs: Any, weights: Any, threshold: float, rounded: Any) -> Any:
    return inputs.masked_fill(_far(inputs, weights, threshold), 0) @ rounded(weights).T


def _one_by_one(inputs: Any, weights: Any, threshold: float, rounded: Any) -> Any:
    far = inputs.abs() >= threshold
    return (inputs * ~far) @ rounded(weights).T + (inputs * far) @ weights.T


def _expects() -> Expectation:
    return Lending([Case(args, Array(_right(*args).numpy(), atol=1e-3)) for args in _inputs()])


_CODE = """
far = {far}
return {gives}
"""
_FAR = "(inputs.abs() >= threshold).any(dim=0)"
_BOTH = "inputs[:, far] @ weights[:, far].T + inputs[:, ~far] @ rounded(weights[:, ~far]).T"


def _sample(far: str = _FAR, gives: str = _BOTH) -> str:
    return _CODE.format(far=far, gives=gives)


question = Question(
    title="Columns that must not be rounded",
    expects=_expects,
    reference=_sample(),
    alternatives=[
        """
        large = inputs.abs().amax(dim=0) >= threshold
        mixed = weights.clone()
        mixed[:, ~large] = rounded(weights[:, ~large])
        return torch.nn.functional.linear(inputs, mixed)
        """,
        """
        far = {column for column in range(inputs.shape[1]) if inputs[:, column].abs().max() >= threshold}
        near = [column for column in range(inputs.shape[1]) if column not in far]
        far = sorted(far)
        return inputs[:, near] @ rounded(weights[:, near]).T + inputs[:, far] @ weights[:, far].T
        """,
    ],
    hints=[
        "Which columns are they? `inputs.abs() >= threshold` is a table of texts × columns; one text is "
        "enough.",
        "`far = (inputs.abs() >= threshold).any(dim=0)` marks the columns, and `inputs[:, far]` takes them.",
        "Two products, added: the marked columns with their weights as they are, the others with "
        "`rounded(weights[:, ~far])`.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired: everything is rounded",
            "return inputs @ rounded(weights).T",
            when=_does(lambda x, w, t, r: x @ r(w).T),
            says="Everything is rounded, as before. An input of 31 makes the rounding error of its weight "
            "thirty times as large: leave those columns' weights as they are.",
        ),
        Misconception(
            "rounded together, kept apart",
            "kept = torch.where((inputs.abs() >= threshold).any(dim=0), weights, rounded(weights))\n"
            "return inputs @ kept.T",
            when=_does(_rounded_together),
            says="The right columns are kept, and still spoil the rest: you rounded the whole matrix, so "
            "their large weights set the scale of every row. Take them out *before* you round.",
        ),
        Misconception(
            "large weights are the outliers",
            _sample(far="(weights.abs() >= threshold).any(dim=0)"),
            when=_does(_split(lambda x, w, t: (w.abs() >= t).any(0))),
            says="You looked for large *weights*. Here it is the inputs that are enormous in some columns: "
            "they multiply the rounding error of weights of any size.",
        ),
        Misconception(
            "an outlier is positive",
            _sample(far="(inputs >= threshold).any(dim=0)"),
            when=_does(_split(lambda x, w, t: (x >= t).any(0))),
            says="An input of −17 stayed among the rounded ones: you compared without `abs()`. It "
            "multiplies the error as much as 17 does.",
        ),
        Misconception(
            "all texts must agree",
            _sample(far="(inputs.abs() >= threshold).all(dim=0)"),
            when=_does(
                _split(lambda x, w, t: (x.abs() >= t).all(0)),
                _split(lambda x, w, t: x.abs().mean(0) >= t),
                _split(lambda x, w, t: x.mean(0).abs() >= t),
                _split(lambda x, w, t: x.std(0) >= t),
            ),
            says="A column that is enormous in one text alone was rounded: `all` (or a mean) overlooks it. "
            "That text is the one whose answer is lost; one is enough, `any`.",
            also=[
                _sample(far="inputs.abs().mean(dim=0) >= threshold"),
                _sample(far="inputs.std(dim=0) >= threshold"),
            ],
        ),
        Misconception(
            "the threshold is not far yet",
            _sample(far="(inputs.abs() > threshold).any(dim=0)"),
            when=_does(_split(lambda x, w, t: (x.abs() > t).any(0))),
            says="Right but for an input of exactly `threshold`: “at or above” includes it.",
        ),
        Misconception(
            "outliers are noise",
            _sample(gives="inputs[:, ~far] @ rounded(weights[:, ~far]).T"),
            when=_does(_dropped, _clipped, _zeroed),
            says="You left the enormous inputs out (or cut them down). They are no noise: the model learnt "
            "to rely on them, and most of the output comes from there.",
            also=["return inputs.clamp(-threshold, threshold) @ rounded(weights).T"],
        ),
        Misconception(
            "the two halves are alternatives",
            _sample(gives="inputs[:, far] @ weights[:, far].T"),
            when=_does(_only_kept),
            says="Those are the kept columns alone. An output is the sum over all columns: add the product "
            "of the others, rounded.",
        ),
        Misconception(
            "the outliers are rounded, the rest is kept",
            _sample(
                gives="inputs[:, ~far] @ weights[:, ~far].T + inputs[:, far] @ rounded(weights[:, far]).T"
            ),
            when=_does(_other_way),
            says="The other way round: you keep the harmless columns as they are and round the few that "
            "matter.",
        ),
        Misconception(
            "an outlier is a text",
            """
            far = (inputs.abs() >= threshold).any(dim=1, keepdim=True)
            return torch.where(far, inputs @ weights.T, inputs @ rounded(weights).T)
            """,
            when=_does(_by_text),
            says="You keep everything for the *texts* with a large input, so the whole matrix has to be "
            "stored unrounded. It is always the same few columns: keep those, for all texts.",
        ),
        Misconception(
            "an outlier is one number",
            """
            far = inputs.abs() >= threshold
            return (inputs * ~far) @ rounded(weights).T + (inputs * far) @ weights.T
            """,
            when=_does(_one_by_one),
            says="You take single *inputs* out, so every column stands in both matrices, rounded and "
            "unrounded, and no byte is saved. A column is kept or rounded as a whole, for all texts.",
        ),
        Misconception(
            "nothing is rounded",
            "return inputs @ weights.T",
            when=_does(lambda x, w, t, r: x @ w.T),
            says="Nothing is rounded here: no error, and no byte saved. Only the columns with enormous "
            "inputs are kept.",
        ),
    ],
    slips=[
        Slip("return weights", "Expected an array of shape (5, 3), got one of shape (3, 8)"),
        Slip(_sample(gives=f"({_BOTH}).T"), "got one of shape (3, 5)"),
        Slip(
            """
            far = (inputs.abs() >= threshold).any(dim=0)
            out = inputs[:, far] @ weights[:, far].T
            weights[:, far] = 0
            return out + inputs @ rounded(weights).T
            """,
            "wrote into",
        ),
        Slip(
            """
            far = (inputs.abs() >= threshold).any(dim=0)
            out = inputs[:, far] @ weights[:, far].T
            inputs[:, far] = 0
            return out + inputs @ rounded(weights.masked_fill(far, 0)).T
            """,
            "wrote into",
        ),
    ],
    follows="That is LLM.int8(), which `load_in_8bit=True` switches on in bitsandbytes, with its "
    "`llm_int8_threshold=6.0`. The two products are also why it is slower than what it replaces.",
)
