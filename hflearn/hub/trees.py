"""Folders of a repository as git keeps them: each an immutable list of entries named by its hash."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .blobs import Blob
from .problems import BadRequest

EMPTY = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"  # git's id of a folder with nothing in it


@dataclass(frozen=True)
class Folder:
    oid: str


Entry = Blob | Folder
Entries = dict[str, Entry]


def entries(db: sqlite3.Connection, oid: str) -> Entries:
    """What lies directly in the folder, by name. The dict is the caller's to change."""
    if oid == EMPTY:
        return {}
    text: str = db.execute("SELECT entries FROM trees WHERE oid = ?", (oid,)).fetchone()["entries"]
    return dict(_parse(text))


def walk(db: sqlite3.Connection, oid: str, prefix: str = "") -> Iterator[tuple[str, Entry]]:
    """Every file and folder below, with its path; a folder comes before what it holds."""
    for name, entry in sorted(entries(db, oid).items()):
        yield prefix + name, entry
        if isinstance(entry, Folder):
            yield from walk(db, entry.oid, f"{prefix}{name}/")


def files(db: sqlite3.Connection, oid: str) -> dict[str, Blob]:
    """Every file below, by path."""
    return {path: entry for path, entry in walk(db, oid) if isinstance(entry, Blob)}


def lookup(db: sqlite3.Connection, oid: str, path: str) -> Entry | None:
    """What lies at `path`; the empty path is the folder itself."""
    entry: Entry | None = Folder(oid)
    for name in path.split("/") if path else []:
        if not isinstance(entry, Folder):
            return None
        entry = entries(db, entry.oid).get(name)
    return entry


def edit(db: sqlite3.Connection, oid: str, changes: Mapping[str, Blob | None]) -> str:
    """The folder after `changes`, which name files: path → new content, or None to delete it."""
    here = entries(db, oid)
    for name, change in _by_first_name(changes).items():
        new = _edit_folder(db, name, here.get(name), change) if isinstance(change, dict) else change
        if new is None or new == Folder(EMPTY):
            here.pop(name, None)
        else:
            here[name] = new
    return _save(db, here)


def _edit_folder(
    db: sqlite3.Connection, name: str, entry: Entry | None, changes: Mapping[str, Blob | None]
) -> Entry:
    if isinstance(entry, Blob):
        raise BadRequest(f"{name!r} is a file: nothing can be put below it. Delete it first.")
    return Folder(edit(db, entry.oid if entry else EMPTY, changes))


def _by_first_name(changes: Mapping[str, Blob | None]) -> dict[str, Blob | dict[str, Blob | None] | None]:
    files = {path: change for path, change in changes.items() if "/" not in path}
    folders: dict[str, dict[str, Blob | None]] = {}
    for path, change in changes.items():
        name, _, rest = path.partition("/")
        if rest:
            folders.setdefault(name, {})[rest] = change
    if both := files.keys() & folders.keys():
        raise BadRequest(f"{min(both)!r} is a file and a folder in the same commit.")
    return {**files, **folders}


def _save(db: sqlite3.Connection, here: Entries) -> str:
    oid = _git_oid(here)
    if oid != EMPTY:
        text = json.dumps({name: _pack(entry) for name, entry in here.items()}, separators=(",", ":"))
        db.execute("INSERT OR IGNORE INTO trees VALUES (?, ?)", (oid, text))
    return oid


def _pack(entry: Entry) -> list[object]:
    return [entry.oid] if isinstance(entry, Folder) else [entry.oid, entry.size, entry.sha256]


@lru_cache(maxsize=64)
def _parse(text: str) -> Entries:
    return {
        name: Folder(*packed) if len(packed) == 1 else Blob(*packed)
        for name, packed in json.loads(text).items()
    }


def _git_oid(here: Entries) -> str:
    ordered = sorted((name + "/" * isinstance(entry, Folder)).encode() for name, entry in here.items())
    body = b"".join(_git_line(key, here) for key in ordered)
    return hashlib.sha1(b"tree %d\0" % len(body) + body, usedforsecurity=False).hexdigest()


def _git_line(key: bytes, here: Entries) -> bytes:
    name = key.removesuffix(b"/")
    mode = b"40000" if key.endswith(b"/") else b"100644"
    return mode + b" " + name + b"\0" + bytes.fromhex(here[name.decode()].oid)
