"""What differs between two revisions."""

import difflib
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from . import trees
from .blobs import Blob, Blobs

_TEXT_LIMIT = 200_000  # bytes: beyond that nobody reads a diff, and making it takes seconds


@dataclass(frozen=True)
class Change:
    """A file that differs: `old` is None if it was added, `new` if it was deleted."""

    path: str
    old: Blob | None
    new: Blob | None


def changes(db: sqlite3.Connection, old_tree: str, new_tree: str) -> list[Change]:
    """The files that differ, by path."""
    if old_tree == new_tree:
        return []
    old, new = trees.files(db, old_tree), trees.files(db, new_tree)
    return [Change(path, old.get(path), new.get(path)) for path in sorted(_differing(old, new))]


def as_text(blobs: Blobs, change: Change) -> str:
    """One file's change as `git diff` writes it."""
    head = f"diff --git a/{change.path} b/{change.path}\n"
    return head + "".join(_note(change)) + "".join(_body(blobs, change))


def _differing(old: Mapping[str, Blob], new: Mapping[str, Blob]) -> set[str]:
    return {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}


def _note(change: Change) -> Iterator[str]:
    if change.old is None:
        yield "new file mode 100644\n"
    if change.new is None:
        yield "deleted file mode 100644\n"


def _body(blobs: Blobs, change: Change) -> Iterator[str]:
    old_name = f"a/{change.path}" if change.old else "/dev/null"
    new_name = f"b/{change.path}" if change.new else "/dev/null"
    try:
        old, new = _lines(blobs, change.old), _lines(blobs, change.new)
    except UnicodeDecodeError:
        yield f"Binary files {old_name} and {new_name} differ\n"
        return
    for line in difflib.unified_diff(old, new, old_name, new_name):
        yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def _lines(blobs: Blobs, blob: Blob | None) -> list[str]:
    if blob is None:
        return []
    if blob.sha256 or blob.size > _TEXT_LIMIT:
        raise UnicodeDecodeError("utf-8", b"", 0, 1, "not shown as text")
    return blobs.path(blob.etag).read_bytes().decode().splitlines(keepends=True)
