"""q4: a model as training left it answers differently each time, and keeps what a backward pass needs."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from .. import plain
from ..expect import Array
from ..loaded import tokenizer
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip
from .guests import REVIEWS
from .models import classifier, lent, logits


@dataclass(frozen=True)
class _Seen:
    """Two runs on one model that is in training mode, as a night follows another."""

    first: Any
    second: Any
    kept: int  # tensors kept for a backward pass
    grad_left_off: bool
    dropout: bool  # whether it was in training mode when it answered

    def right(self, said: Any) -> bool:
        return said is not None and Array(_chances(), atol=1e-4).complaint(said) is None

    @property
    def same(self) -> bool:
        import numpy as np

        first, second = plain.array(self.first), plain.array(self.second)
        return first.shape == second.shape and bool(np.abs(first - second).max() < 1e-6)

    @property
    def close(self) -> bool:
        """Right but for noise."""
        import numpy as np

        first = plain.array(self.first)
        return first.shape == (len(REVIEWS), 5) and bool(np.abs(first - _chances()).max() < 0.5)

    @property
    def rounded(self) -> bool:
        import numpy as np

        return bool(np.allclose(plain.array(self.first), _chances(), rtol=0, atol=0.0051))

    @property
    def adds_up(self) -> bool:
        """Whether the chances of each review do."""
        return bool((abs(plain.array(self.first).sum(axis=1) - 1) < 0.03).all())


@cache
def _trained() -> Any:
    """The star model after another evening of training: its answers are no longer the published ones."""
    import torch

    model = lent(classifier("sentiment"))
    with torch.no_grad():
        model.classifier.bias += torch.linspace(1.5, -1.5, 5)
    return model


@cache
def _chances(published: bool = False) -> Any:
    model = classifier("sentiment") if published else _trained()
    return logits(model, tokenizer("sentiment"), REVIEWS).softmax(dim=-1).numpy()


def _examine(chances: Any) -> _Seen:
    import torch

    kept: list[int] = []

    def pack(tensor: Any) -> Any:
        kept.append(1)
        return tensor

    modes: list[bool] = []
    model, reader = lent(_trained()).train(), lent(tokenizer("sentiment"))
    words = model.get_input_embeddings()
    words.register_forward_pre_hook(lambda module, _: modes.append(module.training))
    state = torch.random.get_rng_state()
    try:
        with torch.autograd.graph.saved_tensors_hooks(pack, lambda tensor: tensor):
            first = run(chances, "a few reviews", model, reader, list(REVIEWS))
            second = run(chances, "the same reviews again", model, reader, list(REVIEWS))
        return _Seen(first, second, len(kept), not torch.is_grad_enabled(), any(modes))
    finally:
        torch.set_grad_enabled(True)
        torch.random.set_rng_state(state)


def _complain(seen: _Seen) -> str | None:
    if seen.first is None:
        return NOTHING
    for said in (seen.first, seen.second):
        if wrong := Array(_chances(), atol=1e-4).complaint(said):
            return _nearer(seen) or wrong
    if seen.kept:
        return _GRAPH
    return _LEFT_OFF if seen.grad_left_off else None


def _nearer(seen: _Seen) -> str | None:
    """What is amiss with numbers in the right shape, where it can be told."""
    if plain.array(seen.first).shape != (len(REVIEWS), 5):
        return None
    if not seen.adds_up:
        return (
            "The chances of one review add up to 1, and yours do not: each row of scores goes through a "
            "softmax over its five classes (`dim=-1`)."
        )
    return "Close to the chances, and rounded: hand them over as they are." if seen.rounded else None


_GRAPH = (
    "The numbers are right, and the same every time. What is left is the memory: the forward pass still "
    "keeps its intermediate results for a backward pass that never comes. Tell torch before the model "
    "runs; taking the result out of the graph afterwards is too late."
)
_LEFT_OFF = (
    "The chances are right. But your repair switched gradients off for the whole program and left them off: "
    "tomorrow's training raises. Switch them off for these lines only, with a `with`."
)

_BODY = """
{before}batch = tokenizer(reviews, padding=True, truncation=True, return_tensors="pt")
with {context}:
    logits = model(**batch).logits
{after}return {gives}
"""


def _sample(
    before: str = "",
    context: str = "torch.enable_grad()",
    after: str = "",
    gives: str = "logits.softmax(dim=-1)",
) -> str:
    return _BODY.format(before=before, context=context, after=after, gives=gives)


_EVAL = "model.eval()\n"

question = Question(
    title="Other numbers every night",
    expects=lambda: Patient(_examine, _complain),
    reference=_sample(_EVAL, "torch.no_grad()"),
    alternatives=[
        _sample(_EVAL, "torch.inference_mode()"),
        _sample("for weights in model.parameters():\n    weights.requires_grad_(False)\n" + _EVAL),
        """
        training = model.training
        model.train(False)
        batch = tokenizer(reviews, padding=True, truncation=True, return_tensors="pt")
        with torch.no_grad():
            logits = model(**batch).logits
        model.train(training)
        return logits.softmax(dim=-1)
        """,
    ],
    hints=[
        "Run the snippet twice on the same reviews. What in a model may be random?",
        "Dropout: in training mode a tenth of the numbers is set to zero by chance. `model.training` says "
        "which mode it is in. No number shows the second fault: what does the forward pass keep?",
        "`model.eval()` before, and `with torch.no_grad():` around, the forward pass.",
    ],
    misconceptions=[
        Misconception(
            "the published model is as good",
            """
            judge = pipeline("text-classification", model=hflearn.model("sentiment"), top_k=None)
            said = [{row["label"]: row["score"] for row in rows} for rows in judge(reviews)]
            return torch.tensor([[row[label] for label in sorted(row)] for row in said])
            """,
            when=lambda seen: Array(_chances(published=True), atol=1e-4).complaint(seen.first) is None,
            says="Those are the chances of the model on the Hub, not of the one that your function is given, "
            "which has been trained since. Put that one into the right mode instead of fetching another.",
        ),
        Misconception(
            "evaluation mode after the fact",
            _sample(context="torch.no_grad()", after=_EVAL),
            when=lambda seen: seen.right(seen.second) and not seen.right(seen.first),
            says="The first answer was still given in training mode: `model.eval()` came after the model had "
            "answered. (The second is right, because the mode stays.) Put it before.",
            also=[_sample(after=_EVAL)],
        ),
        Misconception(
            "unrepaired",
            """
            batch = tokenizer(reviews, padding=True, truncation=True, return_tensors="pt")
            logits = model(**batch).logits
            return logits.softmax(dim=-1)
            """,
            when=lambda seen: seen.close and not seen.same and seen.kept,
            says="The same reviews, asked twice, get other numbers still; and the forward pass keeps all "
            "that a backward pass would need. Two things are missing: the mode in which nothing is left to "
            "chance, and the word that no gradients are wanted.",
            also=[_sample(), _sample(gives="logits.softmax(dim=-1).detach()")],
        ),
        Misconception(
            "no_grad is evaluation mode",
            _sample(context="torch.no_grad()"),
            when=lambda seen: seen.close and not seen.same and not seen.kept and not seen.right(seen.second),
            says="The memory is mended, the numbers are not: asked twice, they differ. `torch.no_grad()` "
            "switches gradients off, not dropout. That is the model's mode. (An average over many runs comes "
            "near, at many times the price.)",
            also=[
                """
                batch = tokenizer(reviews, padding=True, truncation=True, return_tensors="pt")
                with torch.no_grad():
                    runs = [model(**batch).logits.softmax(dim=-1) for _ in range(4)]
                return torch.stack(runs).mean(dim=0)
                """
            ],
        ),
        Misconception(
            "evaluation mode is no_grad",
            _sample(_EVAL),
            when=lambda seen: seen.right(seen.first) and seen.right(seen.second) and seen.kept,
            says=_GRAPH,
            also=[
                _sample(_EVAL, gives="logits.softmax(dim=-1).detach()"),
                _sample(_EVAL, after="with torch.no_grad():\n    logits = logits * 1\n"),
            ],
        ),
        Misconception(
            "a seed makes it right",
            _sample("torch.manual_seed(0)\n", "torch.no_grad()"),
            when=lambda seen: seen.dropout and seen.close and seen.same and not seen.right(seen.first),
            says="The same numbers every time, and the wrong ones: a seed makes dropout lose one and the "
            "same tenth each night. It has to be off.",
            also=[_sample("torch.manual_seed(0)\n")],
        ),
        Misconception(
            "gradients off for good",
            _sample(_EVAL + "torch.set_grad_enabled(False)\n", "torch.inference_mode()"),
            when=lambda seen: seen.grad_left_off and seen.right(seen.first) and seen.right(seen.second),
            says=_LEFT_OFF,
        ),
    ],
    slips=[
        Slip(_sample(_EVAL, "torch.no_grad()", gives="logits"), "add up to 1, and yours do not"),
        Slip(_sample(_EVAL, "torch.no_grad()", gives="logits.softmax(dim=0)"), "(`dim=-1`)"),
        Slip(
            _sample(_EVAL, "torch.no_grad()", gives="logits.softmax(dim=-1).round(decimals=2)"),
            "and rounded: hand them over as they are",
        ),
        Slip(
            _sample(_EVAL, "torch.no_grad()", gives="logits.softmax(dim=-1).flip(0)"), "The shape is right;"
        ),
        Slip(_sample(_EVAL, "torch.no_grad()", gives="logits.argmax(dim=-1)"), "got one of shape (11,)"),
        Slip(_sample(_EVAL, "torch.no_grad()", gives="None"), "gave nothing back"),
    ],
    follows="`from_pretrained` hands a model over in evaluation mode; a training loop does not. Wherever a "
    "model may come out of training, say `eval()` and `no_grad()` yourself.",
)
