"""Repositories: making, finding, moving and deleting them. A moved one still answers to its old id."""

import json
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from . import accounts
from .clock import timestamp
from .names import REPO_TYPES, split_repo_id
from .problems import BadRequest, Conflict, RepoNotFound

RepoType = Literal["model", "dataset", "space"]
Gated = Literal["auto", "manual"]


@dataclass(frozen=True)
class Repo:
    id: int
    type: RepoType
    name: str  # namespace/name
    owner: int
    private: bool
    gated: Gated | None
    sdk: str | None
    created: str
    modified: str
    downloads: int
    likes: int
    about: dict[str, Any]  # what its files say of it: see about.py

    @property
    def namespace(self) -> str:
        return self.name.split("/")[0]

    @property
    def url_path(self) -> str:
        """Where its page lies under the Hub's address: `namespace/name`, `datasets/namespace/name`…"""
        return self.name if self.type == "model" else f"{self.type}s/{self.name}"


def from_row(row: sqlite3.Row | dict[str, Any]) -> Repo:
    values = {**row, "private": bool(row["private"]), "about": json.loads(row["about"])}
    return Repo(**values)


def find(db: sqlite3.Connection, repo_type: RepoType, repo_id: str) -> Repo | None:
    """The repository now or formerly called `repo_id`, in whatever case."""
    row = db.execute("SELECT * FROM repos WHERE type = ? AND name = ?", (repo_type, repo_id)).fetchone()
    if row is None:
        query = "SELECT r.* FROM repos r JOIN aliases a ON a.repo = r.id WHERE a.type = ? AND a.name = ?"
        row = db.execute(query, (repo_type, repo_id)).fetchone()
    return from_row(row) if row else None


def by_id(db: sqlite3.Connection, repo_id: int) -> Repo | None:
    """The repository with this number, whatever it is called now."""
    row = db.execute("SELECT * FROM repos WHERE id = ?", (repo_id,)).fetchone()
    return from_row(row) if row else None


def get(db: sqlite3.Connection, repo_type: RepoType, repo_id: str) -> Repo:
    """As `find`, but raises RepoNotFound."""
    repo = find(db, repo_type, repo_id)
    if repo is None:
        raise RepoNotFound(f"There is no {repo_type} called {repo_id!r} here.")
    return repo


def create(
    db: sqlite3.Connection,
    repo_type: RepoType,
    repo_id: str,
    *,
    private: bool = False,
    gated: Gated | None = None,
    sdk: str | None = None,
    date: datetime | None = None,
) -> Repo:
    """A new repository without a commit; raises Conflict if the id is taken. Its namespace must exist."""
    check_type(repo_type)
    owner = accounts.find(db, split_repo_id(repo_id)[0])
    if owner is None:
        raise BadRequest(f"There is no account called {split_repo_id(repo_id)[0]!r}.")
    existing = db.execute(
        "SELECT name FROM repos WHERE type = ? AND name = ?", (repo_type, repo_id)
    ).fetchone()
    if existing:
        raise Conflict(f"You already created this {repo_type} repo: {existing['name']}")
    now = timestamp(date)
    db.execute("DELETE FROM aliases WHERE type = ? AND name = ?", (repo_type, repo_id))
    db.execute(
        "INSERT INTO repos (type, name, owner, private, gated, sdk, created, modified)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (repo_type, f"{owner.name}/{split_repo_id(repo_id)[1]}", owner.id, private, gated, sdk, now, now),
    )
    return get(db, repo_type, repo_id)


def delete(db: sqlite3.Connection, repo: Repo) -> None:
    db.execute("DELETE FROM collection_items WHERE item_type = ? AND item_id = ?", (repo.type, repo.name))
    db.execute("DELETE FROM repos WHERE id = ?", (repo.id,))


def move(db: sqlite3.Connection, repo: Repo, new_id: str) -> None:
    """Rename, keeping the old id as an alias; raises Conflict if the new one is taken."""
    namespace, name = split_repo_id(new_id)
    owner = accounts.find(db, namespace)
    if owner is None:
        raise BadRequest(f"There is no account called {namespace!r}.")
    taken = db.execute("SELECT id FROM repos WHERE type = ? AND name = ?", (repo.type, new_id)).fetchone()
    if taken and taken["id"] != repo.id:
        raise Conflict(f"There is a {repo.type} called {new_id!r} already.")
    db.execute("DELETE FROM aliases WHERE type = ? AND name = ?", (repo.type, new_id))
    db.execute("INSERT OR REPLACE INTO aliases VALUES (?, ?, ?)", (repo.type, repo.name, repo.id))
    db.execute(
        "UPDATE repos SET name = ?, owner = ? WHERE id = ?", (f"{owner.name}/{name}", owner.id, repo.id)
    )
    new_item = (f"{owner.name}/{name}", repo.type, repo.name)
    db.execute("UPDATE collection_items SET item_id = ? WHERE item_type = ? AND item_id = ?", new_item)


def set_visibility(db: sqlite3.Connection, repo: Repo, private: bool) -> None:
    db.execute("UPDATE repos SET private = ? WHERE id = ?", (private, repo.id))


def set_gate(db: sqlite3.Connection, repo: Repo, gated: Gated | None) -> None:
    if gated not in (None, "auto", "manual"):
        raise BadRequest("'gated' is false, 'auto' or 'manual'.")
    db.execute("UPDATE repos SET gated = ? WHERE id = ?", (gated, repo.id))


def count_download(db: sqlite3.Connection, repo: Repo) -> None:
    db.execute("UPDATE repos SET downloads = downloads + 1 WHERE id = ?", (repo.id,))


def check_type(repo_type: str) -> None:
    if repo_type not in REPO_TYPES:
        raise BadRequest(f"A repository is a model, a dataset or a space, not a {repo_type!r}.")
