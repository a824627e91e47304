"""What a Space's owner sets: its variables and secrets, when it sleeps, whether it is paused."""

import re
import sqlite3
from dataclasses import dataclass

from ..clock import timestamp
from ..problems import BadRequest
from ..repositories import Repo

SLEEP_S = 900  # a laptop is smaller than the real Hub, whose smallest machine sleeps after 48 hours
NEVER = -1
_KEY = re.compile(r"[A-Za-z][_A-Za-z0-9]{0,127}", re.ASCII)
_LONGEST = 65_536


@dataclass(frozen=True)
class Entry:
    """A variable or a secret."""

    key: str
    value: str
    description: str | None
    updated: str


def entries(db: sqlite3.Connection, repo: Repo, *, secret: bool) -> list[Entry]:
    """The variables, or the secrets, by key."""
    query = "SELECT * FROM space_environment WHERE repo = ? AND secret = ? ORDER BY key"
    rows = db.execute(query, (repo.id, secret)).fetchall()
    return [Entry(row["key"], row["value"], row["description"], row["updated"]) for row in rows]


def put(
    db: sqlite3.Connection, repo: Repo, key: str, value: str, *, secret: bool, description: str | None = None
) -> None:
    """Set a variable or a secret; a key is one or the other. Raises BadRequest."""
    if not _KEY.fullmatch(key):
        raise BadRequest(f"{key!r} cannot be a variable's name: use letters, digits and '_', a letter first.")
    if len(value) > _LONGEST or "\0" in value:
        raise BadRequest(f"The value of {key} is longer than 64 kB or holds a null character.")
    if any(entry.key == key for entry in entries(db, repo, secret=not secret)):
        other = "variable" if secret else "secret"
        raise BadRequest(f"{repo.name} has a {other} called {key} already: delete that first.")
    row = (repo.id, key, value, secret, description, timestamp())
    db.execute("INSERT OR REPLACE INTO space_environment VALUES (?, ?, ?, ?, ?, ?)", row)


def remove(db: sqlite3.Connection, repo: Repo, key: str, *, secret: bool) -> None:
    query = "DELETE FROM space_environment WHERE repo = ? AND key = ? AND secret = ?"
    if not db.execute(query, (repo.id, key, secret)).rowcount:
        raise BadRequest(f"{repo.name} has no {'secret' if secret else 'variable'} called {key}.")


def environment(db: sqlite3.Connection, repo: Repo) -> dict[str, str]:
    """What the program finds in its environment: variables, then secrets."""
    both = [*entries(db, repo, secret=False), *entries(db, repo, secret=True)]
    return {entry.key: entry.value for entry in both}


def paused(db: sqlite3.Connection, repo: Repo) -> bool:
    return bool(_setting(db, repo, "paused", False))


def pause(db: sqlite3.Connection, repo: Repo, yes: bool) -> None:
    _set(db, repo, "paused", yes)


def sleep_time(db: sqlite3.Connection, repo: Repo) -> int:
    """After how many seconds without a visitor it sleeps, or NEVER."""
    return int(_setting(db, repo, "sleep_time", SLEEP_S))


def set_sleep_time(db: sqlite3.Connection, repo: Repo, seconds: int) -> None:
    if seconds != NEVER and seconds < 1:
        raise BadRequest("A Space sleeps after a whole number of seconds, at least 1, or never: -1.")
    _set(db, repo, "sleep_time", seconds)


def _setting(db: sqlite3.Connection, repo: Repo, name: str, default: int) -> int:
    row = db.execute("SELECT * FROM space_settings WHERE repo = ?", (repo.id,)).fetchone()
    return default if row is None or row[name] is None else int(row[name])


def _set(db: sqlite3.Connection, repo: Repo, name: str, value: int) -> None:
    db.execute("INSERT OR IGNORE INTO space_settings (repo) VALUES (?)", (repo.id,))
    db.execute(f"UPDATE space_settings SET {name} = ? WHERE repo = ?", (value, repo.id))
