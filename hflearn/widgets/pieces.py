"""A text cut into tokens, each with what a reader wants to know of it."""

from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from hflearn.errors import CourseError

from .given import VISIBLE

SPACES = ("Ġ", "▁")
"""How vocabularies write the space in front of a word: byte-level BPE and SentencePiece."""


@dataclass(frozen=True)
class Piece:
    """A token: `shown` is its stretch of the text, made visible; `entry` is how the vocabulary writes it.

    `start` and `end` count characters of the text; they are equal for a token that the tokenizer added.
    `part` is "1 of 3" where one character takes several tokens; `joined`, that it goes on with a word.
    """

    id: int
    entry: str
    shown: str
    start: int
    end: int
    mark: str = ""  # "special", "unknown" or nothing
    part: str = ""
    joined: bool = False


def pieces(text: str, tokenizer: Any) -> list[Piece]:
    """The tokens of a text, the special ones that the tokenizer adds among them.

    :raises CourseError: the tokenizer is a slow one, which knows no offsets.
    """
    if not tokenizer.is_fast:
        raise CourseError(
            f"{type(tokenizer).__name__} is a slow tokenizer and cannot say which characters a token stands "
            "for: load a fast one with AutoTokenizer, or print tokenizer.tokenize(text)."
        )
    encoded = tokenizer(text, return_offsets_mapping=True, verbose=False)
    entries = tokenizer.convert_ids_to_tokens(encoded["input_ids"])
    words = encoded.word_ids()
    found = []
    for position, (id, entry, (start, end)) in enumerate(
        zip(encoded["input_ids"], entries, encoded["offset_mapping"], strict=True)
    ):
        joined = position > 0 and words[position] is not None and words[position] == words[position - 1]
        mark = _mark(id, text[start:end], tokenizer)
        found.append(Piece(id, entry, _shown(entry, text, start, end), start, end, mark, joined=joined))
    return _with_parts(found)


def _mark(id: int, stretch: str, tokenizer: Any) -> str:
    # Some tokenizers have one token for both: it is unknown where the text says something else.
    if id == tokenizer.unk_token_id and stretch not in ("", tokenizer.unk_token):
        return "unknown"
    return "special" if id in tokenizer.all_special_ids else ""


def _shown(entry: str, text: str, start: int, end: int) -> str:
    stretch = text[start:end]
    # Some tokenizers leave the space out of the offsets, though the token holds it.
    before = " " if entry.startswith(SPACES) and text[start - 1 : start] == " " else ""
    return (before + stretch).translate(VISIBLE) or entry


def _with_parts(found: list[Piece]) -> list[Piece]:
    """The pieces, numbered where one character is shared by several."""
    numbered: list[Piece] = []
    for _, group in groupby(enumerate(found), key=_group_of(found)):
        shared = [piece for _, piece in group]
        if len(shared) > 1:
            shared = [
                replace(piece, part=f"{number} of {len(shared)}")
                for number, piece in enumerate(shared, start=1)
            ]
        numbered += shared
    return numbered


def _group_of(found: list[Piece]) -> Any:
    """A key that is the same for pieces whose stretches overlap."""
    keys: list[int] = []
    for position, piece in enumerate(found):
        shares = position > 0 and piece.start < found[position - 1].end and piece.start < piece.end
        keys.append(keys[-1] if shares else position)
    return lambda numbered: keys[numbered[0]]
