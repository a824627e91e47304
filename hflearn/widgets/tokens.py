"""Type, and see the tokens: their text, ids and offsets, with one tokenizer or with two."""

import html
from typing import Any

import ipywidgets as widgets

from hflearn.errors import CourseError
from hflearn.figures.described import Described
from hflearn.figures.token_chips import token_chips

from .explorer import Explorer
from .given import a_text, a_tokenizer, name
from .pieces import Piece, pieces

MOST = 1000
"""Characters that are cut into tokens: more would be slow to draw, and nobody reads them."""

Rows = list[tuple[str, list[Piece]]]


def tokens(text: str, tokenizer: Any, other: Any = None) -> "Tokens":
    """An explorer of how `tokenizer` cuts a text, beside how `other` does, if there is one.

    Both must be fast tokenizers, as most are that AutoTokenizer loads.

    :raises CourseError: what was given is no text, or no tokenizer.
    """
    given = [tokenizer] if other is None else [tokenizer, other]
    return Tokens(a_text(text, "tokens"), [a_tokenizer(each, "tokens") for each in given])


class Tokens(Explorer):
    def __init__(self, text: str, tokenizers: list[Any]):
        self.tokenizers = tokenizers
        self.text = widgets.Textarea(value=text, description="Text", rows=2)
        super().__init__(self.text)
        self.text.observe(self.draw, "value")

    def look(self) -> Rows:
        """Each tokenizer's name, and the pieces that it makes of the text."""
        if not self.text.value.strip():
            raise CourseError("There is no text to cut: type a word.")
        return [(name(tokenizer), pieces(self._cut(), tokenizer)) for tokenizer in self.tokenizers]

    def _cut(self) -> str:
        return self.text.value[:MOST]

    def render(self, seen: Rows) -> str:
        parts = [
            f"<p><strong>{html.escape(who)}</strong>: {counted(found, len(self._cut()))}</p>"
            f"{chips(found, who)}"
            for who, found in seen
        ]
        return "".join(f"<p>{html.escape(note)}</p>" for note in self._notes(seen)) + "".join(parts)

    def _notes(self, seen: Rows) -> list[str]:
        notes = []
        if len(self.text.value) > MOST:
            notes.append(
                f"Only the first {MOST:,} of {len(self.text.value):,} characters are cut into tokens."
            )
        if len(seen) == 2:
            notes.append(difference(seen))
        return notes

    def in_words(self, seen: Rows) -> str:
        said = [
            f"{who}: {counted(found, len(self._cut()))}: {', '.join(_spelt(piece) for piece in found)}."
            for who, found in seen
        ]
        return " ".join([f"“{self._cut()}” as tokens.", *self._notes(seen), *said])

    def still(self) -> Described:
        seen = self.look()
        rows = [
            (f"{who}: {counted(found, len(self._cut()))}", [_chip(piece) for piece in found])
            for who, found in seen
        ]
        return token_chips(rows, self.in_words(seen))


def counted(found: list[Piece], characters: int) -> str:
    """ "9 tokens, 2 of them special; 5.3 characters for each of the others"."""
    special = sum(piece.mark == "special" for piece in found)
    unknown = sum(piece.mark == "unknown" for piece in found)
    rest = len(found) - special
    marked = [f"{number} {mark}" for number, mark in ((special, "special"), (unknown, "unknown")) if number]
    of_them = f" ({', '.join(marked)})" if marked else ""
    plural = "" if len(found) == 1 else "s"
    each = f"; {characters / rest:.1f} characters per token" if rest else ""
    return f"{len(found)} token{plural}{of_them}{each}"


def difference(rows: Rows) -> str:
    (one, first), (two, second) = rows
    more = len(second) - len(first)
    if not more:
        return f"{two} and {one} need the same number of tokens."
    share = f" ({more / len(first):+.0%})" if first else ""
    return f"{two} needs {abs(more)} {'more' if more > 0 else 'fewer'} than {one}{share}."


def chips(found: list[Piece], who: str) -> str:
    items = "".join(_item(piece) for piece in found)
    return f'<ol class="hflearn-chips" aria-label="Tokens of {html.escape(who)}">{items}</ol>'


def _item(piece: Piece) -> str:
    classes = " ".join(filter(None, (piece.mark, "joined" if piece.joined else "")))
    title = html.escape(f"{piece.entry} in the vocabulary, id {piece.id}, {_where(piece)}")
    below = "".join(
        f"<span>{line}</span>" for line in (piece.id, _place(piece), _remark(piece)) if line != ""
    )
    return f'<li class="{classes}" title="{title}"><b>{html.escape(piece.shown)}</b>{below}</li>'


def _chip(piece: Piece) -> tuple[str, str, str]:
    return piece.shown, f"{piece.id}\n{_place(piece)}\n{_remark(piece)}", piece.mark


def _place(piece: Piece) -> str:
    return f"{piece.start}–{piece.end}" if piece.start < piece.end else "added"


def _where(piece: Piece) -> str:
    return f"characters {_place(piece)}" if piece.start < piece.end else "added by the tokenizer"


def _remark(piece: Piece) -> str:
    return piece.mark or (f"part {piece.part}" if piece.part else "")


def _spelt(piece: Piece) -> str:
    remark = _remark(piece)
    return f"{piece.shown} {piece.id}" + (f" ({remark})" if remark else "")
