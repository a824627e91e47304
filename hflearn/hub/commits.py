"""Commits: what changed, who says so, and what came before."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from .repositories import Repo


@dataclass(frozen=True)
class Commit:
    oid: str
    parent: str | None
    tree: str
    title: str
    description: str
    author: str
    date: str


def find_commit(db: sqlite3.Connection, repo: Repo, oid: str) -> Commit:
    """The commit with this full id, which must exist."""
    row = db.execute("SELECT * FROM commits WHERE repo = ? AND oid = ?", (repo.id, oid)).fetchone()
    return _from_row(row)


def history(
    db: sqlite3.Connection, repo: Repo, start: str, *, limit: int = -1, offset: int = 0
) -> Iterator[Commit]:
    """The commit with id `start` and its ancestors, newest first. History has no forks: merging squashes."""
    query = """
        WITH RECURSIVE line (oid, parent, step) AS (
            SELECT oid, parent, 0 FROM commits WHERE repo = :repo AND oid = :start
            UNION ALL
            SELECT c.oid, c.parent, step + 1
            FROM line JOIN commits c ON c.repo = :repo AND c.oid = line.parent
        )
        SELECT c.* FROM line JOIN commits c ON c.repo = :repo AND c.oid = line.oid
        ORDER BY step LIMIT :limit OFFSET :offset
    """
    values = {"repo": repo.id, "start": start, "limit": limit, "offset": offset}
    return map(_from_row, db.execute(query, values))


def count(db: sqlite3.Connection, repo: Repo, start: str) -> int:
    """How many commits lead to `start`, itself included."""
    query = """
        WITH RECURSIVE line (parent) AS (
            SELECT parent FROM commits WHERE repo = :repo AND oid = :start
            UNION ALL
            SELECT c.parent FROM line JOIN commits c ON c.repo = :repo AND c.oid = line.parent
        )
        SELECT count(*) FROM line
    """
    total: int = db.execute(query, {"repo": repo.id, "start": start}).fetchone()[0]
    return total


def record(
    db: sqlite3.Connection,
    repo: Repo,
    *,
    parent: str | None,
    tree: str,
    title: str,
    description: str,
    author: str,
    date: str,
) -> Commit:
    """Save a commit and return it. Its id leaves the date out, so that the same actions give the same ids."""
    signed = json.dumps([repo.type, parent, tree, title, description, author]).encode()
    oid = hashlib.sha1(signed, usedforsecurity=False).hexdigest()
    row = (repo.id, oid, parent, tree, title, description, author, date)
    db.execute("INSERT OR IGNORE INTO commits VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    return find_commit(db, repo, oid)


def _from_row(row: sqlite3.Row) -> Commit:
    return Commit(
        *(row[field] for field in ("oid", "parent", "tree", "title", "description", "author", "date"))
    )
