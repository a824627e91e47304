"""q3: which weights a training moves: the ones that are not frozen *and* in the optimizer."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from ..describe import describe
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip
from . import tiny


@dataclass(frozen=True)
class _Seen:
    """What one training step did to a model; names of its weights."""

    optimizer: Any
    moved: frozenset[str]
    graded: frozenset[str]  # got a gradient
    held: dict[str, float]  # what the optimizer has, and its learning rate
    body: frozenset[str]
    head: frozenset[str]


def _models() -> dict[str, Any]:
    return {"a BERT": tiny.bert(), "a DistilBERT": tiny.distilbert()}


def _examine(optimizer_for: Any) -> list[_Seen]:
    return [_step(optimizer_for, kind, deepcopy(model)) for kind, model in _models().items()]


def _step(optimizer_for: Any, kind: str, model: Any) -> _Seen:
    import torch

    body = {name for name, _ in model.base_model.named_parameters(prefix=model.base_model_prefix)}
    optimizer = run(optimizer_for, kind, model)
    before = {name: weights.detach().clone() for name, weights in model.named_parameters()}
    if isinstance(optimizer, torch.optim.Optimizer):
        _learn(model.train(), optimizer)
    after = dict(model.named_parameters())
    return _Seen(
        optimizer,
        moved=frozenset(name for name in after if not torch.equal(before[name], after[name])),
        graded=frozenset(name for name, weights in after.items() if weights.grad is not None),
        held=_held(model, optimizer),
        body=frozenset(body),
        head=frozenset(set(before) - body),
    )


def _held(model: Any, optimizer: Any) -> dict[str, float]:
    groups = getattr(optimizer, "param_groups", [])
    rates = {id(weights): group["lr"] for group in groups for weights in group["params"]}
    return {name: rates[id(w)] for name, w in model.named_parameters() if id(w) in rates}


def _learn(model: Any, optimizer: Any) -> None:
    import torch

    ids = torch.arange(12).reshape(2, 6)
    loss = model(input_ids=ids, attention_mask=torch.ones_like(ids), labels=torch.tensor([0, 4])).loss
    if loss.requires_grad:  # where all is frozen, there is nothing to go back through
        loss.backward()
    optimizer.step()


def _complain(seen: list[_Seen]) -> str | None:
    import torch

    for kind, one in zip(_models(), seen, strict=True):
        if one.optimizer is None:
            return NOTHING
        if not isinstance(one.optimizer, torch.optim.Optimizer):
            return f"Expected an optimizer, got {describe(one.optimizer)}."
        if odd := {rate for name, rate in one.held.items() if name in one.head} - {1e-3}:
            return f"The head's learning rate is {min(odd):g} in your optimizer; 1e-3 was asked for."
        if one.moved != one.head:
            return (
                f"Of {kind}, one step moved {len(one.moved & one.head)} of the head's {len(one.head)} "
                f"tensors, and {len(one.moved & one.body)} of the body's {len(one.body)}."
            )
        if one.graded & one.body:
            return _COMPUTED
        if not isinstance(one.optimizer, torch.optim.AdamW):
            return f"The right weights move, by {type(one.optimizer).__name__}: `AdamW` was asked for."
    return None


_COMPUTED = (
    "The right weights move, but the body is not frozen: its gradients are worked out at every step, "
    "which is most of the time and memory of a training, and then thrown away. Set `requires_grad` to "
    "False there."
)


def _nothing_moves(seen: Any) -> bool:
    """By an optimizer's step; what is no optimizer has taken none."""
    return all(not one.moved and hasattr(type(one.optimizer), "zero_grad") for one in seen)


_ADAM = "return torch.optim.AdamW({}, lr=1e-3)"
_ALL = _ADAM.format("model.parameters()")
_TRAINABLE = _ADAM.format("[w for w in model.parameters() if w.requires_grad]")


def _freezing(what: str, then: str = _TRAINABLE) -> str:
    loop = "for name, weights in model.named_parameters():"
    return f"{loop}\n    if {what}:\n        weights.requires_grad = False\n{then}"


UNREPAIRED = """
for weights in model.base_model.parameters():
    weights.requires_grad = False
return torch.optim.AdamW(model.base_model.parameters(), lr=1e-3)
"""

question = Question(
    title="Four hours, and the loss has not moved",
    expects=lambda: Patient(_examine, _complain),
    reference=f"""
        for weights in model.base_model.parameters():
            weights.requires_grad = False
        {_TRAINABLE}
    """,
    alternatives=[
        "model.base_model.requires_grad_(False)\n" + _ALL,
        _freezing('"classifier" not in name'),
        f"""
        model.requires_grad_(False)
        head = [weights for name, weights in model.named_parameters() if "classifier" in name]
        for weights in head:
            weights.requires_grad = True
        {_ADAM.format("head")}
        """,
    ],
    hints=[
        "Two things have to hold for a weight to be trained: it gets a gradient (`requires_grad`), and the "
        "optimizer has it. Of which weights do both hold here?",
        "`model.named_parameters()` gives every weight with its name: print them for both models. Which "
        "belong to the head?",
        "`model.base_model` is the model without its head, whatever the architecture calls it.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            UNREPAIRED,
            when=lambda seen: (
                _nothing_moves(seen)
                and all(one.graded >= one.head and not one.head & set(one.held) for one in seen)
            ),
            says="Nothing moves, although the head gets its gradients: the optimizer does not have it, so "
            "its step changes other weights, or none. Hand it the head's.",
            also=[f"model.base_model.requires_grad_(False)\n{_ADAM.format('model.base_model.parameters()')}"],
        ),
        Misconception(
            "everything is the body",
            f"""
            for weights in model.parameters():
                weights.requires_grad = False
            {_ALL}
            """,
            when=lambda seen: _nothing_moves(seen) and not any(one.graded for one in seen),
            says="Nothing moves: every weight is frozen, the head as well, so no gradient reaches any, and a "
            "training would raise at its first `backward()`. `model.parameters()` are all of them; which are "
            "the body's?",
            also=["model.requires_grad_(False)\n" + _ALL],
        ),
        Misconception(
            "an optimizer looks again",
            f"""
            model.requires_grad_(False)
            optimizer = {_TRAINABLE.removeprefix("return ")}
            for name, weights in model.named_parameters():
                weights.requires_grad = "classifier" in name
            return optimizer
            """,
            when=lambda seen: isinstance(seen, ValueError) and "empty parameter list" in str(seen),
            says="The optimizer was made while everything was frozen, so its list of weights is empty. It "
            "does not look again: freeze and unfreeze first, then make it.",
        ),
        Misconception(
            "evaluation mode freezes",
            "model.base_model.eval()\n" + _ALL,
            when=lambda seen: all(one.moved == one.head | one.body for one in seen),
            says="Everything moves, the body too. Evaluation mode switches dropout off and `no_grad` "
            "stops with its block; neither freezes. A weight is frozen by its own `requires_grad`, set on "
            "the weight (on a module, `requires_grad = False` only makes a new attribute that nobody "
            "reads).",
            also=[
                _ALL,
                "model.base_model.requires_grad = False\n" + _ALL,
                "with torch.no_grad():\n    " + _ALL,
            ],
        ),
        Misconception(
            "every body is called bert",
            _freezing('name.startswith("bert.")'),
            when=lambda seen: seen[0].moved == seen[0].head and bool(seen[1].moved & seen[1].body),
            says="Right for the BERT; of the DistilBERT, the body moves, too: it is called otherwise "
            "there. Ask the model for its body rather than for a name.",
        ),
        Misconception(
            "the head is the last layer",
            _freezing('not name.startswith("classifier")'),
            when=lambda seen: (
                all(one.moved <= one.head for one in seen)
                and {name.split(".")[0] for name in seen[1].moved} == {"classifier"}
                and seen[0].moved == seen[0].head
            ),
            says="Right for the BERT. The DistilBERT's head has a second layer, `pre_classifier`, as new "
            "as the first: it was drawn by lot, and frozen like that it stays noise. (The loading report "
            "names both as MISSING.)",
            also=["model.requires_grad_(False)\nmodel.classifier.requires_grad_(True)\n" + _TRAINABLE],
        ),
        Misconception(
            "a layer is its weight",
            _freezing('"classifier.weight" not in name'),
            when=lambda seen: all(
                one.moved == {n for n in one.head if n.endswith(".weight")} for one in seen
            ),
            says="The head's biases do not move: a layer has a `weight` and a `bias`, and both were drawn by "
            "lot or set to nought.",
        ),
        Misconception(
            "frozen by leaving it out",
            _ADAM.format('[w for name, w in model.named_parameters() if "classifier" in name]'),
            when=lambda seen: all(one.moved == one.head and one.graded & one.body for one in seen),
            says=_COMPUTED,
            also=[
                """
                head = [weights for name, weights in model.named_parameters() if "classifier" in name]
                body = {"params": model.base_model.parameters(), "lr": 0}
                return torch.optim.AdamW([body, {"params": head, "lr": 1e-3}])
                """
            ],
        ),
        Misconception(
            "the other part is frozen",
            _freezing('"classifier" in name'),
            when=lambda seen: all(one.moved and one.moved <= one.body for one in seen),
            says="The wrong part: the body moves and the head is frozen. The body has read a great deal "
            "already; the head is what was drawn by lot.",
        ),
    ],
    slips=[
        Slip(
            "model.base_model.requires_grad_(False)\nreturn list(model.parameters())",
            "Expected an optimizer, got a list",
        ),
        Slip("model.base_model.requires_grad_(False)\n" + _ALL.replace("return ", ""), "gave nothing back"),
        Slip("model.base_model.requires_grad_(False)\n" + _ALL.replace("AdamW", "SGD"), "by SGD: `AdamW`"),
        Slip("model.base_model.requires_grad_(False)\n" + _ALL.replace("1e-3", "5e-5"), "rate is 5e-05"),
        Slip("model.base_model.requires_grad_(False)\n" + _ALL.replace("1e-3", "0"), "rate is 0 in"),
        Slip(_freezing('"layer.0" in name'), "Of a BERT, one step moved 2 of the head's 2"),
    ],
    follows="Before four hours of training, take one step and list what moved. With LoRA it is the same "
    "fault in another place: a new head that is not in `modules_to_save` stays as it was drawn.",
)
