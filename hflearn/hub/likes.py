"""Likes."""

import sqlite3

from .accounts import Account
from .clock import timestamp
from .repositories import Repo, from_row


def like(db: sqlite3.Connection, repo: Repo, account: Account) -> None:
    db.execute("INSERT OR IGNORE INTO likes VALUES (?, ?, ?)", (repo.id, account.id, timestamp()))
    _recount(db, repo)


def unlike(db: sqlite3.Connection, repo: Repo, account: Account) -> None:
    db.execute("DELETE FROM likes WHERE repo = ? AND account = ?", (repo.id, account.id))
    _recount(db, repo)


def likers(db: sqlite3.Connection, repo: Repo) -> list[Account]:
    """Who likes the repository, the first first."""
    query = (
        "SELECT a.* FROM accounts a JOIN likes l ON l.account = a.id WHERE l.repo = ? ORDER BY l.date, a.id"
    )
    return [Account(**row) for row in db.execute(query, (repo.id,))]


def liked(db: sqlite3.Connection, account: Account) -> list[tuple[Repo, str]]:
    """The public repositories that an account likes, each with when, the last first."""
    query = """
        SELECT r.*, l.date AS liked FROM repos r JOIN likes l ON l.repo = r.id
        WHERE l.account = ? AND NOT r.private ORDER BY l.date DESC, r.id
    """
    rows = [dict(row) for row in db.execute(query, (account.id,))]
    return [(from_row(row), date) for row in rows for date in [row.pop("liked")]]


def _recount(db: sqlite3.Connection, repo: Repo) -> None:
    db.execute(
        "UPDATE repos SET likes = (SELECT count(*) FROM likes WHERE repo = repos.id) WHERE id = ?", (repo.id,)
    )
