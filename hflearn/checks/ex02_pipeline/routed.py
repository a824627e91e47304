"""q7: piles without training, by the likeness of meanings, and a way out for what fits none."""

from collections.abc import Callable, Sequence
from typing import Any

from ..expect import Strings
from ..function import Case, Function
from ..question import Misconception, Question, Slip

PERSON = "a person"

_PILES = {
    "refund": "The customer wants the money back.",
    "lost": "Something was left behind in the cinema.",
    "group": "A school or a company wants to bring a large group.",
    "access": "Somebody asks about wheelchairs, subtitles or hearing loops.",
}
_MAILS = [
    "We paid for four tickets and the screening was called off. How do I get my payment returned?",
    "Could thirty pupils and two teachers come on Thursday morning?",
    "What is the capital of Mongolia?",
    "Is there a ramp, and room for my father's wheelchair?",
    "My scarf must have stayed in Screen 2 last night.",
    "Best regards from sunny Spain!",
]
_RIGHT = ["refund", "group", PERSON, "access", "lost", PERSON]

_OTHER_PILES = {  # more of them than mails; two names are worth nothing
    "a": "It was cold in the room; the heating did not work.",
    "b": "The sound in the room was too loud or too quiet.",
    "kiosk": "The mail is about popcorn, drinks or sweets.",
    "website": "The website did not work, or the payment failed.",
    "seats": "A seat was broken, dirty or uncomfortable.",
}
_OTHER_MAILS = [
    "We sat in our coats for two hours and froze.",
    "My chair's back fell off during the trailer.",
    "The card was declined three times on your page.",
]
_OTHER_RIGHT = ["a", "seats", PERSON]  # .48, .50 and .38, for a floor of .42

_BOTH_MAILS = [  # two piles are above the floor, and the better one stands before, after, after the other
    _MAILS[0],
    "I left my scarf behind. And I want my money back for the film.",
    "We are a school class of forty, one pupil in a wheelchair, and need subtitles.",
]
_BOTH_RIGHT = ["refund", "lost", "access"]

_CASES: list[tuple[list[str], dict[str, str], float]] = [
    (_MAILS, _PILES, 0.25),
    (_OTHER_MAILS, _OTHER_PILES, 0.42),
    (_BOTH_MAILS, _PILES, 0.18),
]
_ALL_RIGHT = [_RIGHT, _OTHER_RIGHT, _BOTH_RIGHT]
_WITHOUT_FLOOR = [
    ["refund", "group", "access", "access", "lost", "group"],
    ["a", "seats", "website"],
    _BOTH_RIGHT,
]

_FARTHEST = [
    ["group", "refund", PERSON, "refund", "group", PERSON],
    ["group", "refund", "refund", "refund", "group", "access"],
]


def _gives(*results: Sequence[Any]) -> Callable[[Any], bool]:
    return lambda seen: [list(result) for result in seen] == [list(result) for result in results]


def _first(seen: Any) -> list[Any]:
    return list(seen[0])


_VECTORS = "names = list(piles)\nlikeness = embedder.similarity(embedder.encode(mails), {of})\n"
_SENTENCES = _VECTORS.format(of="embedder.encode(list(piles.values()))")
_NAMES = _VECTORS.format(of="embedder.encode(names)")
_CHOOSE = """
return [
    names[int(row.argmax())] if row.max() >= least else "a person"
    for row in likeness
]
"""

_LOOP = """
found = []
for row in likeness:
    pile = "a person"
    for name, cosine in zip(names, row):
        if cosine >= least:
            pile = name
            {once}
    found.append(pile)
return found
"""

question = Question(
    title="Which pile, without a single example?",
    expects=lambda: Function(
        [Case(args, Strings(right, kind="piles")) for args, right in zip(_CASES, _ALL_RIGHT, strict=True)]
    ),
    reference=_SENTENCES + _CHOOSE,
    alternatives=[
        """
        wordings = embedder.encode(list(piles.values()), convert_to_tensor=True)
        result = []
        for mail in mails:
            scores = torch.nn.functional.cosine_similarity(
                embedder.encode(mail, convert_to_tensor=True)[None], wordings
            )
            best = scores.argmax().item()
            result.append("a person" if scores[best] < least else list(piles)[best])
        return result
        """,
        """
        vectors = embedder.encode(mails, normalize_embeddings=True)
        wordings = {n: embedder.encode(w, normalize_embeddings=True) for n, w in piles.items()}
        best = [max((float(v @ w), name) for name, w in wordings.items()) for v in vectors]
        return tuple(name if score >= least else "a person" for score, name in best)
        """,
    ],
    hints=[
        "`embedder.similarity(embedder.encode(mails), embedder.encode(sentences))` has a row for each mail "
        "and a column for each sentence.",
        "The model compares meanings: compare a mail with the sentence that describes the pile, "
        "`piles.values()`.",
        "In each row the highest column is the pile, unless even that is below `least`.",
    ],
    misconceptions=[
        Misconception(
            "a name is its meaning",
            _NAMES + _CHOOSE,
            when=lambda seen: _first(seen) == ["refund", *[PERSON] * 5],
            says="You compared the mails with the piles' names. One word says little (`lost`, `a`): the "
            "sentence beside it, `piles[name]`, says what belongs there.",
        ),
        Misconception(
            "the highest is always good enough",
            _SENTENCES + "return [names[int(row.argmax())] for row in likeness]",
            when=_gives(*_WITHOUT_FLOOR),
            says="Every mail got a pile, the one about Mongolia too: some pile is always the nearest. Where "
            'the highest cosine is below `least`, say "a person".',
        ),
        Misconception(
            "the way out has any name",
            (_SENTENCES + _CHOOSE).replace('"a person"', '"person"'),
            when=lambda seen: (
                PERSON not in _first(seen)
                and [pile if pile in _PILES else PERSON for pile in _first(seen)] == _RIGHT
                and all(isinstance(pile, str) for pile in _first(seen))
            ),
            says="The piles are right; the way out has another name. It is called `a person`, word for word.",
        ),
        Misconception(
            "an answer is a dict",
            (_SENTENCES + _CHOOSE).replace("return [", "found = [") + "return dict(zip(mails, found))",
            when=lambda seen: isinstance(seen[0], dict),
            says="You gave a dict. Two mails may have the same words: give a list, with a pile for each "
            "mail in their order.",
        ),
        Misconception(
            "the best mail for each pile",
            _SENTENCES
            + """
best = likeness.argmax(axis=0)
return [mails[int(place)] for place in best]
""",
            when=lambda seen: (
                [len(result) for result in seen] == [len(piles) for _, piles, _ in _CASES]
                or (_first(seen) != [] and set(_first(seen)) <= set(_MAILS))
            ),
            says="You took the best over the mails: one answer for each pile. Every mail wants a pile, so "
            "take the best of each row, over the piles.",
            also=[_SENTENCES + "return [names[int(i) % len(names)] for i in likeness.argmax(axis=0)]"],
        ),
        Misconception(
            "a list fills itself",
            _SENTENCES
            + """
found = []
for row in likeness:
    name = names[int(row.argmax())] if row.max() >= least else "a person"
return found
""",
            when=lambda seen: all(list(result) == [] for result in seen),
            says="Your list is empty: nothing is ever put into it. `.append(...)`, once for each mail.",
        ),
        Misconception(
            "the first that is good enough",
            _SENTENCES + _LOOP.format(once="break"),
            when=_gives(_RIGHT, _OTHER_RIGHT, ["refund", "refund", "group"]),
            says="You took the first pile whose cosine reaches `least`. A mail may be near enough to two: "
            "look at all of them, and take the nearest.",
        ),
        Misconception(
            "the last that is good enough",
            _SENTENCES + _LOOP.format(once="pass"),
            when=_gives(_RIGHT, _OTHER_RIGHT, ["lost", "lost", "access"]),
            says="You took the last pile whose cosine reaches `least`: each one found replaces the one "
            "before, nearer or not. A mail may be near enough to two: take the nearest.",
        ),
        Misconception(
            "far enough is near enough",
            (_SENTENCES + _CHOOSE).replace(">= least", "<= least"),
            when=_gives(
                [PERSON, PERSON, "access", PERSON, PERSON, "group"], [PERSON, PERSON, "website"], [PERSON] * 3
            ),
            says="The wrong way round: what is near a pile goes to a person with you, what fits none gets a "
            "pile. The pile counts where the highest cosine is at or above `least`.",
        ),
        Misconception(
            "every pile must be near",
            (_SENTENCES + _CHOOSE).replace("row.max()", "row.min()"),
            when=lambda seen: all(set(result) == {PERSON} for result in seen),
            says="Every mail went to a person, clear ones too. Look at what you hold against `least`: it is "
            "the *highest* cosine of the mail's row that has to reach it.",
            also=[(_SENTENCES + _CHOOSE).replace("argmax", "argmin").replace("row.max()", "row.min()")],
        ),
        Misconception(
            "a place is a pile",
            _SENTENCES
            + """
return [int(row.argmax()) if row.max() >= least else "a person" for row in likeness]
""",
            when=lambda seen: any(isinstance(item, int) for item in _first(seen)),
            says="Those are the piles' places in the list. Nobody sorts mail by number: give their names.",
            also=[_SENTENCES + "return likeness.argmax(axis=1).tolist()"],
        ),
        Misconception(
            "the sentence is the pile",
            _SENTENCES
            + """
sentences = list(piles.values())
return [sentences[int(row.argmax())] if row.max() >= least else "a person" for row in likeness]
""",
            when=lambda seen: bool(set(_first(seen)) & set(_PILES.values())),
            says="You gave the sentence that was nearest. What is wanted is the pile's name, its key in "
            "`piles`.",
        ),
        Misconception(
            "the smallest is the nearest",
            _SENTENCES
            + """
return [
    names[int(row.argmin())] if row.max() >= least else "a person"
    for row in likeness
]
""",
            when=lambda seen: _first(seen) in _FARTHEST,
            says="Each mail went to the pile that it resembles least. Cosine is a likeness, not a distance: "
            "the highest is the nearest.",
            also=[_SENTENCES + "return [names[int(row.argmin())] for row in likeness]"],
        ),
        Misconception(
            "likenesses want a softmax",
            _SENTENCES.replace("likeness = ", "cosines = ")
            + "likeness = torch.softmax(cosines, dim=1)\n"
            + _CHOOSE,
            when=lambda seen: PERSON not in _first(seen) and set(seen[1]) == {PERSON},
            says="`least` is a cosine, and you held something else against it. After a softmax the scores "
            "of a mail sum to one, so one of four is at least 0.25 whatever the mail says; compare the "
            "cosine itself.",
        ),
        Misconception(
            "least is a fixed number",
            (_SENTENCES + _CHOOSE).replace(">= least", ">= 0.25"),
            when=_gives(_RIGHT, ["a", "seats", "website"], _BOTH_RIGHT),
            says="Right for the first mails; for others `least` was another number, and you held on to the "
            "same. Use what the function is given.",
        ),
        Misconception(
            "one row too deep",
            _SENTENCES
            + """
row = likeness[0]
return names[int(row.argmax())] if row.max() >= least else "a person"
""",
            when=lambda seen: type(seen[0]) is str,
            says="That is one pile, for the first mail. Several mails come in at once: give a list with a "
            "pile for each.",
        ),
    ],
    slips=[
        Slip('return ["refund"] * len(mails)', "Expected a list of piles: of your 6, 1 belong there"),
        Slip((_SENTENCES + _CHOOSE).replace('"a person"', "None"), "Expected a list of piles, got a list"),
    ],
    follows="Five piles on the first day, without an example. Once people have sorted a few hundred, measure "
    "this against them, and against a classifier trained on them.",
)
