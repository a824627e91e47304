"""q9: a real model against its own rounding, on the same rows, and unharmed afterwards."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..alike import alike
from ..expect import Number
from ..loaded import quiet, repo_id, tokenizer
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip
from ..rules import raised

_REVIEWS = [
    "The hut was warm and the soup was good.",
    "Never again.",
    "It has beds.",
    "The warden shouted at us.",
    "What a view, what a breakfast!",
    "Cold, dirty and far too dear.",
    "We came, we slept, we left.",
    "Not bad at all.",
    "The stove smoked, but the people were lovely.",
    "I have seen worse huts, and better ones.",
]
_BITS = (2, 3, 4)  # two bits change even the largest score of all


@dataclass(frozen=True)
class Seen:
    """What a function gave for each number of bits, and in what state it left the model."""

    shares: list[Any]
    changed: bool  # its weights
    training: bool  # its mode


@cache
def _model() -> Any:
    name = repo_id("sentiment")
    from transformers import AutoModelForSequenceClassification

    with quiet():
        return AutoModelForSequenceClassification.from_pretrained(name).float().eval()


@cache
def _batch() -> dict[str, Any]:
    return dict(tokenizer("sentiment")(_REVIEWS, padding=True, return_tensors="pt"))


def _rounder(bits: int) -> Callable[[Any], Any]:
    def rounded(matrix: Any) -> Any:
        scales = (matrix.abs().amax(dim=1, keepdim=True) / (2 ** (bits - 1) - 1)).clamp(min=1e-12)
        return (matrix / scales).round() * scales

    return rounded


@cache
def _logits(bits: int, what: str = "linear layers") -> Any:
    """With 0 bits, those of the model as it is."""
    import torch

    model = deepcopy(_model())
    with torch.no_grad():
        for module in model.modules() if bits else ():
            embeds = what == "embeddings too" and isinstance(module, torch.nn.Embedding)
            if isinstance(module, torch.nn.Linear) or embeds:
                module.weight.copy_(_rounder(bits)(module.weight))
            if what == "biases too" and isinstance(module, torch.nn.Linear):
                module.bias.copy_(_rounder(bits)(module.bias[None])[0])
        return model(**_batch()).logits


def _share(bits: int, what: str = "linear layers", dim: int | None = -1) -> float:
    same = _logits(bits, what).argmax(dim) == _logits(0).argmax(dim)
    return float(same.float().mean())


def _examine(kept_answers: Any) -> Seen:
    import torch

    shares, changed, training = [], False, False
    for bits in _BITS:
        lent = deepcopy(_model())
        shares.append(run(kept_answers, f"ten reviews, {bits} bits", lent, dict(_batch()), _rounder(bits)))
        before = _model().state_dict()
        after = lent.state_dict()
        same = before.keys() == after.keys() and all(torch.equal(before[n], after[n]) for n in before)
        changed, training = changed or not same, training or lent.training
    return Seen(shares, changed, training)


def _complain(seen: Seen) -> str | None:
    for bits, share in zip(_BITS, seen.shares, strict=True):
        if share is None:
            return NOTHING
        if wrong := Number(_share(bits), abs=1e-3).complaint(share):
            return f"With {bits} bits: {wrong}"
    if seen.changed:
        return "The share is right, and the model is not what it was."
    if seen.training:
        return "The share is right, and the model is left in training mode: whoever asks it next has dropout."
    return None


def _gives(rule: Callable[[int], float]) -> Callable[[Any], bool]:
    return lambda seen: alike(seen.shares, [rule(bits) for bits in _BITS])


_CODE = """
{before}
kept = [(layer, layer.weight.data) for layer in model.modules() if isinstance(layer, torch.nn.Linear)]
for layer, weights in kept:
    {rounds}
{after}
{back}
return {gives}
"""
_ANSWERS = "with torch.no_grad():\n    {} = model(**batch).logits.argmax(dim=-1)"
_BACK = "for layer, weights in kept:\n    layer.weight.data = weights"


def _sample(
    before: str = _ANSWERS.format("before"),
    rounds: str = "layer.weight.data = rounded(weights)",
    after: str = _ANSWERS.format("after"),
    back: str = _BACK,
    gives: str = "(before == after).float().mean().item()",
) -> str:
    return _CODE.format(before=before, rounds=rounds, after=after, back=back, gives=gives)


_LOGITS = "with torch.no_grad():\n    {} = model(**batch).logits"

question = Question(
    title="One hundred per cent, said the report",
    expects=lambda: Patient(_examine, _complain),
    reference="""
        small = copy.deepcopy(model)
        with torch.no_grad():
            for layer in small.modules():
                if isinstance(layer, torch.nn.Linear):
                    layer.weight.copy_(rounded(layer.weight))
            before, after = model(**batch).logits, small(**batch).logits
        return (before.argmax(dim=-1) == after.argmax(dim=-1)).float().mean().item()
    """,
    alternatives=[
        _sample(),
        """
        layers = {n for n, layer in model.named_modules() if isinstance(layer, torch.nn.Linear)}
        weights = {f"{n}.weight": rounded(model.get_submodule(n).weight.detach()) for n in layers}
        with torch.inference_mode():
            first = model(**batch).logits.argmax(-1).tolist()
            second = torch.func.functional_call(model, weights, (), batch).logits.argmax(-1).tolist()
        return sum(a == b for a, b in zip(first, second)) / len(first)
        """,
    ],
    hints=[
        "At which moment is the model asked for the first time, and what are its weights then?",
        "Ask it first. Then round a copy, `copy.deepcopy(model)`, and ask the copy.",
        "The share of rows with the same answer: `(before == after).float().mean()`, of the `argmax` of "
        "both.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired: the rounded one agrees with itself",
            _sample(before="", after=f"{_ANSWERS.format('before')}\n{_ANSWERS.format('after')}"),
            when=_gives(lambda bits: 1.0),
            says="Still 100%, with 2 bits, too. Both answers come from the same weights, or nearly the "
            "same: the model is rounded before it is asked for the first time, or hardly at all, or a "
            "second name was taken for a copy.",
            also=[
                """
                small = model
                with torch.no_grad():
                    for layer in small.modules():
                        if isinstance(layer, torch.nn.Linear):
                            layer.weight.copy_(rounded(layer.weight))
                    before, after = model(**batch).logits, small(**batch).logits
                return (before.argmax(dim=-1) == after.argmax(dim=-1)).float().mean().item()
                """
            ],
        ),
        Misconception(
            "the model is mine",
            _sample(back=""),
            when=lambda seen: seen.changed and _gives(_share)(seen),
            says="The share is right, and the model is left rounded: whoever measures next measures that. "
            "Round a copy, or put the weights back. (`state_dict()` hands out the weights themselves; "
            "writing into them with `copy_` changes what you saved.)",
            also=[
                """
                saved = model.state_dict()
                with torch.no_grad():
                    before = model(**batch).logits.argmax(dim=-1)
                    for layer in model.modules():
                        if isinstance(layer, torch.nn.Linear):
                            layer.weight.copy_(rounded(layer.weight))
                    after = model(**batch).logits.argmax(dim=-1)
                model.load_state_dict(saved)
                return (before == after).float().mean().item()
                """
            ],
        ),
        Misconception(
            "what drops out is put back by itself",
            _sample(
                before=f"model.train()\nmodel.eval()\n{_ANSWERS.format('before')}",
                back=f"{_BACK}\nmodel.train()",
            ),
            when=lambda seen: seen.training and not seen.changed and _gives(_share)(seen),
            says="The share is right, and the weights are as they were; the model is left in training mode, "
            "in which dropout is on. `eval()` once more, or work on a copy.",
        ),
        Misconception(
            "equal scores are equal answers",
            _sample(_LOGITS.format("before"), after=_LOGITS.format("after")),
            when=_gives(lambda bits: 0.0),
            says="0: you compare the scores, and not two of them are equal to the last digit after "
            "rounding. The answer is the class with the highest score.",
            also=[
                _sample(
                    _LOGITS.format("before"),
                    after=_LOGITS.format("after"),
                    gives="float(torch.equal(before, after))",
                )
            ],
        ),
        Misconception(
            "everything with weights",
            """
            small = copy.deepcopy(model)
            with torch.no_grad():
                for layer in small.modules():
                    if isinstance(layer, (torch.nn.Linear, torch.nn.Embedding)):
                        layer.weight.copy_(rounded(layer.weight))
                before, after = model(**batch).logits, small(**batch).logits
            return (before.argmax(dim=-1) == after.argmax(dim=-1)).float().mean().item()
            """,
            when=_gives(lambda bits: _share(bits, "embeddings too")),
            says="The embeddings are rounded, too. The format in question leaves them as they are, as most "
            "do: `torch.nn.Linear` alone.",
        ),
        Misconception(
            "every parameter of a linear layer",
            """
            small = copy.deepcopy(model)
            with torch.no_grad():
                for layer in small.modules():
                    if isinstance(layer, torch.nn.Linear):
                        layer.weight.copy_(rounded(layer.weight))
                        layer.bias.copy_(rounded(layer.bias[None])[0])
                before, after = model(**batch).logits, small(**batch).logits
            return (before.argmax(dim=-1) == after.argmax(dim=-1)).float().mean().item()
            """,
            when=_gives(lambda bits: _share(bits, "biases too")),
            says="The biases are rounded, too. They are a number for each output, so hardly a byte is saved, "
            "and their error goes straight into the answer: leave them as they are.",
        ),
        Misconception(
            "the largest of everything",
            _sample(
                _ANSWERS.format("before").replace("dim=-1", ""),
                after=_ANSWERS.format("after").replace("dim=-1", ""),
            ),
            when=_gives(lambda bits: _share(bits, dim=None)),
            says="One answer for the whole batch: `argmax()` without `dim` takes the place of the largest "
            "score of all rows together. A row's answer is `argmax(dim=-1)`.",
        ),
        Misconception(
            "the first dimension is the answer's",
            _sample(
                _ANSWERS.format("before").replace("dim=-1", "dim=0"),
                after=_ANSWERS.format("after").replace("dim=-1", "dim=0"),
            ),
            when=_gives(lambda bits: _share(bits, dim=0)),
            says="`argmax(dim=0)` says which *review* has the highest score for a class. Wanted is the class "
            "with the highest score, for each row: `argmax(dim=-1)`.",
        ),
        Misconception(
            "how many, not what share",
            _sample(gives="int((before == after).sum())"),
            when=_gives(lambda bits: _share(bits) * len(_REVIEWS)),
            says="That is how many answers stayed. The share is wanted: divide by the number of rows.",
        ),
        Misconception(
            "what was lost",
            _sample(gives="(before != after).float().mean().item()"),
            when=_gives(lambda bits: 1 - _share(bits)),
            says="That is the share of the answers that *changed*. How many were kept?",
        ),
        Misconception(
            "a share is a percentage",
            _sample(gives="100 * (before == after).float().mean().item()"),
            when=_gives(lambda bits: 100 * _share(bits)),
            says="Right in per cent; as a share it lies between 0 and 1.",
        ),
        Misconception(
            "a weight is a tensor like any other",
            _sample(rounds="layer.weight = rounded(weights)"),
            when=raised(TypeError, "cannot assign", "parameter"),
            says="A layer's `weight` has to stay a Parameter, so torch takes no tensor in its place. Write "
            "into it, `layer.weight.copy_(…)`, inside `torch.no_grad()`.",
        ),
        Misconception(
            "writing needs no permission",
            """
            small = copy.deepcopy(model)
            for layer in small.modules():
                if isinstance(layer, torch.nn.Linear):
                    layer.weight.copy_(rounded(layer.weight))
            with torch.no_grad():
                before, after = model(**batch).logits, small(**batch).logits
            return (before.argmax(dim=-1) == after.argmax(dim=-1)).float().mean().item()
            """,
            when=raised(RuntimeError, "leaf Variable"),
            says="torch refuses to write into a weight while it keeps account of gradients. This is no "
            "training: do it inside `with torch.no_grad():`.",
        ),
    ],
    slips=[
        Slip("return 0.123", "not the right value"),
        Slip(_sample(gives="(before == after)"), "Expected a number, got an array"),
        Slip(_sample().replace("return ", ""), "gave nothing back"),
    ],
    follows="Agreement needs no labels, so thousands of your own texts will do. It says what changed, not "
    "what got worse: where there are labels, report accuracy beside it, of both models and on the same rows.",
)
