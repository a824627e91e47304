"""Searching, filtering and sorting repositories."""

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field

from .problems import BadRequest
from .repositories import Repo, RepoType, from_row

_ORDERS = {
    "downloads": "r.downloads DESC",
    "likes": "r.likes DESC",
    "createdAt": "r.created DESC",
    "lastModified": "r.modified DESC",
    "trendingScore": "r.likes DESC, r.downloads DESC",
}
_UNITS = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}
_BOUND = re.compile(r"(min|max):([0-9]{1,15}(?:\.[0-9]{1,6})?)([KMBT]?)", re.IGNORECASE)


@dataclass
class Query:
    """What to list. Every condition must hold; a caller sees private repositories in `namespaces` only."""

    type: RepoType
    tags: Sequence[str] = ()
    search: Sequence[str] = ()  # parts of the id
    author: str | None = None
    gated: bool | None = None
    parameters: tuple[int | None, int | None] = (None, None)  # at least, at most
    sort: str = "trendingScore"
    namespaces: Sequence[int] = field(default_factory=list)
    limit: int = 100
    offset: int = 0


def find(db: sqlite3.Connection, query: Query) -> list[Repo]:
    """One page of repositories, in the order asked for, then by name."""
    if query.sort not in _ORDERS:
        raise BadRequest(f"Cannot sort by {query.sort!r}: choose one of {', '.join(_ORDERS)}.")
    where, values = _conditions(query)
    order = f"{_ORDERS[query.sort]}, r.name"
    sql = f"SELECT r.* FROM repos r WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?"
    return [from_row(row) for row in db.execute(sql, [*values, query.limit, query.offset])]


def count(db: sqlite3.Connection, query: Query) -> int:
    """How many repositories there are on all pages together."""
    where, values = _conditions(query)
    total: int = db.execute(f"SELECT count(*) FROM repos r WHERE {where}", values).fetchone()[0]
    return total


def tags(db: sqlite3.Connection, repo_type: RepoType) -> list[tuple[str, int]]:
    """Every tag of a public repository, with how many bear it, the commonest first."""
    query = """
        SELECT t.tag, count(*) FROM repo_tags t JOIN repos r ON r.id = t.repo
        WHERE r.type = ? AND NOT r.private GROUP BY t.tag ORDER BY count(*) DESC, t.tag
    """
    return [(row[0], row[1]) for row in db.execute(query, (repo_type,))]


def parameter_range(text: str) -> tuple[int | None, int | None]:
    """`min:6B,max:128B` as numbers; raises BadRequest."""
    bounds: dict[str, int] = {}
    for part in text.split(","):
        match = _BOUND.fullmatch(part)
        if match is None:
            raise BadRequest(f"{text!r} is not a range of parameters: write 'min:6B,max:128B'.")
        bounds[match[1].lower()] = int(float(match[2]) * _UNITS[match[3].upper()])
    return bounds.get("min"), bounds.get("max")


def _conditions(query: Query) -> tuple[str, list[object]]:
    holders = ", ".join("?" * len(query.namespaces))
    conditions: list[tuple[str, list[object]]] = [
        ("r.type = ?", [query.type]),
        (f"(NOT r.private OR r.owner IN ({holders}))", [*query.namespaces]),
    ]
    conditions += [("r.id IN (SELECT repo FROM repo_tags WHERE tag = ?)", [tag]) for tag in query.tags]
    conditions += [("r.name LIKE ? ESCAPE '\\'", [f"%{_escape(part)}%"]) for part in query.search]
    if query.author is not None:
        conditions.append(("r.owner = (SELECT id FROM accounts WHERE name = ?)", [query.author]))
    if query.gated is not None:
        conditions.append((f"r.gated IS {'NOT ' * query.gated}NULL", []))
    for operator, bound in zip((">=", "<="), query.parameters, strict=True):
        if bound is not None:
            conditions.append((f"json_extract(r.about, '$.safetensors.total') {operator} ?", [bound]))
    sql, values = zip(*conditions, strict=True)
    return " AND ".join(sql), [value for group in values for value in group]


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
