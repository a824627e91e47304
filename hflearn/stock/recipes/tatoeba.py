"""Spanish and English sentences that mean the same, written and translated by the people of Tatoeba."""

import hashlib
from functools import cache

from hflearn.stock.recipes import outside

Pair = tuple[str, str]  # Spanish, English

TEST, DEV = 1500, 500  # English sentences kept out


@cache
def pairs(split: str) -> list[Pair]:
    """The pairs of `train`, `dev` or `test`, in the file's order.

    Kept out is an English sentence with all its Spanish ones: no sentence of dev or test, in either language,
    is in train. Of several Spanish ones, dev and test have the first.
    """
    known = _read()
    ordered = sorted({english for _, english in known}, key=_digest)
    kept = {"test": set(ordered[:TEST]), "dev": set(ordered[TEST : TEST + DEV])}
    if split in kept:
        first = {english: spanish for spanish, english in reversed(known) if english in kept[split]}
        return [(spanish, english) for english, spanish in reversed(first.items())]
    out = kept["test"] | kept["dev"]
    seen = {spanish for spanish, english in known if english in out}
    return [(spanish, english) for spanish, english in known if english not in out and spanish not in seen]


def _read() -> list[Pair]:
    """Of a file with an English sentence, a tab and a Spanish one on a line."""
    lines = outside.read("spa-eng.zip/spa-eng/spa.txt").splitlines()
    return [(spanish, english) for english, spanish in (line.split("\t") for line in lines)]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
