"""How the pages put numbers, sizes, addresses and a repository's main facts into words."""

from collections.abc import Iterator
from urllib.parse import quote

from ..repositories import Repo

_PLURALS = {"like": "likes", "reply": "replies", "match": "matches"}


def count(number: int, noun: str) -> str:
    """`1 model`, `2,000 models`."""
    return f"{number:,} {noun if number == 1 else _PLURALS.get(noun, noun + 's')}"


def size(number: int) -> str:
    """Bytes as people read them: `91 MB`, in powers of ten as the real Hub does."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if number >= factor:
            return f"{number / factor:.3g} {unit}"
    return count(number, "byte")


def parameters(number: int) -> str:
    """`22.7 million`."""
    for unit, factor in (("billion", 10**9), ("million", 10**6), ("thousand", 10**3)):
        if number >= factor:
            return f"{number / factor:.3g} {unit}"
    return str(number)


def segment(text: str) -> str:
    """One segment of an address: a revision's slashes are escaped, as in `tree/refs%2Fpr%2F1`."""
    return quote(text, safe="")


def path(text: str) -> str:
    """A path in an address."""
    return quote(text, safe="/")


def brief(repo: Repo) -> Iterator[str]:
    """What a list says of a repository: task, library, licence, parameters or size."""
    for field in ("pipeline_tag", "library_name"):
        if isinstance(value := repo.about.get(field), str):
            yield value
    card = repo.about.get("card")
    if isinstance(card, dict) and isinstance(card.get("license"), str):
        yield card["license"]
    if weights := repo.about.get("safetensors"):
        yield f"{parameters(weights['total'])} parameters"
    elif storage := repo.about.get("storage"):
        yield size(storage)
