"""q2: what the model never sees, found by ids and offsets."""

from collections.abc import Callable
from functools import cache
from typing import Any

from ..alike import follows
from ..expect import Expectation, Strings
from ..function import Case
from ..loaded import tokenizer
from ..question import Misconception, Question, Slip
from .unwarned import Unwarned

_TEXTS = [
    ("Fire🔥 behind the school!",),
    ("Señor López, calle Ñuñoa 5",),  # accents are no loss
    ("🏊 ¿Cuándo abre la piscina? 🏊",),
    ("No water 🚱, three children ill🤒. No water 🚱!",),
    ("🌊Storm at the harbour, 垃圾 everywhere",),  # not by emoji alone
    ("The lift is out of order.",),
    ("We have no water. " * 150 + "Fire🔥",),  # longer than the model takes
]
_SHORT = _TEXTS[:-1]


@cache
def _tokens(text: str) -> list[tuple[str, str]]:
    """(token, the text that it stands for), the special ones included."""
    coded = tokenizer("sentiment")(text, return_offsets_mapping=True, verbose=False)
    tokens = tokenizer("sentiment").convert_ids_to_tokens(coded["input_ids"])
    return [
        (token, text[start:end]) for token, (start, end) in zip(tokens, coded["offset_mapping"], strict=True)
    ]


def _lost(text: str) -> list[str]:
    return [piece for token, piece in _tokens(text) if token == "[UNK]"]


def _known(text: str) -> list[str]:
    return [piece for token, piece in _tokens(text) if token != "[UNK]"]


def _per_word(keep: Callable[[list[str]], bool]) -> Callable[[str], list[str]]:
    return lambda text: [word for word in text.split() if keep(_pieces(word))]


@cache
def _pieces(word: str) -> list[str]:
    pieces: list[str] = tokenizer("sentiment").tokenize(word)
    return pieces


def _one_before(text: str) -> list[str]:
    tokens = _tokens(text)
    return [tokens[at - 1][1] for at, (token, _) in enumerate(tokens) if token == "[UNK]"]


def _spans(seen: Any) -> bool:
    return all(type(span) in (tuple, list) and len(span) == 2 for span in seen[0]) and len(seen[0]) == 1


def _expects() -> Expectation:
    return Unwarned([Case(args, Strings(_lost(*args), kind="pieces of the text")) for args in _TEXTS])


_CODED = """
coded = tokenizer(text, return_offsets_mapping=True)
pairs = zip(coded["input_ids"], coded["offset_mapping"])
"""

question = Question(
    title="What does the model never see?",
    expects=_expects,
    reference="""
        coded = tokenizer(text, return_offsets_mapping=True)
        pairs = zip(coded["input_ids"], coded["offset_mapping"])
        return [text[start:end] for id, (start, end) in pairs if id == tokenizer.unk_token_id]
    """,
    alternatives=[
        """
        coded = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
        tokens = tokenizer.convert_ids_to_tokens(coded["input_ids"])
        lost = []
        for token, (start, end) in zip(tokens, coded["offset_mapping"]):
            if token == "[UNK]":
                lost.append(text[start:end])
        return lost
        """,
        """
        coded = tokenizer(text)
        unknown = [at for at, id in enumerate(coded["input_ids"]) if id == tokenizer.unk_token_id]
        spans = [coded.token_to_chars(at) for at in unknown]
        return tuple(text[span.start:span.end] for span in spans)
        """,
    ],
    hints=[
        "What the tokenizer cannot spell becomes the token `[UNK]`, whose id is `tokenizer.unk_token_id`.",
        "`tokenizer(text, return_offsets_mapping=True)` adds `offset_mapping`: for each id, where in the "
        "text it begins and ends.",
        "Go through ids and offsets together; where the id is that of `[UNK]`, keep `text[start:end]`.",
    ],
    misconceptions=[
        Misconception(
            "what the model cannot take is not lost",
            """
            coded = tokenizer(text, truncation=True, return_offsets_mapping=True)
            pairs = zip(coded["input_ids"], coded["offset_mapping"])
            return [text[start:end] for id, (start, end) in pairs if id == tokenizer.unk_token_id]
            """,
            when=lambda seen: follows(_lost, _SHORT)(seen) and len(seen[-1]) == 0,
            says="Right for short messages. Of a long one you searched the beginning alone: "
            "`truncation=True` cuts the rest off, and a fire that is reported at its end is in no list. "
            "Leave it out; nothing is run here that could be too long.",
        ),
        Misconception(
            "the condition the other way round",
            _CODED + "return [text[start:end] for id, (start, end) in pairs if id != tokenizer.unk_token_id]",
            when=lambda seen: any(
                follows(rule, _TEXTS)(seen)
                for rule in (_known, lambda text: [piece for piece in _known(text) if piece])
            ),
            says="Turned round: those are the pieces that the model *does* see. Keep the ones whose id is "
            "that of `[UNK]`: `==`.",
            also=[
                """
                coded = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True)
                pairs = zip(coded["input_ids"], coded["offset_mapping"])
                return [text[start:end] for id, (start, end) in pairs if id != tokenizer.unk_token_id]
                """
            ],
        ),
        Misconception(
            "small letters will do",
            _CODED
            + "text = text.lower()\n"
            + "return [text[start:end] for id, (start, end) in pairs if id == tokenizer.unk_token_id]",
            when=follows(lambda text: [piece.lower() for piece in _lost(text)], _TEXTS),
            says="The right pieces, in small letters. The tokenizer reads them so; the desk wants them as "
            "the citizen typed them, cut out of `text` itself.",
        ),
        Misconception(
            "the token is the text",
            "return [token for token in tokenizer.tokenize(text) if token == tokenizer.unk_token]",
            when=follows(lambda text: ["[UNK]"] * len(_lost(text)), _TEXTS),
            says="`[UNK]` is what the model reads, and the desk would learn nothing from it. "
            "What stood there? The offsets lead back to the text.",
        ),
        Misconception(
            "a token is a word between spaces",
            "return [word for word in text.split() if tokenizer.unk_token in tokenizer.tokenize(word)]",
            when=follows(_per_word(lambda tokens: "[UNK]" in tokens), _TEXTS),
            says="Nearly: cut at the spaces, a word takes its comma or full stop along, and those the model "
            "does see. The offsets say exactly which characters an `[UNK]` stands for.",
        ),
        Misconception(
            "what is not ASCII is unknown",
            "return [character for character in text if ord(character) > 127]",
            when=follows(lambda text: [c for c in text if ord(c) > 127], _TEXTS),
            says="You asked whether the characters are ASCII. This tokenizer drops accents and reads "
            "`Señor` well enough; and of `Fire🔥` it loses the word as well. Ask which tokens came out as "
            "`[UNK]`.",
        ),
        Misconception(
            "only the emoji is lost",
            """
            import unicodedata
            return [character for character in text if unicodedata.category(character) == "So"]
            """,
            when=lambda seen: seen[0] == ["🔥"],
            also=["return [character for character in text if tokenizer.tokenize(character) == ['[UNK]']]"],
            says="More is lost than the emoji: `Fire🔥` is one word to this tokenizer, and the whole word "
            "becomes `[UNK]`, the fire included. The offsets show it.",
        ),
        Misconception(
            "a word in pieces is unknown",
            "return [word for word in text.split() if len(tokenizer.tokenize(word)) > 1]",
            when=lambda seen: (
                "López," in seen[1] or "López" in seen[1] or "piscina" in "".join(map(str, seen[2]))
            ),
            says="A word that is cut into pieces, or that the vocabulary lacks as a whole, is spelt out "
            "and not lost. Lost is what became `[UNK]`.",
            also=["return [word for word in text.split() if word.lower() not in tokenizer.get_vocab()]"],
        ),
        Misconception(
            "each loss counts once",
            _CODED
            + "lost = [text[start:end] for id, (start, end) in pairs if id == tokenizer.unk_token_id]\n"
            + "return list(dict.fromkeys(lost))",
            when=lambda seen: [sorted(got) for got in seen] == [sorted(set(_lost(*args))) for args in _TEXTS],
            says="What is lost twice is lost twice: you gave each piece once. The desk wants to see every "
            "place.",
        ),
        Misconception(
            "special is unknown",
            _CODED
            + "return [text[start:end] for id, (start, end) in pairs if id in tokenizer.all_special_ids]",
            when=follows(lambda text: ["", *_lost(text), ""], _TEXTS),
            says="The empty strings at the ends are `[CLS]` and `[SEP]`, special tokens that stand for no "
            "text. You want one of the special tokens, `[UNK]`.",
        ),
        Misconception(
            "offsets of one call, ids of another",
            """
            ids = tokenizer(text, add_special_tokens=False)["input_ids"]
            offsets = tokenizer(text, return_offsets_mapping=True)["offset_mapping"]
            return [text[start:end] for id, (start, end) in zip(ids, offsets) if id == tokenizer.unk_token_id]
            """,
            when=follows(_one_before, _TEXTS),
            says="You are off by one: the ids come without `[CLS]`, the offsets with it. Take both from "
            "one call.",
        ),
        Misconception(
            "where is what",
            _CODED + "return [span for id, span in pairs if id == tokenizer.unk_token_id]",
            when=_spans,
            says="Those are the places, begin and end. Cut the text there: `text[start:end]`.",
        ),
    ],
    slips=[
        Slip("return []", "of your 0, 0 belong there, and 1 is missing"),
        Slip('return "🔥"', "Expected a list of pieces of the text"),
        Slip("return tokenizer.unk_token in tokenizer.tokenize(text)", "got True"),
    ],
    follows="A report of a fire reached the model as `[UNK] behind the school`. Where `lost` finds "
    "something, let a person read the message, or put a space before emoji and a word in their place.",
)
