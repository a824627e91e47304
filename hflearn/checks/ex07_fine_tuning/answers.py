"""q14: which tokens a chat model learns to say, and from where."""

from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any

from .. import plain
from ..alike import alike
from ..describe import describe
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip
from ..rules import raised
from . import tiny

if TYPE_CHECKING:
    from torch import Tensor

Batch = tuple["Tensor", "Tensor", list[int]]  # ids, mask, where each answer starts

_ROWS = [  # (message, answer) by their tokens; 0 ends each answer, and is the padding
    [([7, 21, 9, 33], [12, 40, 5]), ([18, 3], [12, 6, 29, 44, 31, 8]), ([25, 9, 14, 2, 38], [12, 17])],
    [([11, 30, 4], [45, 22, 19, 6]), ([16, 27, 35, 9, 41, 13], [28])],
]
_LENGTH = 14
"""Every row is padded, as where lengths are multiples of something: no label falls off the end."""
_START, _FIRST, _BEFORE, _ALL = 0, 1, -1, -100
"""From where on tokens count, seen from the answer's first."""
_ONE_FOR_ALL: dict[str, Callable[[list[int]], int]] = {
    "first row": lambda starts: starts[0],
    "shortest": min,
    "longest": max,
}
"""Where the answers start, if all start at the same place."""


@cache
def _batches() -> list[Batch]:
    import torch

    def batch(rows: Sequence[tuple[list[int], list[int]]]) -> Batch:
        lengths = torch.tensor([len(message) + len(answer) + 1 for message, answer in rows])
        texts = [[*message, *answer] + [0] * _LENGTH for message, answer in rows]
        mask = (torch.arange(_LENGTH) < lengths[:, None]).long()
        return torch.tensor([text[:_LENGTH] for text in texts]), mask, [len(message) for message, _ in rows]

    return [batch(rows) for rows in _ROWS]


@cache
def _surprises(place: int, shift: int, zeros: bool = False, unread: bool = False) -> "Tensor":
    """The loss at each token, (rows, length): by what was said ``shift`` places before it, 0 where none was.

    With ``zeros`` it is token 0 that should have been said there; with ``unread`` no message is read.
    """
    import torch

    ids, mask, starts = _batches()[place]
    if unread:
        mask = mask * (torch.arange(ids.shape[1]) >= torch.tensor(starts)[:, None])
    with torch.no_grad():
        said = tiny.llama()(input_ids=ids, attention_mask=mask).logits.log_softmax(-1)
    wanted = torch.zeros_like(ids) if zeros else ids
    width = ids.shape[1]
    losses = torch.zeros(ids.shape)
    for token in range(max(shift, 0), min(width, width + shift)):
        losses[:, token] = -said[:, token - shift].gather(1, wanted[:, token, None])[:, 0]
    return losses


def _counted(place: int, shift: int, start: int | str, padding: str, by: int) -> "Tensor":
    """Which tokens count, (rows, length); ``by`` is how far to the left the mark for a token stands."""
    import torch

    ids, mask, starts = _batches()[place]
    marks = {"mask": mask.bool(), "ids": ids != 0, "none": torch.ones_like(mask).bool()}[padding]
    answers = torch.arange(ids.shape[1]) >= _from(starts, start)
    marks = marks & (~answers if start == "message" else answers)
    marks = marks.roll(by, dims=1)
    marks[:, :by] = False
    tokens = torch.arange(ids.shape[1])
    return marks & (tokens >= shift) & (tokens < ids.shape[1] + min(shift, 0))


def _from(starts: list[int], start: int | str) -> "Tensor":
    import torch

    if start in _ONE_FOR_ALL:
        return torch.tensor([[_ONE_FOR_ALL[str(start)](starts)]] * len(starts))
    return torch.tensor(starts)[:, None] + (0 if start == "message" else int(start))


_MEANS: dict[str, Callable[["Tensor", "Tensor"], "Tensor"]] = {
    "tokens": lambda losses, counted: losses[counted].mean(),
    "rows": lambda losses, counted: ((losses * counted).sum(1) / counted.sum(1)).nanmean(),
    "sum": lambda losses, counted: losses[counted].sum(),
    "places": lambda losses, counted: (losses * counted).sum() / losses.numel(),
    "places but one": lambda losses, counted: (losses * counted).sum() / losses[:, 1:].numel(),
    "a row": lambda losses, counted: losses[counted].sum() / len(losses),
}


@cache
def _losses(
    shift: int = 1, start: int | str = _START, padding: str = "mask", by: int = 0, mean: str = "tokens"
) -> list[float]:
    """The two batches' losses, right or by another idea of the labels."""
    return [
        _MEANS[mean](_surprises(place, shift), _counted(place, shift, start, padding, by)).item()
        for place in range(len(_batches()))
    ]


_IDEAS: dict[str, Sequence[Any]] = {
    "shift": (1, 2, 0, -1),
    "start": (_START, _FIRST, _BEFORE, _ALL, "message", *_ONE_FOR_ALL),
    "padding": ("mask", "ids", "none"),
    "by": (0, 1),
    "mean": tuple(_MEANS),
}


def _says(**fixed: Any) -> Callable[[Any], bool]:
    """Whether the losses come from these ideas; of those that are not named, any will do."""
    choices = [[fixed[name]] if name in fixed else ideas for name, ideas in _IDEAS.items()]
    return lambda seen: any(alike(_numbers(seen), _losses(*ideas), atol=1e-5) for ideas in product(*choices))


_RIGHT = {"shift": 1, "start": _START, "padding": "mask", "by": 0, "mean": "tokens"}


def _unread(seen: Any) -> bool:
    """Whether the answers are learnt as if there were no messages."""
    losses = [
        _surprises(place, 1, unread=True)[_counted(place, 1, _START, "mask", 0)].mean().item()
        for place in range(len(_batches()))
    ]
    return alike(_numbers(seen), losses, atol=1e-5)


def _zeros(seen: Any) -> bool:
    """Whether what should not count has become token 0, which does."""
    losses = []
    for place in range(len(_batches())):
        own = _counted(place, 1, _START, "mask", 0)
        both = _surprises(place, 1) * own + _surprises(place, 1, zeros=True) * ~own
        losses.append(both[:, 1:].mean().item())
    return alike(_numbers(seen), losses, atol=1e-5)


@dataclass(frozen=True)
class _Seen:
    loss: Any
    teaches: bool  # a way leads back from it to the model's weights


def _numbers(seen: Any) -> list[Any]:
    return [plain.number(one.loss) for one in seen]


def _examine(loss_of: Any) -> list[_Seen]:
    return [_asked(loss_of, deepcopy(tiny.llama()), batch) for batch in _batches()]


def _asked(loss_of: Any, model: Any, batch: Batch) -> _Seen:
    loss = run(loss_of, "a batch", model, *deepcopy(batch))
    return _Seen(loss, plain.number(loss) is not None and _teaches(loss, model))


def _teaches(loss: Any, model: Any) -> bool:
    import torch

    if not getattr(loss, "requires_grad", False):
        return False
    try:
        gradients = torch.autograd.grad(loss, list(model.parameters()), allow_unused=True)
    except RuntimeError:  # the function has gone that way itself, which can be done once
        return False
    return all(gradient is not None for gradient in gradients)


def _complain(seen: list[_Seen]) -> str | None:
    for one, right in zip(seen, _losses(**_RIGHT), strict=True):
        if one.loss is None:
            return NOTHING
        if plain.number(one.loss) is None:
            return f"Expected the loss, a tensor with one number, got {describe(one.loss)}."
        if not alike(one.loss, right, atol=1e-4):
            return "That is not the mean loss of the answers' tokens, each by what stands before it."
    return None if all(one.teaches for one in seen) else _NO_WAY_BACK


_NO_WAY_BACK = (
    "The number is right, but from it `backward()` finds no way back to the weights. Give the tensor, "
    "without `item()`, `detach()` or `no_grad`, and leave `backward()` to the loop."
)

UNREPAIRED = """
labels = ids.clone()
labels[:, :-1] = ids[:, 1:]   # at each place the token that comes next
labels[labels == 0] = -100    # the padding does not count
return model(input_ids=ids, attention_mask=mask, labels=labels).loss
"""

_CODE = """
labels = {labels}
labels[{padding}] = -100
for row, start in zip(labels, starts):
    row[{message}] = -100
return {give}
"""
_GIVE = "model(input_ids=ids, attention_mask=mask, labels=labels).loss"
_SAYS = "model(ids, attention_mask=mask).logits"
_BY_HAND = f"cross_entropy({_SAYS}{{said}}.flatten(0, 1), labels{{wanted}}.flatten())"
_UNSHIFTED = _BY_HAND.format(said="", wanted="")


def _sample(
    labels: str = "ids.clone()", padding: str = "mask == 0", message: str = ":start", give: str = _GIVE
) -> str:
    return _CODE.format(labels=labels, padding=padding, message=message, give=give)


_SHIFTED = """
labels = ids.clone()
labels[mask == 0] = -100
for row, start in zip(labels, starts):
    row[:start] = -100
labels = torch.nn.functional.pad(labels[:, 1:], (0, 1), value=-100)
return model(input_ids=ids, attention_mask=mask, labels=labels).loss
"""
_EACH = """
logits = model(input_ids=ids, attention_mask=mask).logits[:, :-1]
losses = cross_entropy(logits.transpose(1, 2), ids[:, 1:], reduction="none")
places = torch.arange({places})
counts = (places >= torch.tensor(starts)[:, None]) & {mask}
return {give}
"""


def _each(give: str, places: str = "1, ids.shape[1]", mask: str = "(mask[:, 1:] == 1)") -> str:
    return _EACH.format(give=give, places=places, mask=mask)


question = Question(
    title="It answers with every second word",
    expects=lambda: Patient(_examine, _complain),
    reference=_sample(),
    alternatives=[
        _sample(give=_BY_HAND.format(said="[:, :-1]", wanted="[:, 1:]")),
        _each("(losses * counts).sum() / counts.sum()"),
        """
        places = torch.arange(ids.shape[1]).expand_as(ids)
        counts = mask.bool() & (places >= torch.tensor(starts).unsqueeze(1))
        return model(ids, labels=torch.where(counts, ids, -100)).loss
        """,
        """
        said = model(input_ids=ids, attention_mask=mask).logits.log_softmax(-1)
        losses = []
        for row, start in enumerate(starts):
            for place in range(start, int(mask[row].sum())):
                losses.append(-said[row, place - 1, ids[row, place]])
        return torch.stack(losses).mean()
        """,
    ],
    hints=[
        "Three things are the matter. What does the model itself do with `labels`? Is a 0 always padding? "
        "And who wrote the first tokens of each row?",
        "`labels` belong *beside* `ids`, each at its own token's place: the model compares what it said at a "
        "place with the label one place further on.",
        "A label counts if `mask` is 1 there and the place is not before `starts`: all others become -100. "
        "The end, a 0 with a mask of 1, counts.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            UNREPAIRED,
            when=_says(shift=2, start=_ALL, padding="ids", by=0, mean="tokens"),
            says="Every place learns what comes *two* places on: the labels were shifted, and the model "
            "shifts them once more. Besides, the messages count, and the end of each answer does not.",
        ),
        Misconception(
            "shifting is the caller's",
            _SHIFTED,
            when=_says(shift=2),
            says="Shifted twice: you shifted the labels, and the model, which is given `labels`, does so "
            "itself. Each place learns the token after the next, so every second word is left out.",
            also=[
                UNREPAIRED.replace("labels == 0", "mask == 0"),
                _sample("torch.cat([ids[:, 1:], ids[:, :1] * 0], dim=1)", message=": start - 1"),
            ],
        ),
        Misconception(
            "a loss by hand needs no shift",
            _sample(give=_UNSHIFTED),
            when=_says(shift=0),
            says="Not shifted at all: what the model says at a place is held against the token *at* that "
            "place, which it has just read. It learns to repeat. Who works the loss out by hand shifts by "
            "hand: `logits[:, :-1]` against `labels[:, 1:]`.",
            also=[
                _sample(message="0:0", give=_UNSHIFTED),
                _sample(padding="ids == 0", give=_UNSHIFTED),
            ],
        ),
        Misconception(
            "shifted the other way",
            _sample(give=_BY_HAND.format(said="[:, 1:]", wanted="[:, :-1]")),
            when=_says(shift=-1),
            says="The wrong way round: each place is asked for the token *before* it, which the model has "
            "read already. It is the logits that lose their last place, and the labels their first.",
        ),
        Misconception(
            "what is marked is what counts",
            _sample(message="start:"),
            when=_says(shift=1, start="message", by=0),
            says="The wrong part: you passed over the answers, and the messages count. -100 marks what is "
            "*not* to be learnt.",
        ),
        Misconception(
            "every token teaches",
            _sample(message="0:0"),
            when=_says(shift=1, start=_ALL, by=0),
            says="The messages count, too: the model learns how riders complain, beside how to answer them. "
            "Labels before `starts` become -100. (There may be another fault.)",
            also=[
                _sample(message="0:0", padding="ids == 0"),
                "return model(input_ids=ids, attention_mask=mask, labels=ids).loss",
            ],
        ),
        Misconception(
            "a nought is padding",
            _sample(padding="ids == 0"),
            when=_says(shift=1, start=_START, padding="ids", by=0),
            says="The end of each answer does not count: it is a 0, like the padding, so the model never "
            "learns to stop. Which 0 is padding the `mask` knows.",
            also=[_each("(losses * counts).sum() / counts.sum()", mask="(ids[:, 1:] != 0)")],
        ),
        Misconception(
            "the mask sees to the padding",
            _sample().replace("labels[mask == 0] = -100\n", ""),
            when=_says(shift=1, padding="none", by=0),
            says="The padding counts. `attention_mask` keeps it from being *read*; the loss goes by the "
            "labels, and there a 0 is a token like others. So the model learns, above all, to say 0 after "
            "0.",
            also=[_sample(padding="ids < 0")],
        ),
        Misconception(
            "messages are all as long as the first",
            _sample().replace("row[:start]", "row[: starts[0]]"),
            when=lambda seen: any(_says(shift=1, start=start, by=0)(seen) for start in _ONE_FOR_ALL),
            says="You took one start for all rows. Each has its own, since the messages differ in length: "
            "in some rows a part of the message counts, or a part of the answer does not.",
            also=[_sample(message=": max(starts)"), _sample(message=": min(starts)")],
        ),
        Misconception(
            "what is not learnt is not read",
            """
            for row, start in zip(mask, starts):
                row[:start] = 0
            labels = torch.where(mask == 1, ids, -100)
            return model(input_ids=ids, attention_mask=mask, labels=labels).loss
            """,
            when=_unread,
            says="The right tokens count, but the model did not read the messages: you took them out of the "
            "`attention_mask`. It is to answer *them*. A message is read, and its labels are -100.",
        ),
        Misconception(
            "nothing predicts the first token",
            _sample(message=": start + 1"),
            when=_says(shift=1, start=_FIRST, by=0),
            says="The first token of each answer does not count. It is predicted from the message, and "
            "how an answer begins is worth learning.",
            also=[_each("(losses * counts).sum() / counts.sum()", places="ids.shape[1] - 1")],
        ),
        Misconception(
            "one earlier, because it is shifted",
            _sample(message=": start - 1"),
            when=_says(shift=1, start=_BEFORE, by=0),
            says="The last token of each message counts. A label stands at its own token's place, so the "
            "first that counts is at `start`; that it is *predicted* one place earlier is the model's "
            "affair.",
        ),
        Misconception(
            "the mark stands where it is said",
            _each(
                "(losses * counts).sum() / counts.sum()",
                places="ids.shape[1] - 1",
                mask="(mask[:, :-1] == 1)",
            ),
            when=_says(shift=1, start=_START, padding="mask", by=1),
            says="The marks of what counts are one place off: they go with the *token*, not with the "
            "place where it was predicted. So the token after the end counts, and the first of the answer "
            "does not. Shift them as you shift the labels.",
        ),
        Misconception(
            "what does not count is 0",
            _sample(give=_GIVE).replace("-100", "0"),
            when=_zeros,
            says="You made a 0 of each label that should not count. 0 is a token, the end: the model "
            "learns to say it throughout the message. The label that is passed over is -100.",
            also=[
                "counts = mask * (torch.arange(ids.shape[1]) >= torch.tensor(starts)[:, None])\n"
                "return model(input_ids=ids, attention_mask=mask, labels=ids * counts).loss"
            ],
        ),
        Misconception(
            "labels are the ids",
            _sample("ids"),
            when=raised(IndexError, "out of range"),
            says="The model was given -100 as a token to read: you wrote it into `ids` itself, or "
            "`labels` is another name for it. Make a copy: `ids.clone()`.",
        ),
        Misconception(
            "every answer weighs the same",
            _each("((losses * counts).sum(1) / counts.sum(1)).mean()"),
            when=_says(**{**_RIGHT, "mean": "rows"}),
            says="You took a mean for each answer, and of those the mean: a token of a short answer "
            "weighs more than one of a long one. The mean over all tokens was asked for.",
        ),
        Misconception(
            "a sum, or a mean over more than counts",
            _each("(losses * counts).mean()"),
            when=lambda seen: any(
                _says(**{**_RIGHT, "mean": mean})(seen)
                for mean in ("sum", "places", "places but one", "a row")
            ),
            says="The right tokens, and not their mean: divide the sum by how many of them count, and by "
            "nothing else. What was masked out is no token that was predicted well.",
            also=[_each("(losses * counts).sum()"), _each("(losses * counts).sum() / len(ids)")],
        ),
        Misconception(
            "a loss is a number",
            _sample(give=_GIVE + ".item()"),
            when=lambda seen: _says(**_RIGHT)(seen) and not any(one.teaches for one in seen),
            says=_NO_WAY_BACK,
            also=[
                _sample(give=f"torch.tensor({_GIVE}.item(), requires_grad=True)"),
                "with torch.no_grad():\n"
                + "\n".join("    " + line for line in _sample().strip().splitlines()),
            ],
        ),
    ],
    slips=[
        Slip(_sample(give=_GIVE.replace(", labels=labels", "")), "gave nothing back"),
        Slip(_sample(give=_GIVE.removesuffix(".loss")), "Expected the loss, a tensor with one number"),
        Slip(_sample(give=_GIVE + " + 1"), "not the mean loss of the answers' tokens"),
    ],
    follows="Decode the labels of one row before you train, those that are not -100: what you read there "
    "is what the model will learn to say. TRL's `SFTTrainer` makes these labels from *prompt* and "
    "*completion*.",
)
