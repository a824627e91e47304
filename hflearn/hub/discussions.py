"""Discussions: a title, a status, and events in the order in which they happened."""

import json
import secrets
import sqlite3
from dataclasses import dataclass
from typing import Any, Literal

from . import accounts
from .accounts import Account
from .clock import timestamp
from .problems import BadRequest, Forbidden, NotFound
from .repositories import Repo

Status = Literal["open", "closed", "merged", "draft"]
_LONGEST = 65_536


@dataclass(frozen=True)
class Discussion:
    """A discussion. A pull request has a `base`, the branch to change; `merged` is the commit that did."""

    repo: int
    num: int
    title: str
    status: Status
    author: Account
    created: str
    is_pull_request: bool
    base: str | None
    merged: str | None

    @property
    def ref(self) -> str:
        """The full name of the ref that holds a pull request's commits."""
        return f"refs/pr/{self.num}"


@dataclass(frozen=True)
class Event:
    """What happened: `type` is comment, status-change, title-change or commit."""

    id: str
    type: str
    author: Account
    created: str
    data: dict[str, Any]


def find(
    db: sqlite3.Connection, repo: Repo, *, kind: str = "all", status: str = "all", author: str | None = None
) -> list[Discussion]:
    """Discussions and pull requests, the newest first. `kind` is all, discussion or pull_request."""
    wanted = {"all": (0, 1), "discussion": (0,), "pull_request": (1,)}.get(kind)
    if wanted is None or status not in ("all", "open", "closed"):
        raise BadRequest("'type' is all, discussion or pull_request; 'status' is all, open or closed.")
    rows = db.execute("SELECT * FROM discussions WHERE repo = ? ORDER BY num DESC", (repo.id,)).fetchall()
    found = [_from_row(db, row) for row in rows if row["is_pull_request"] in wanted]
    found = [one for one in found if author is None or one.author.name.lower() == author.lower()]
    return [
        one for one in found if status == "all" or (one.status in ("open", "draft")) == (status == "open")
    ]


def get(db: sqlite3.Connection, repo: Repo, num: int) -> Discussion:
    """The discussion with this number; raises NotFound."""
    row = db.execute("SELECT * FROM discussions WHERE repo = ? AND num = ?", (repo.id, num)).fetchone()
    if row is None:
        raise NotFound(f"There is no discussion number {num} in {repo.name}.")
    return _from_row(db, row)


def events(db: sqlite3.Connection, repo: Repo, num: int) -> list[Event]:
    rows = db.execute(
        "SELECT * FROM events WHERE repo = ? AND num = ? ORDER BY rowid", (repo.id, num)
    ).fetchall()
    return [_event_from_row(db, row) for row in rows]


def create(
    db: sqlite3.Connection,
    repo: Repo,
    author: Account,
    title: str,
    description: str,
    *,
    status: Status = "open",
    base: str | None = None,
) -> Discussion:
    """Open a discussion, or, with a `base` branch, a pull request, whose ref the caller must then make."""
    row = db.execute(
        "SELECT coalesce(max(num), 0) + 1 AS num FROM discussions WHERE repo = ?", (repo.id,)
    ).fetchone()
    values = (repo.id, row["num"], check_title(title), status, author.id, timestamp(), base is not None, base)
    db.execute("INSERT INTO discussions VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)", values)
    comment(db, repo, row["num"], author, description)
    return get(db, repo, row["num"])


def comment(db: sqlite3.Connection, repo: Repo, num: int, author: Account, text: str) -> Event:
    return add_event(db, repo, num, author, "comment", _comment_data(author, text))


def rewrite(
    db: sqlite3.Connection, repo: Repo, num: int, event_id: str, account: Account, text: str
) -> Event:
    """Replace the text of a comment of one's own, keeping the old one in its history."""
    event = _own_comment(db, repo, num, event_id, account)
    history = [*event.data["history"], event.data["latest"]]
    data = _comment_data(account, text) | {"edited": True, "history": history, "numEdits": len(history)}
    return _save_event(db, event, data)


def hide(db: sqlite3.Connection, repo: Repo, num: int, event_id: str, account: Account) -> Event:
    """Hide a comment: its author's or the repository's owner's right. It cannot be shown again."""
    event = _own_comment(db, repo, num, event_id, account, owner_too=True)
    hidden = _comment_data(event.author, "This comment has been hidden") | {
        "hidden": True,
        "hiddenBy": account.name,
    }
    return _save_event(db, event, hidden)


def rename(db: sqlite3.Connection, repo: Repo, num: int, account: Account, title: str) -> Event:
    old = get(db, repo, num)
    _check_may_change(db, repo, old, account)
    db.execute(
        "UPDATE discussions SET title = ? WHERE repo = ? AND num = ?", (check_title(title), repo.id, num)
    )
    return add_event(db, repo, num, account, "title-change", {"from": old.title, "to": title.strip()})


def set_status(db: sqlite3.Connection, repo: Repo, num: int, account: Account, status: Status) -> Event:
    """Open or close; raises BadRequest for a merged pull request."""
    discussion = get(db, repo, num)
    _check_may_change(db, repo, discussion, account)
    if discussion.status == "merged" or status not in ("open", "closed"):
        raise BadRequest("A discussion can be 'open' or 'closed', and a merged pull request stays merged.")
    return record_status(db, repo, num, account, status)


def record_status(db: sqlite3.Connection, repo: Repo, num: int, account: Account, status: Status) -> Event:
    db.execute("UPDATE discussions SET status = ? WHERE repo = ? AND num = ?", (status, repo.id, num))
    return add_event(db, repo, num, account, "status-change", {"status": status})


def add_event(
    db: sqlite3.Connection, repo: Repo, num: int, author: Account, kind: str, data: dict[str, Any]
) -> Event:
    event = Event(secrets.token_hex(12), kind, author, timestamp(), data)
    values = (event.id, repo.id, num, kind, author.id, event.created, json.dumps(data))
    db.execute("INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    return event


def check_title(title: str) -> str:
    title = title.strip()
    if not 3 <= len(title) <= 200:
        raise BadRequest("A title has 3 to 200 characters.")
    return title


def _comment_data(author: Account, text: str) -> dict[str, Any]:
    if not text.strip() or len(text) > _LONGEST:
        raise BadRequest(f"A comment has 1 to {_LONGEST:,} characters.")
    latest = {"raw": text, "updatedAt": timestamp(), "author": {"name": author.name, "type": "user"}}
    return {"edited": False, "hidden": False, "latest": latest, "history": [], "numEdits": 0}


def _own_comment(
    db: sqlite3.Connection, repo: Repo, num: int, event_id: str, account: Account, *, owner_too: bool = False
) -> Event:
    query = "SELECT * FROM events WHERE repo = ? AND num = ? AND id = ? AND type = 'comment'"
    row = db.execute(query, (repo.id, num, event_id)).fetchone()
    if row is None:
        raise NotFound(f"There is no comment {event_id!r} in discussion {num}.")
    event = _event_from_row(db, row)
    if event.author != account and not (owner_too and accounts.may_act_for(db, account, repo.owner)):
        raise Forbidden("A comment can be changed by whoever wrote it")
    if event.data["hidden"]:
        raise BadRequest("A hidden comment cannot be changed.")
    return event


def _save_event(db: sqlite3.Connection, event: Event, data: dict[str, Any]) -> Event:
    db.execute("UPDATE events SET data = ? WHERE id = ?", (json.dumps(data), event.id))
    return Event(event.id, event.type, event.author, event.created, data)


def _check_may_change(db: sqlite3.Connection, repo: Repo, discussion: Discussion, account: Account) -> None:
    if discussion.author != account and not accounts.may_act_for(db, account, repo.owner):
        raise Forbidden("A discussion can be changed by whoever opened it and by the repository's owner")


def _from_row(db: sqlite3.Connection, row: sqlite3.Row) -> Discussion:
    author = accounts.get(db, row["author"])
    return Discussion(**{**row, "author": author, "is_pull_request": bool(row["is_pull_request"])})


def _event_from_row(db: sqlite3.Connection, row: sqlite3.Row) -> Event:
    author = accounts.get(db, row["author"])
    return Event(row["id"], row["type"], author, row["created"], json.loads(row["data"]))
