"""q4: the training loop, with an optimizer's step after several batches."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from .. import plain
from ..alike import alike
from ..describe import describe
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip

if TYPE_CHECKING:
    from torch import Tensor, nn

_RATE = 0.5
_ACCUMULATE = (1, 3)
_CASES = {1: "six batches, a step after each", 3: "six batches, a step after every third"}


@dataclass(frozen=True)
class _Seen:
    said: Any
    weights: "Tensor"
    training: frozenset[bool]  # the model's mode at each of its calls

    def gives(self, rule: Callable[..., Any], accumulate: int) -> bool:
        """Whether the weights are those that ``rule`` leads to."""
        return _close(self.weights, _weights(rule, accumulate))


@cache
def _model() -> "nn.Module":
    """A linear layer that remembers in which mode it was called."""
    import torch
    from torch import nn

    class Remembering(nn.Linear):
        def forward(self, inputs: "Tensor") -> "Tensor":
            self.modes.append(self.training)
            return super().forward(inputs)

        def __repr__(self) -> str:
            return "a small model"

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        model = Remembering(4, 3)
    model.modes = []
    return model


@cache
def _batches() -> list[tuple["Tensor", "Tensor"]]:
    """Six batches of four rows, each with a different idea of the classes."""
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(2)
        return [(torch.randn(4, 4) * 2, torch.randint(0, 3, (4,))) for _ in range(6)]


def _examine(train: Any) -> list[_Seen]:
    return [_epoch(train, accumulate) for accumulate in _ACCUMULATE]


def _epoch(train: Any, accumulate: int) -> _Seen:
    import torch

    model = deepcopy(_model())
    model.eval()  # as an evaluation left it
    optimizer = torch.optim.SGD(model.parameters(), lr=_RATE)
    for weights in model.parameters():
        weights.grad = torch.ones_like(weights)  # what an earlier epoch left behind
    said = run(train, _CASES[accumulate], model, deepcopy(_batches()), optimizer, accumulate)
    return _Seen(said, _flat(model), frozenset(model.modes))


def _flat(model: "nn.Module") -> "Tensor":
    import torch

    return torch.cat([weights.detach().flatten() for weights in model.parameters()])


def _close(one: "Tensor", other: "Tensor") -> bool:
    import torch

    return torch.allclose(one, other, atol=1e-4)


@cache
def _weights(rule: Callable[..., Any], accumulate: int) -> "Tensor":
    import torch

    model = deepcopy(_model())
    optimizer = torch.optim.SGD(model.parameters(), lr=_RATE)
    for weights in model.parameters():
        weights.grad = torch.ones_like(weights)
    rule(model, optimizer, accumulate)
    return _flat(model)


def _loss(model: "nn.Module", number: int) -> "Tensor":
    from torch.nn.functional import cross_entropy

    inputs, labels = _batches()[number - 1]
    return cross_entropy(model(inputs), labels)


def _rule(
    clear_first: bool = True,
    clear: Callable[[int, int], bool] = lambda number, each: False,  # before the backward pass
    clear_after_step: bool = True,
    clear_before_step: bool = False,
    step: Callable[[int, int], bool] = lambda number, each: number % each == 0,
    divide: bool = True,
) -> Callable[..., None]:
    """A loop that goes wrong (or right) in these ways."""

    def train(model: "nn.Module", optimizer: Any, accumulate: int) -> None:
        if clear_first:
            optimizer.zero_grad()
        for number in range(1, len(_batches()) + 1):
            if clear(number, accumulate):
                optimizer.zero_grad()
            (_loss(model, number) / (accumulate if divide else 1)).backward()
            if step(number, accumulate):
                if clear_before_step:
                    optimizer.zero_grad()
                optimizer.step()
                if clear_after_step:
                    optimizer.zero_grad()

    return train


_right = _rule()
_never_cleared = _rule(clear_first=False, clear_after_step=False)
_undivided_never_cleared = _rule(clear_first=False, clear_after_step=False, divide=False)
_cleared_once = _rule(clear_after_step=False)
_cleared_once_undivided = _rule(clear_after_step=False, divide=False)
_left_over = _rule(clear_first=False)
_left_over_undivided = _rule(clear_first=False, divide=False)
_cleared_each_time = _rule(clear=lambda number, each: True)
_cleared_each_time_undivided = _rule(clear=lambda number, each: True, divide=False)
_undivided = _rule(divide=False)
_every_batch = _rule(step=lambda number, each: True)
_every_batch_undivided = _rule(step=lambda number, each: True, divide=False)
_from_nought = _rule(step=lambda number, each: (number - 1) % each == 0)
_from_nought_undivided = _rule(step=lambda number, each: (number - 1) % each == 0, divide=False)
_cleared_before_step = _rule(clear_before_step=True)
_nothing = _rule(step=lambda number, each: False)
_once = _rule(step=lambda number, each: number == len(_batches()))
_once_undivided = _rule(step=lambda number, each: number == len(_batches()), divide=False)


def _follows(*rules: Callable[..., Any]) -> Callable[[Any], bool]:
    """Whether all the weights are one of these rules'."""
    return lambda seen: any(
        all(one.gives(rule, each) for one, each in zip(seen, _ACCUMULATE, strict=True)) for rule in rules
    )


@cache
def _losses_of(accumulate: int) -> list[float]:
    """Each batch's loss, by the model as it was when its turn came."""
    losses: list[float] = []

    def recorded(model: "nn.Module", optimizer: Any, each: int) -> None:
        for number in range(1, len(_batches()) + 1):
            if (number - 1) % each == 0:
                optimizer.zero_grad()
            loss = _loss(model, number)
            losses.append(loss.item())
            (loss / each).backward()
            if number % each == 0:
                optimizer.step()

    _weights.__wrapped__(recorded, accumulate)
    return losses


def _mean_loss(accumulate: int) -> float:
    losses = _losses_of(accumulate)
    return sum(losses) / len(losses)


def _losses(by: Callable[[int], float]) -> Callable[[Any], bool]:
    """Whether the losses are the right ones times ``by``."""
    return lambda seen: alike(
        [plain.number(_plain(one.said)) for one in seen],
        [_mean_loss(each) * by(each) for each in _ACCUMULATE],
    )


def _plain(said: Any) -> Any:
    return said.detach() if hasattr(said, "detach") else said


def _well_trained(seen: Any) -> bool:
    return _follows(_right)(seen) and all(one.training == {True} for one in seen)


def _complain(seen: list[_Seen]) -> str | None:
    for one, each in zip(seen, _ACCUMULATE, strict=True):
        where = f"With {_CASES[each]}"
        if not one.training:
            return f"{where}: the model was never called."
        if one.training != {True}:
            return f"{where}: {_MODE}"
        if not one.gives(_right, each):
            return f"{where}: the model does not end up with the weights that it should."
        if one.said is None:
            return NOTHING
        loss = plain.number(_plain(one.said))
        if loss is None:
            return f"{where}: the mean loss, a number, was expected, and {describe(one.said)} came back."
        if not alike(loss, _mean_loss(each)):
            return f"{where}: the weights are right; the mean of the batches' losses is not {loss:.3f}."
        if getattr(one.said, "requires_grad", False):
            return _GRAPH
    return None


_MODE = (
    "the model was trained in evaluation mode, as the last evaluation left it: its dropout is off, and it "
    "learns by heart. A loop says `model.train()` itself."
)
_GRAPH = (
    "The weights and the loss are right, and the loss you add up is a tensor that holds the whole "
    "computation of every batch: memory grows until the epoch is over. Add `loss.item()`."
)

_BODY = """
model.{mode}()
total = 0
{start}
for number, (inputs, labels) in enumerate(batches, start={first}):
{before}
    loss = cross_entropy(model(inputs), labels)
    ({loss}).backward()
    total += {add}
    {when}
        {step}
return {give}
"""


def _sample(
    mode: str = "train",
    start: str = "optimizer.zero_grad()",
    first: int = 1,
    before: str = "",
    loss: str = "loss / accumulate",
    add: str = "loss.item()",
    when: str = "if number % accumulate == 0:",
    step: str = "optimizer.step(); optimizer.zero_grad()",
    give: str = "total / len(batches)",
) -> str:
    return _BODY.format(
        mode=mode,
        start=start,
        first=first,
        before=before,
        loss=loss,
        add=add,
        when=when,
        step=step,
        give=give,
    )


UNREPAIRED = """
model.eval()
total = 0
for number, (inputs, labels) in enumerate(batches, start=1):
    loss = cross_entropy(model(inputs), labels)
    loss.backward()
    total += loss.item()
    if number % accumulate == 0:
        optimizer.step()
return total / len(batches)
"""

question = Question(
    title="A loop that learns too much and too little",
    expects=lambda: Patient(_examine, _complain),
    reference="""
        model.train()
        total = 0
        optimizer.zero_grad()
        for number, (inputs, labels) in enumerate(batches, start=1):
            loss = cross_entropy(model(inputs), labels)
            (loss / accumulate).backward()
            total += loss.item()
            if number % accumulate == 0:
                optimizer.step()
                optimizer.zero_grad()
        return total / len(batches)
    """,
    alternatives=[
        """
        model.train()
        losses = []
        for start in range(0, len(batches), accumulate):
            group = [cross_entropy(model(x), y) for x, y in batches[start : start + accumulate]]
            optimizer.zero_grad(set_to_none=True)
            torch.stack(group).mean().backward()
            optimizer.step()
            losses += [loss.item() for loss in group]
        return sum(losses) / len(losses)
        """,
        """
        model.train()
        total = torch.tensor(0.0)
        for number, (inputs, labels) in enumerate(batches):
            if number % accumulate == 0:
                for weights in model.parameters():
                    weights.grad = None
            loss = cross_entropy(model(inputs), labels) / accumulate
            loss.backward()
            total += loss.detach() * accumulate
            if (number + 1) % accumulate == 0:
                optimizer.step()
        return total / len(batches)
        """,
    ],
    hints=[
        "Three things are the matter. In which mode is the model? What is in `.grad` when the second step is "
        "taken? And how large is a gradient to which three batches have added theirs?",
        "`backward()` adds to what is in `.grad`: somebody has to clear it (`optimizer.zero_grad()`), after "
        "each step and once before the first, for something may have been left there.",
        "Three batches in one step are to count as one large batch, and a batch's loss is a mean: divide "
        "each loss by `accumulate` before `backward()`. The loss that you *report* stays undivided.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            UNREPAIRED,
            when=lambda seen: (
                _follows(_undivided_never_cleared, _never_cleared)(seen)
                and all(one.training == {False} for one in seen)
            ),
            says="The model is trained in evaluation mode, as an evaluation left it, and the gradients "
            "are never cleared: every step is made of all that came before. (There may be a third fault.)",
            also=[UNREPAIRED.replace("loss.backward", "(loss / accumulate).backward")],
        ),
        Misconception(
            "train() is a detail",
            _sample(mode="eval"),
            when=lambda seen: _follows(_right)(seen) and any(False in one.training for one in seen),
            says="The steps are right, and " + _MODE,
        ),
        Misconception(
            "each backward starts afresh",
            _sample(start="", step="optimizer.step()"),
            when=_follows(_never_cleared, _undivided_never_cleared),
            says="The gradients are never cleared. `backward()` *adds* to what is there, so each step also "
            "repeats all the earlier ones.",
            also=[_sample(start="", step="optimizer.step()", loss="loss")],
        ),
        Misconception(
            "once cleared, always clear",
            _sample(step="optimizer.step()"),
            when=_follows(_cleared_once, _cleared_once_undivided),
            says="Cleared before the first step, and not after it: from the second on, each step also "
            "repeats all the earlier ones. `zero_grad()` belongs to every step.",
            also=[_sample(step="optimizer.step()", loss="loss")],
        ),
        Misconception(
            "clear right before the step",
            _sample(step="optimizer.zero_grad(); optimizer.step()"),
            when=lambda seen: (
                _follows(_nothing, _cleared_before_step)(seen) and all(one.training for one in seen)
            ),
            says="The model has not changed at all. Either no step is taken, or the gradients are cleared "
            "between `backward()` and `step()`, which throws away what the step was to use.",
            also=[_sample(step="pass")],
        ),
        Misconception(
            "what was left there is no matter",
            _sample(start=""),
            when=_follows(_left_over, _left_over_undivided),
            says="Cleared after each step, and not before the first: something had been left in `.grad` "
            "by whoever had the model before, and the first step took it along.",
            also=[_sample(start="", loss="loss")],
        ),
        Misconception(
            "cleared for every batch",
            _sample(start="", before="    optimizer.zero_grad()", step="optimizer.step()"),
            when=lambda seen: _follows(_cleared_each_time, _cleared_each_time_undivided)(seen),
            says="Right where every batch is a step. Where three batches make one, only the third is in "
            "it: the gradients of the first two were cleared before the step could use them, or never "
            "worked out. `backward()` once a batch, `zero_grad()` once a step.",
            also=[
                _sample(start="", before="    optimizer.zero_grad()", step="optimizer.step()", loss="loss")
            ],
        ),
        Misconception(
            "gradients that are added up are a mean",
            _sample(loss="loss"),
            when=_follows(_undivided),
            says="Right where every batch is a step. Three batches *add* their gradients, so the step is "
            "three times too long, as though somebody had tripled the learning rate. Divide each loss by "
            "`accumulate`.",
        ),
        Misconception(
            "a step a batch",
            _sample(when="if True:"),
            when=_follows(_every_batch, _every_batch_undivided),
            says="You took a step after every batch. `accumulate` of them share one step.",
            also=[_sample(when="if True:", loss="loss")],
        ),
        Misconception(
            "a step an epoch",
            _sample(when="if number == len(batches):"),
            when=_follows(_once, _once_undivided),
            says="One step in the whole epoch, at its end: is the step still inside of the loop, and in "
            "its `if`?",
            also=[_sample(when="if number == len(batches):", loss="loss")],
        ),
        Misconception(
            "counted from nought",
            _sample(first=0),
            when=_follows(_from_nought, _from_nought_undivided),
            says="Your first step comes after the first batch, not after the third: a count from 0 is "
            "divisible at once, and what the last batches learnt is never used. Count from 1, or ask for "
            "`number + 1`.",
            also=[_sample(first=0, loss="loss")],
        ),
        Misconception(
            "what is divided is reported",
            _sample(loss="loss", add="loss.item()").replace(
                "    (loss).backward()", "    loss = loss / accumulate\n    loss.backward()"
            ),
            when=lambda seen: _well_trained(seen) and _losses(lambda each: 1 / each)(seen),
            says="The model is trained rightly, and the loss that you report is a third of what it was: "
            "you added up the divided ones. Two runs with another `accumulate` could not be compared.",
        ),
        Misconception(
            "a sum will do",
            _sample(give="total"),
            when=lambda seen: (
                _well_trained(seen)
                and (_losses(lambda each: 6)(seen) or _losses(lambda each: float(each))(seen))
            ),
            says="The model is trained rightly, and the loss that you report is a sum, or divided by the "
            "number of steps: divide by the number of batches, since each brought a loss.",
            also=[_sample(give="total / (len(batches) / accumulate)")],
        ),
        Misconception(
            "a tensor is a number",
            _sample(add="loss"),
            when=lambda seen: (
                _well_trained(seen)
                and _losses(lambda each: 1)(seen)
                and all(getattr(one.said, "requires_grad", False) for one in seen)
            ),
            says=_GRAPH,
        ),
        Misconception(
            "the last loss is the loss",
            _sample(give="loss.item()"),
            when=lambda seen: (
                _well_trained(seen)
                and alike(
                    [plain.number(_plain(s.said)) for s in seen], [_losses_of(e)[-1] for e in _ACCUMULATE]
                )
            ),
            says="The model is trained rightly. What you report is the last batch's loss, which is a "
            "matter of luck: the mean of all was asked for.",
        ),
    ],
    slips=[
        Slip(_sample(give="None"), "gave nothing back"),
        Slip(_sample(give="[total]"), "a list of 1 item came back"),
        Slip(_sample(start="return 0.0"), "the model was never called"),
        Slip(_sample(loss="-loss / accumulate"), "does not end up with the weights"),
        Slip(_sample(give="total / 7"), "the mean of the batches' losses is not"),
    ],
    follows="Overfit one batch first, in any loop that you did not write: ten steps on four rows should "
    "bring the loss near nought. This one would have failed it, in a second.",
)
