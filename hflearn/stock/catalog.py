"""The catalogue: what each role stands for, and where its bytes come from."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

from hflearn.errors import CourseError

CATALOG = Path(__file__).with_name("catalog.toml")


@dataclass(frozen=True)
class Source:
    """A file on PyPI, and the one member of it that the card vouches for."""

    package: str
    version: str
    file: str
    size: int  # bytes
    sha256: str
    member: str = ""
    member_sha256: str = ""


@dataclass(frozen=True)
class Item:
    """One repository of the practice Hub. ``catalog.toml`` explains the fields."""

    role: str
    repo_type: Literal["model", "dataset"]
    id: str
    online: str
    title: str
    licence: str
    attribution: str
    stands_in_for: str
    build: str
    size_mb: float
    date: datetime
    base: str = ""
    sources: tuple[Source, ...] = field(default=())

    @property
    def download_mb(self) -> float:
        return sum(source.size for source in self.sources) / 1e6


def _item(role: str, table: dict) -> Item:
    sources = tuple(Source(**source) for source in table.pop("sources", []))
    return Item(role=role, sources=sources, **table)


@cache
def roles() -> dict[str, Item]:
    """Every item, by role, in the catalogue's order."""
    with CATALOG.open("rb") as file:
        return {role: _item(role, table) for role, table in tomllib.load(file).items()}


def chosen(names: Iterable[str]) -> list[Item]:
    """The items of these roles.

    Raises:
        CourseError: for a role that is not in the catalogue; it names those that are.
    """
    known = roles()
    names = list(dict.fromkeys(names))
    for name in names:
        if name not in known:
            raise CourseError(f"there is no role {name!r} in the stock; it has {', '.join(known)}.")
    return [known[name] for name in names]
