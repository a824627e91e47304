"""q5: names as they were written, by their places in the text."""

from collections.abc import Callable
from typing import Any

from ..expect import Strings
from ..function import Case, Function
from ..question import Misconception, Question, Slip

# as the model has it: (text, kind) and the names of this kind in it
_FOUND = {
    ("Could I book two seats for Casablanca under O'Brien? Zoë Müller, Toronto", "person"): [
        "O'Brien",
        "Zoë Müller",
    ],
    ("Does the bus from Paris to London stop near you? Marie Curie", "location"): ["Paris", "London"],
    ("  Tom Hanks will be in Berlin;\nTom Hanks, really!", "person"): ["Tom Hanks", "Tom Hanks"],
    ("José Álvarez lives in Montréal and works for Google.", "person"): ["José Álvarez"],
    ("MARY SMITH will come on Saturday.", "location"): [],
    ("I left my iPhone in Screen 2. Yours, Siobhán McCarthy, London.", "person"): ["Siobhán McCarthy"],
}


def _each(change: Callable[[str], str]) -> Callable[[Any], bool]:
    """Whether every name came out as ``change`` makes it; text and order are right otherwise."""
    wanted = [[change(name) for name in names] for names in _FOUND.values()]
    return lambda seen: [list(names) for names in seen] == wanted


def _plain(name: str) -> str:
    """As the tokenizer reads it: without capitals and accents, the apostrophe a word of its own."""
    from unicodedata import normalize

    letters = normalize("NFD", name.lower()).encode("ascii", "ignore").decode()
    return letters.replace("'", " ' ")


def _overhang(seen: Any) -> list[int]:
    """By how many letters each name is too long, where it only runs on.

    :raises ValueError: there are more names than there should be, or fewer, or others.
    """
    long = []
    for got, names in zip(seen, _FOUND.values(), strict=True):
        for name, right in zip(got, names, strict=True):
            if not name.startswith(right):
                raise ValueError
            long.append(len(name) - len(right))
    return long


_SLICE = '[text[name["start"] : name["end"]] for name in find(text) if name["entity_group"] == kind]'

question = Question(
    title="Who wrote, as they spell themselves?",
    expects=lambda: Function([Case(args, Strings(names, kind="names")) for args, names in _FOUND.items()]),
    reference=f"return {_SLICE}",
    alternatives=[
        """
        found = []
        for name in find(text):
            start, end = name["start"], name["end"]
            if name["entity_group"] == kind:
                found.append(text[start:end])
        return tuple(found)
        """,
        """
        ours = filter(lambda name: name["entity_group"] == kind, find(text))
        return [text[slice(name["start"], name["end"])] for name in ours]
        """,
    ],
    hints=[
        "Print `find(text)` for one mail. Which two keys say where in the text a name stands?",
        "The model reads no capitals and no accents, and `word` is what it read. The mail itself still has "
        "them.",
        '`text[name["start"] : name["end"]]` is the name as written; keep those whose `entity_group` is '
        "`kind`.",
    ],
    misconceptions=[
        Misconception(
            "the word is the name",
            'return [name["word"] for name in find(text) if name["entity_group"] == kind]',
            when=_each(_plain),
            says="`word` is what the model read: this one has no capitals and no accents, and splits at the "
            "apostrophe. `start` and `end` say where the name stands in the mail as it was written.",
        ),
        Misconception(
            "capitals bring the name back",
            'return [name["word"].title() for name in find(text) if name["entity_group"] == kind]',
            when=lambda seen: [list(n) for n in seen][1] == ["Paris", "London"] and "Zoe Muller" in seen[0],
            says="Capitals came back, accents did not: Zoë is no Zoe, and O'Brien no O ' Brien. Cut the name "
            "out of the mail by `start` and `end`.",
            also=[
                """
                return [
                    " ".join(part.capitalize() for part in name["word"].split())
                    for name in find(text)
                    if name["entity_group"] == kind
                ]
                """,
            ],
        ),
        Misconception(
            "the end is the last letter",
            """
            return [text[n["start"] : n["end"] + 1] for n in find(text) if n["entity_group"] == kind]
            """,
            when=lambda seen: max(_overhang(seen)) == 1,
            says="One letter too many: `end` is the place after the last letter, as in every Python slice.",
        ),
        Misconception(
            "a slice wants a start and a length",
            """
            return [text[n["start"] :][: n["end"]] for n in find(text) if n["entity_group"] == kind]
            """,
            when=lambda seen: max(_overhang(seen)) > 1,
            says="Each name runs on into the text behind it. `start` and `end` are both places in the mail: "
            "`text[start:end]`.",
        ),
        Misconception(
            "the last letter is left off",
            """
            return [text[n["start"] : n["end"] - 1] for n in find(text) if n["entity_group"] == kind]
            """,
            when=_each(lambda name: name[:-1]),
            says="The last letter is missing: a Python slice stops before its end by itself, and `end` "
            "counts on that.",
        ),
        Misconception(
            "every name is a person",
            'return [text[name["start"] : name["end"]] for name in find(text)]',
            when=lambda seen: (
                len(seen[4]) > 0
                and all(set(names) <= set(got) for got, names in zip(seen, _FOUND.values(), strict=True))
            ),
            says="That is every name in the mail, places and companies with them. `entity_group` says of "
            "which kind each is.",
        ),
        Misconception(
            "the kind is always a person",
            _SLICE.replace("== kind", '== "person"').replace("[text", "return [text", 1),
            when=lambda seen: list(seen[1]) == ["Marie Curie"],
            says="A location was asked for, and you gave the persons: the function's `kind` says which are "
            "wanted.",
        ),
        Misconception(
            "a text may be tidied first",
            f"return {_SLICE}".replace("find(text)", "find(text.strip())"),
            when=lambda seen: (
                [list(names) for place, names in enumerate(seen) if place != 2]
                == [names for place, names in enumerate(_FOUND.values()) if place != 2]
                and [len(name) for name in seen[2]] == [9, 9]
            ),
            says="In one mail every place is off by the same few letters: you gave `find` another text than "
            "you cut from. It begins with spaces, which `strip()` takes away; give both the very same text.",
        ),
        Misconception(
            "the kind is in entity",
            'return [text[name["start"] : name["end"]] for name in find(text) if name["entity"] == kind]',
            when=lambda seen: isinstance(seen, KeyError) and "entity" in str(seen),
            says="There is no key `entity` here: `aggregation_strategy` has put the pieces together, and the "
            "kind of the whole name is in `entity_group`.",
        ),
        Misconception(
            "a kind is written as in the training data",
            """
            return [
                text[n["start"] : n["end"]] for n in find(text) if n["entity_group"] == f"B-{kind}"
            ]
            """,
            when=lambda seen: [len(names) for names in seen] == [0] * len(_FOUND),
            says="Every list is empty: nothing passed your filter. Print `find(text)`: in `entity_group` "
            "the kinds read `person` and `location`, in small letters and without the `B-` of single pieces.",
            also=[
                """
                return [
                    text[n["start"] : n["end"]] for n in find(text) if n["entity_group"] == kind.upper()
                ]
                """
            ],
        ),
        Misconception(
            "what is written is to be tidied",
            f"return [name.title() for name in {_SLICE}]",
            when=lambda seen: (
                [[name.casefold() for name in names] for names in seen]
                == [[name.casefold() for name in names] for names in _FOUND.values()]
            ),
            says="The places are right, the capitals are changed: McCarthy is no Mccarthy. Give the names "
            "as they stand in the mail.",
            also=[f"return [name.lower() for name in {_SLICE}]"],
        ),
        Misconception(
            "an answer is a name",
            'return [name for name in find(text) if name["entity_group"] == kind]',
            when=lambda seen: isinstance(seen[0][0], dict),
            says="Those are the whole answers, with score and places. The name itself is "
            "`text[start:end]` of each.",
        ),
        Misconception(
            "a name comes once",
            f"return sorted(set({_SLICE}))",
            when=lambda seen: len(seen[2]) == 1 and set(seen[0]) == {"O'Brien", "Zoë Müller"},
            says="A name that stands in a mail twice came out once, or the order is lost: a set keeps "
            "neither. Give every one, in the order of the mail.",
            also=[f"return list(dict.fromkeys({_SLICE}))"],
        ),
        Misconception(
            "the word can be looked up in the mail",
            """
            places = [(text.lower().find(n["word"]), n) for n in find(text) if n["entity_group"] == kind]
            return [text[place : place + len(n["word"])] for place, n in places]
            """,
            when=lambda seen: (
                list(seen[1]) == ["Paris", "London"] and "José Álvarez" not in seen[3] and len(seen[3]) == 1
            ),
            says="You searched the mail for `word`, and `jose alvarez` is not in it: the mail has accents. "
            "The places are known already: `start` and `end`.",
        ),
    ],
    slips=[
        Slip(
            'return ", ".join(text[n["start"] : n["end"]] for n in find(text) if n["entity_group"] == kind)',
            "Expected a list of names, got the string",
        ),
        Slip('return ["O\'Brien", "Zoë Müller"]', "of your 2, 0 belong there, and 2 are missing"),
    ],
    follows="Offsets work whatever a tokenizer does to the text: store them, not the words. And have the "
    "names checked: this model misses most of those in its own test.",
)
