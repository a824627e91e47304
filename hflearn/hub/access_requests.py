"""Asking to read a gated repository, and answering."""

import sqlite3
from dataclasses import dataclass
from typing import Literal

from .accounts import Account, get
from .clock import timestamp
from .problems import BadRequest, NotFound
from .repositories import Repo

Status = Literal["pending", "accepted", "rejected"]
STATUSES = ("pending", "accepted", "rejected")


@dataclass(frozen=True)
class AccessRequest:
    account: Account
    status: Status
    asked: str
    reason: str | None  # why it was rejected


def status(db: sqlite3.Connection, repo: Repo, account: Account) -> Status | None:
    """Where the account's request stands; None if it never asked."""
    query = "SELECT status FROM access_requests WHERE repo = ? AND account = ?"
    row = db.execute(query, (repo.id, account.id)).fetchone()
    return row["status"] if row else None


def ask(db: sqlite3.Connection, repo: Repo, account: Account) -> Status:
    """Ask for access, and get it at once where the gate opens by itself. Asking twice changes nothing."""
    _check_gated(repo)
    answer: Status = "accepted" if repo.gated == "auto" else "pending"
    row = (repo.id, account.id, answer, timestamp())
    db.execute(
        "INSERT OR IGNORE INTO access_requests (repo, account, status, asked) VALUES (?, ?, ?, ?)", row
    )
    return status(db, repo, account) or answer


def listing(db: sqlite3.Connection, repo: Repo, wanted: str) -> list[AccessRequest]:
    """The requests that are pending, accepted or rejected, oldest first."""
    query = "SELECT * FROM access_requests WHERE repo = ? AND status = ? ORDER BY asked, account"
    rows = db.execute(query, (repo.id, wanted)).fetchall()
    return [
        AccessRequest(get(db, row["account"]), row["status"], row["asked"], row["reason"]) for row in rows
    ]


def answer(db: sqlite3.Connection, repo: Repo, account: Account, new: str, reason: str | None = None) -> None:
    """Accept, reject, or make pending again; raises BadRequest if it stands so already, else NotFound."""
    _check_gated(repo)
    if new not in STATUSES:
        raise BadRequest("'status' is 'pending', 'accepted' or 'rejected'.")
    old = status(db, repo, account)
    if old is None:
        raise NotFound(f"{account.name} has not asked for access to {repo.name}.")
    if old == new:
        raise BadRequest(f"The request of {account.name} is {new} already.")
    values = (new, reason, repo.id, account.id)
    db.execute("UPDATE access_requests SET status = ?, reason = ? WHERE repo = ? AND account = ?", values)


def grant(db: sqlite3.Connection, repo: Repo, account: Account) -> None:
    """Let an account in that need not have asked; raises BadRequest if it is in already."""
    _check_gated(repo)
    if status(db, repo, account) == "accepted":
        raise BadRequest(f"{account.name} has access to {repo.name} already.")
    row = (repo.id, account.id, timestamp())
    db.execute("INSERT OR REPLACE INTO access_requests VALUES (?, ?, 'accepted', ?, NULL)", row)


def _check_gated(repo: Repo) -> None:
    if repo.gated is None:
        raise BadRequest(f"{repo.name} is not gated: nobody needs to ask for access.")
