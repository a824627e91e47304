"""What lies where in a revision, and which commit put it there."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from . import commits, trees
from .blobs import Blob
from .commits import Commit
from .problems import EntryNotFound
from .repositories import Repo
from .trees import Entry, Folder


@dataclass(frozen=True)
class Item:
    path: str
    entry: Entry
    last_commit: Commit | None = None  # known only where it was asked for


def file(db: sqlite3.Connection, repo: Repo, commit: Commit, path: str) -> Blob:
    """The file at `path`; raises EntryNotFound."""
    entry = trees.lookup(db, commit.tree, path)
    if not isinstance(entry, Blob):
        raise EntryNotFound(f"There is no file {path!r} in {repo.name} at {commit.oid[:7]}.")
    return entry


def folder(
    db: sqlite3.Connection, repo: Repo, commit: Commit, path: str = "", *, recursive: bool = False
) -> list[Item]:
    """What lies in a folder, folders included, by path; raises EntryNotFound."""
    entry = trees.lookup(db, commit.tree, path)
    if not isinstance(entry, Folder):
        raise EntryNotFound(f"There is no folder {path!r} in {repo.name} at {commit.oid[:7]}.")
    prefix = f"{path}/" if path else ""
    if recursive:
        return [Item(*found) for found in trees.walk(db, entry.oid, prefix)]
    return [Item(prefix + name, entry) for name, entry in sorted(trees.entries(db, entry.oid).items())]


def at_paths(db: sqlite3.Connection, commit: Commit, paths: Iterable[str]) -> list[Item]:
    """The files and folders at those of `paths` where there is something."""
    found = ((path, trees.lookup(db, commit.tree, path)) for path in dict.fromkeys(paths))
    return [Item(path, entry) for path, entry in found if entry]


def with_last_commits(
    db: sqlite3.Connection, repo: Repo, commit: Commit, items: Iterable[Item]
) -> list[Item]:
    """The same items, each with the newest commit that changed it."""
    items = list(items)
    waiting = {item.path: item.entry for item in items}
    last: dict[str, Commit] = {}
    newer = commit
    for older in commits.history(db, repo, commit.oid):
        for path in [path for path, entry in waiting.items() if trees.lookup(db, older.tree, path) != entry]:
            last[path] = newer
            del waiting[path]
        if not waiting:
            break
        newer = older
    return [Item(item.path, item.entry, last.get(item.path, newer)) for item in items]
