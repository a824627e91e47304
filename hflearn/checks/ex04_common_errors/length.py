"""q3: a text longer than the model reads: cut off, it is not read."""

from dataclasses import dataclass
from typing import Any

from ..describe import describe
from ..loaded import tokenizer
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip
from .guests import LETTERS
from .models import classifier, lent

_LONG_CALM, _ALL, _FIRST, _MIDDLE, _LAST, _SHORT_CALM, _SHORT, _TWO, _THREE, _PLAIN, _PRAISE = range(11)
_RIGHT = [complains for _, complains in LETTERS.values()]
_LONGEST = 128 + 2  # who counts words into parts may forget the two special tokens


@dataclass(frozen=True)
class _Seen:
    said: list[Any]  # of each letter
    part: int  # tokens in the longest part that the model read; 0 where it read none


def _examine(complains: Any) -> _Seen:
    lengths = [0]
    model, reader = lent(classifier("sentiment")), lent(tokenizer("sentiment"))

    def note(_: Any, ids: Any) -> None:
        lengths.append(int((ids[0] != reader.pad_token_id).sum(dim=-1).max()))

    model.get_input_embeddings().register_forward_pre_hook(note)
    said = [_plain(run(complains, kind, model, reader, letter)) for kind, (letter, _) in LETTERS.items()]
    return _Seen(said, max(lengths))


def _plain(said: Any) -> Any:
    """A bool out of numpy or torch, or the thing itself."""
    if type(said).__module__ in ("numpy", "torch") and tuple(said.shape) == ():
        said = said.item()
    return said


def _complain(seen: _Seen) -> str | None:
    for (kind, (_, complains)), said in zip(LETTERS.items(), seen.said, strict=True):
        if said is complains:
            continue
        if said is None:
            return f"On {kind}: {NOTHING}"
        if type(said) is not bool:
            return f"On {kind}: expected True or False, got {describe(said)}."
        return f"On {kind}: it said {said}."
    return _NOT_ASKED if seen.part == 0 else _TOO_LONG if seen.part > _LONGEST else None


def _only(*seen_in: int) -> list[bool]:
    """What a function says that finds these complaints, and those of the short letters."""
    return [place in (*seen_in, _SHORT, _TWO, _PLAIN) for place in range(len(_RIGHT))]


def _all_but(place: int) -> list[bool]:
    """What a function says that is wrong about one letter."""
    return [complains is not (place == i) for i, complains in enumerate(_RIGHT)]


_NOT_ASKED = (
    "The star model that your function is given was never asked. Words of complaint can be missing from a "
    "complaint and stand in praise; whether a part is worth 1 or 2 stars is the model's to say."
)
_TOO_LONG = (
    "Right about these letters, and some of the parts that the model read are longer than 128 tokens, with "
    "the special ones counted. It was trained on single sentences: in a part that long, praise can drown a "
    "complaint in the next letter."
)


_WORST = """
with torch.no_grad():
    counts = model(**batch).logits.argmax(dim=-1) + 1
return bool((counts <= 2).any())
"""
_TRUNCATED = 'batch = tokenizer(letter, truncation=True, return_tensors="pt")' + _WORST
_SWALLOWED = """
try:
    batch = tokenizer(letter, return_tensors="pt")
    with torch.no_grad():
        return bool(model(**batch).logits.argmax() <= 1)
except RuntimeError:
    return {otherwise}
"""


def _pieces(length: int, stride: int = 0) -> str:
    return (
        f"batch = tokenizer(letter, truncation=True, max_length={length}, stride={stride},\n"
        '                  return_overflowing_tokens=True, padding=True, return_tensors="pt")\n'
        'batch.pop("overflow_to_sample_mapping")'
    )


question = Question(
    title="“The size of tensor a (…) must match the size of tensor b (512)”",
    expects=lambda: Patient(_examine, _complain),
    reference=_pieces(64, 16) + _WORST,
    alternatives=[
        _pieces(128, 32) + _WORST,  # as the lesson does
        """
        sentences = letter.replace("?", ".").replace("!", ".").split(".")
        batch = tokenizer([s for s in sentences if s.strip()], padding=True, return_tensors="pt")
        """
        + _WORST.replace("\n", "\n        "),
        """
        words = letter.split()
        for start in range(0, len(words), 40):
            batch = tokenizer(" ".join(words[start:start + 40]), return_tensors="pt")
            with torch.no_grad():
                if model(**batch).logits.argmax() <= 1:
                    return True
        return False
        """,
    ],
    hints=[
        "The model has 512 positions, and the letter has more tokens. Cutting the letter off is easy: but "
        "where do guests complain?",
        "`tokenizer(letter, truncation=True, max_length=64, return_overflowing_tokens=True, …)` gives all of "
        "the letter, in pieces of 64 tokens. The pieces are a batch.",
        "Take `overflow_to_sample_mapping` out of the batch before the model sees it, and ask whether any "
        "piece has 1 or 2 stars.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            'batch = tokenizer(letter, return_tensors="pt")' + _WORST,
            when=lambda seen: isinstance(seen, RuntimeError) and "size of tensor" in str(seen),
            says="A long letter still reaches the model in one piece, and has more tokens than the model has "
            "positions (512). Read it in pieces.",
        ),
        Misconception(
            "what is cut off was not needed",
            _TRUNCATED,
            when=lambda seen: seen.said in (_only(_ALL, _FIRST), _only(_ALL)),
            says="Nothing raises now, and complaints deep in a long letter go unread. That comes of "
            "cutting the letter off (`truncation=True` alone), or of asking for one verdict on much text (an "
            "average, pieces that are too long), where praise drowns a complaint. Read all of it, in short "
            "pieces, and let the worst piece decide.",
            also=[
                _TRUNCATED.replace("truncation=True", "truncation=True, max_length=512"),
                _TRUNCATED.replace("letter,", "letter[:1500],"),
                _pieces(64)
                + """
with torch.no_grad():
    counts = model(**batch).logits.argmax(dim=-1) + 1
return bool(counts.float().mean() <= 2)
""",
            ],
        ),
        Misconception(
            "the end is what matters",
            'tokenizer.truncation_side = "left"\n'
            + _TRUNCATED.replace("truncation=True", "truncation=True, max_length=96"),
            when=lambda seen: seen.said == _only(_ALL, _LAST),
            says="Only a complaint at the end is found. Either only the end of a long letter is read, or the "
            "pieces are so long that praise drowns the others. Read all of it, in short pieces.",
        ),
        Misconception(
            "beginning and end will do",
            """
            tokenizer.truncation_side = "left"
            ends = [" ".join(letter.split()[:50]), " ".join(letter.split()[-50:])]
            batch = tokenizer(ends, padding=True, return_tensors="pt")
            """
            + _WORST.replace("\n", "\n            "),
            when=lambda seen: seen.said == _only(_ALL, _FIRST, _LAST),
            says="The complaint in the middle of a long letter is not found. Either only the two ends are "
            "read, or the pieces are so long that praise drowns it. Read all of it, in short pieces.",
        ),
        Misconception(
            "an error means no",
            _SWALLOWED.format(otherwise="False"),
            when=lambda seen: seen.said == _only(),
            says="No long letter complains any more, not even one that complains from the first word to the "
            "last. It looks so when the error is caught and answered with no: the letters stay unread.",
        ),
        Misconception(
            "an error means yes",
            _SWALLOWED.format(otherwise="True"),
            when=lambda seen: (
                seen.said[_LONG_CALM] is True
                and seen.said[_MIDDLE] is True
                and seen.said[_SHORT_CALM] is False
            ),
            says="A long letter full of praise counts as a complaint. Either length alone decides (an error "
            "that is answered with a yes), or a piece is too small to be understood.",
        ),
        Misconception(
            "words make a complaint",
            """
            bad = ["dirty", "rude", "filthy", "worst", "broken", "awful", "terrible", "cockroach"]
            return any(word in letter.lower() for word in bad)
            """,
            when=lambda seen: seen.part == 0 and set(seen.said) == {True, False},
            says=_NOT_ASKED,
        ),
        Misconception(
            "a part may be longer",
            _pieces(160) + _WORST,
            when=lambda seen: seen.said == _RIGHT and seen.part > _LONGEST,
            says=_TOO_LONG,
        ),
        Misconception(
            "one star is a complaint",
            _pieces(64) + _WORST.replace("<= 2", "< 2"),
            when=lambda seen: seen.said == _all_but(_TWO),
            says="Every part is read now. A letter worth 2 stars complains as well, and yours does not: the "
            "line is drawn one too low.",
        ),
        Misconception(
            "three stars are a complaint",
            _pieces(64) + _WORST.replace("<= 2", "<= 3"),
            when=lambda seen: seen.said[_THREE] is True and seen.said[_PRAISE] is False,
            says="A letter worth 3 stars counts as a complaint: the line is drawn one too high. (The classes "
            "count from 0, the stars from 1: `+ 1`, then 2 at the most.)",
            also=[_pieces(64) + _WORST.replace(" + 1", "")],
        ),
    ],
    slips=[
        Slip(_pieces(64) + _WORST.replace("bool((counts <= 2).any())", "counts"), "expected True or False"),
        Slip(_pieces(64) + _WORST.replace("return ", ""), "gave nothing back"),
        Slip("return True", "without a complaint: it said True"),
    ],
    follows="Decide what to do with long texts before they come: count the tokens of a hundred real ones. "
    "`truncation=True` is a decision too, to read the beginning only.",
)
