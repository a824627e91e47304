"""q7: a batch of beginnings: the padding token, its side, and the mask."""

from functools import cache
from itertools import product
from typing import Any

from .. import plain
from ..describe import describe
from ..expect import Array
from ..loaded import tokenizer
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip
from .models import lent, writer

_WORD = " room"
_BEGINNINGS = [
    "Please bring two more towels to my",
    "After a long day at the beach, all that the tired children wanted was a warm and quiet",
    "The guests liked the",
]
_LONGEST = 1
_SIDES: list[tuple[str | None, bool]] = [(None, True), *product(("left", "right"), (True, False))]


def _reader() -> Any:
    """The tokenizer as many of its family come: without a token for padding."""
    reader = lent(tokenizer("chat"))
    reader.pad_token = None
    return reader


def _examine(chances: Any) -> Any:
    model = writer()
    for side, masked in _SIDES:
        _chances(side, masked)  # before the model is in other hands: it is too large to be copied each time
    as_lent = _state(model)
    try:
        return run(chances, f"{len(_BEGINNINGS)} beginnings", model, _reader(), list(_BEGINNINGS), _WORD)
    finally:
        if _state(model) != as_lent:
            writer.cache_clear()


def _state(model: Any) -> tuple[Any, ...]:
    return model.dtype, model.device, model.training, model.get_input_embeddings().num_embeddings


@cache
def _chances(side: str | None = None, masked: bool = True) -> list[float]:
    """Each by itself, or (with a side) in one batch that is padded there, read at its last place."""
    import torch

    if side is None:
        return [_last({"input_ids": torch.tensor([_reader()(text)["input_ids"]])})[0] for text in _BEGINNINGS]
    reader = _reader()
    reader.pad_token, reader.padding_side = reader.eos_token, side
    batch = dict(reader(_BEGINNINGS, padding=True, return_tensors="pt"))
    return _last(batch if masked else {"input_ids": batch["input_ids"]})


def _last(batch: Any) -> list[float]:
    import torch

    token = tokenizer("chat").encode(_WORD)[0]
    with torch.no_grad():
        chances = writer()(**batch).logits[:, -1].softmax(dim=-1)[:, token]
    return [float(chance) for chance in chances]


def _near(said: float, right: float) -> bool:
    return abs(said - right) <= 0.02 * right


def _is(seen: Any, *wanted: list[float]) -> bool:
    return type(seen) in (list, tuple) and any(
        len(seen) == len(chances) and all(_near(a, b) for a, b in zip(seen, chances, strict=True))
        for chances in wanted
    )


def _complain(seen: Any) -> str | None:
    if seen is None:
        return NOTHING
    if plain.array(seen) is None:
        return f"Expected a list of {len(_BEGINNINGS)} numbers, got {_got(seen)}."
    if wrong := Array([0.0] * len(_BEGINNINGS), atol=1e9).complaint(seen):
        return wrong
    numbers = [float(number) for number in seen]
    amiss = [i for i, (a, b) in enumerate(zip(numbers, _chances(), strict=True)) if not _near(a, b)]
    if not amiss:
        return None
    if not all(0 <= number <= 1 for number in numbers):
        return "A chance lies between 0 and 1, and yours do not: the scores have to go through a softmax."
    if amiss == [i for i in range(len(numbers)) if i != _LONGEST]:
        return (
            "Only the longest beginning is right, the one without padding. In the others either the last "
            "place holds padding, or the model reads padding that it should not see."
        )
    return (
        f"{len(amiss)} of the {len(numbers)} chances differ from what the model says of the beginning "
        f"alone{_NOT_PADDING if _LONGEST in amiss else _NEIGHBOURS}"
    )


def _got(seen: Any) -> str:
    return (
        f"{describe(seen)}, the first of which is {describe(seen[0])}"
        if type(seen) is list
        else describe(seen)
    )


_NEIGHBOURS = ". A sentence must not depend on what else is in its batch."
_NOT_PADDING = (
    ", the longest among them, which needs no padding. Which place is read (the last), which token (a word "
    "with the space before it is another than without), and is it that token's chance?"
)


_WITH = """
{before}batch = tokenizer(beginnings, padding=True, return_tensors="pt")
with torch.no_grad():
    logits = model({given}).logits
token = tokenizer.encode(word)[0]
return logits[{at}].softmax(dim=-1)[:, token].tolist()
"""
_PAD = "tokenizer.pad_token = tokenizer.eos_token\n"
_LEFT = 'tokenizer.padding_side = "left"\n'
_IDS = 'batch["input_ids"]'
_ALL = "**batch"


def _sample(before: str, given: str = _IDS, at: str = ":, -1") -> str:
    return _WITH.format(before=before, given=given, at=at)


question = Question(
    title="“Asking to pad but the tokenizer does not have a padding token”",
    expects=lambda: Patient(_examine, _complain),
    reference=_sample(_PAD + _LEFT, _ALL),
    alternatives=[
        """
        tokenizer.pad_token = tokenizer.eos_token
        batch = tokenizer(beginnings, padding=True, padding_side="right", return_tensors="pt")
        with torch.no_grad():
            logits = model(**batch).logits
        last = batch["attention_mask"].sum(dim=1) - 1
        token = tokenizer.encode(word)[0]
        return logits[torch.arange(len(beginnings)), last].softmax(dim=-1)[:, token].tolist()
        """,
        """
        token = tokenizer.encode(word)[0]
        chances = []
        for beginning in beginnings:
            with torch.no_grad():
                logits = model(**tokenizer(beginning, return_tensors="pt")).logits
            chances.append(logits[0, -1].softmax(dim=-1)[token].item())
        return chances
        """,
        _sample('tokenizer.add_special_tokens({"pad_token": "<|im_start|>"})\n' + _LEFT, _ALL),
    ],
    hints=[
        "Three things have to be right: which token fills the rows, at which end, and that the model is told "
        "to look away. The error names only the first.",
        "`logits[:, -1]` is the last place of each row. What stands there, in a short row?",
        '`tokenizer.pad_token = tokenizer.eos_token`, `tokenizer.padding_side = "left"`, and the model gets '
        "the whole batch, with its `attention_mask`.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            _sample(""),
            when=lambda seen: isinstance(seen, ValueError) and "padding token" in str(seen),
            says="There is still no token to fill the shorter rows with. Any token that the model knows will "
            "do, if it is told not to read it; the end-of-text token is the custom.",
        ),
        Misconception(
            "an error about padding: no padding",
            _sample("").replace("padding=True, ", ""),
            when=lambda seen: isinstance(seen, ValueError) and "tensor" in str(seen),
            says="Without padding the rows have different lengths, and a tensor is a rectangle. Fill them up "
            "(or ask for one beginning at a time).",
        ),
        Misconception(
            "a new token is free",
            _sample('tokenizer.add_special_tokens({"pad_token": "[PAD]"})\n' + _LEFT, _ALL),
            when=lambda seen: isinstance(seen, IndexError) and "out of range in self" in str(seen),
            says="That is the other advice in the message, and it needs a second step: the new token has a "
            "number for which the model has no embedding. Take a token that it has, such as the end-of-text "
            "token.",
        ),
        Misconception(
            "the token is all that was missing",
            _sample(_PAD),
            when=lambda seen: _is(seen, _chances("right", True), _chances("right", False)),
            says="Nothing raises, and only the longest beginning is right. The others are filled up on the "
            "right, so their last place holds padding: you asked how the padding goes on. The mask alone "
            "does not mend that.",
            also=[_sample(_PAD, _ALL)],
        ),
        Misconception(
            "padding is not read",
            _sample(_PAD + _LEFT),
            when=lambda seen: _is(seen, _chances("left", False)),
            says="The padding is on the left now, and the last places are text. But the model reads the "
            "padding too: it was given the ids alone. The mask that says what to ignore is in the batch.",
            also=[_sample(_PAD + _LEFT, "input_ids=" + _IDS)],
        ),
        Misconception(
            "cut to the shortest",
            """
            tokenizer.pad_token = tokenizer.eos_token
            shortest = min(len(tokenizer(text)["input_ids"]) for text in beginnings)
            batch = tokenizer(beginnings, truncation=True, max_length=shortest, return_tensors="pt")
            with torch.no_grad():
                logits = model(**batch).logits
            token = tokenizer.encode(word)[0]
            return logits[:, -1].softmax(dim=-1)[:, token].tolist()
            """,
            when=lambda seen: (
                len(seen) == len(_BEGINNINGS)
                and _near(seen[2], _chances()[2])
                and not any(_near(seen[i], _chances()[i]) for i in (0, 1))
            ),
            says="Only the shortest beginning is right: the others have lost their last words, or gained "
            "some. A batch is made even by filling up, not by cutting off.",
        ),
    ],
    slips=[
        Slip(_sample(_PAD + _LEFT, _ALL).replace(".softmax(dim=-1)", ""), "go through a softmax"),
        Slip(_sample(_PAD + _LEFT, _ALL).replace(".softmax(dim=-1)[:, token]", ".argmax(dim=-1)"), "softmax"),
        Slip(_sample(_PAD + _LEFT, _ALL, ":, -2"), "the longest among them"),
        Slip(_sample(_PAD + _LEFT, _ALL).replace("encode(word)", "encode(word.strip())"), "which token"),
        Slip('return ["0.5" + word for beginning in beginnings]', "the first of which is the string"),
        Slip(_sample(_PAD + _LEFT, _ALL, ":1, -1"), "got one of shape (1,)"),
        Slip(_sample(_PAD + _LEFT, _ALL).replace("return ", ""), "gave nothing back"),
    ],
    follows="The same three for `generate` in batches: a padding token, on the left, with the mask. Test a "
    "batch against its texts one by one.",
)
