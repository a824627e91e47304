"""Adding a commit to a branch: all of it, or nothing."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from . import about, cards, commits, refs, trees
from .blobs import Blob, Blobs
from .names import check_path
from .problems import BadRequest, EntryNotFound, StaleParent
from .repositories import Repo

MAIN = "refs/heads/main"


@dataclass
class Changes:
    """What a commit does: `files` by path, whose contents are in the blob store, and paths to delete."""

    title: str
    author: str
    date: str
    files: dict[str, Blob] = field(default_factory=dict)
    deletions: list[str] = field(default_factory=list)  # files, or folders with all they hold
    description: str = ""
    parent: str | None = None  # the commit that the branch must be at, or the first digits of its id


def push(db: sqlite3.Connection, blobs: Blobs, repo: Repo, ref: str, changes: Changes) -> str:
    """Move the ref on by a commit and return its id; a commit that would change nothing is not made.

    `db` must be a writing transaction. Raises StaleParent, EntryNotFound, BadRequest.
    """
    head = refs.target(db, repo, ref)
    if changes.parent is not None and not (
        head and len(changes.parent) >= 7 and head.startswith(changes.parent)
    ):
        raise StaleParent(f"A commit has happened since. Please refresh and try again: {ref} is at {head}.")
    old = commits.find_commit(db, repo, head).tree if head else trees.EMPTY
    tree = _edited(db, old, changes)
    if head and tree == old:
        return head
    _check_card(blobs, changes.files)
    return _record(db, blobs, repo, ref, head, tree, changes)


def _edited(db: sqlite3.Connection, tree: str, changes: Changes) -> str:
    if not changes.title:
        raise BadRequest("A commit needs a message: its 'summary' is empty.")
    gone: dict[str, Blob | None] = {
        path: None for name in changes.deletions for path in _below(db, tree, name)
    }
    new = {check_path(path): blob for path, blob in changes.files.items()}
    for path in new:
        if isinstance(trees.lookup(db, trees.edit(db, tree, gone), path), trees.Folder):
            raise BadRequest(f"{path!r} is a folder: a file cannot take its place. Delete it first.")
    return trees.edit(db, trees.edit(db, tree, gone), new)


def _below(db: sqlite3.Connection, tree: str, name: str) -> list[str]:
    name = name.rstrip("/") if name not in ("", "/") else ""
    entry = trees.lookup(db, tree, name)
    if entry is None:
        raise EntryNotFound(f"{name!r} cannot be deleted: there is no such file or folder.")
    if isinstance(entry, Blob):
        return [name]
    return [f"{name}/{path}" if name else path for path in trees.files(db, entry.oid)]


def _check_card(blobs: Blobs, files: Mapping[str, Blob]) -> None:
    if problems := cards.errors(about.read_text(blobs, files.get("README.md"))):
        raise BadRequest(f"Invalid metadata in README.md: {problems[0]}")


def _record(
    db: sqlite3.Connection, blobs: Blobs, repo: Repo, ref: str, head: str | None, tree: str, changes: Changes
) -> str:
    commit = commits.record(
        db,
        repo,
        parent=head,
        tree=tree,
        title=changes.title,
        description=changes.description,
        author=changes.author,
        date=changes.date,
    )
    refs.point(db, repo, ref, commit.oid)
    db.execute("UPDATE repos SET modified = max(modified, ?) WHERE id = ?", (changes.date, repo.id))
    if ref == MAIN:
        about.save(db, repo, about.describe(db, blobs, repo.type, tree))
    return commit.oid
