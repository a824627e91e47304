"""Collections: lists of repositories that somebody put together."""

import hashlib
import re
import secrets
import sqlite3
from dataclasses import dataclass

from . import accounts
from .accounts import Account
from .clock import timestamp
from .problems import BadRequest, Conflict, NotFound

_ID = re.compile(r"[0-9a-f]{24}")
_THEMES = ("orange", "blue", "green", "purple", "pink", "indigo")


@dataclass(frozen=True)
class Collection:
    id: str
    owner: Account
    title: str
    description: str
    private: bool
    theme: str
    modified: str

    @property
    def slug(self) -> str:
        """`owner/title-in-small-letters-id`. The clients keep it; only its id counts when it comes back."""
        words = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")
        return f"{self.owner.name}/{words}-{self.id}" if words else f"{self.owner.name}/{self.id}"


@dataclass(frozen=True)
class CollectionItem:
    id: str
    item_type: str
    item_id: str
    note: str
    position: int


def create(
    db: sqlite3.Connection, owner: Account, title: str, description: str = "", *, private: bool = False
) -> Collection:
    """A new collection; raises Conflict if the owner has one with this title."""
    _check_texts(title, description)
    # the same owner and title give the same id, so that what a notebook prints can be compared
    identifier = hashlib.sha256(f"{owner.name.lower()}\n{title}".encode()).hexdigest()[:24]
    if existing := _find(db, identifier):
        raise Conflict("There is a collection with this title already.", slug=existing.slug)
    values = (identifier, owner.id, title, description, private, "orange", timestamp())
    db.execute("INSERT INTO collections VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    return get(db, identifier)


def get(db: sqlite3.Connection, slug: str) -> Collection:
    """The collection whose id ends the slug; raises NotFound."""
    collection = _find(db, slug[-24:]) if _ID.fullmatch(slug[-24:]) else None
    if collection is None:
        raise NotFound(f"There is no collection {slug!r}.")
    return collection


def find(db: sqlite3.Connection, *, owners: list[str], namespaces: list[int]) -> list[Collection]:
    """Collections that a caller who belongs to `namespaces` may see, the last changed first."""
    rows = db.execute("SELECT * FROM collections ORDER BY modified DESC, id").fetchall()
    found = [_from_row(db, row) for row in rows if not row["private"] or row["owner"] in namespaces]
    wanted = {name.lower() for name in owners}
    return [one for one in found if not wanted or one.owner.name.lower() in wanted]


def items(db: sqlite3.Connection, collection: Collection) -> list[CollectionItem]:
    query = "SELECT * FROM collection_items WHERE collection = ? ORDER BY position"
    fields = ("id", "item_type", "item_id", "note", "position")
    return [CollectionItem(*(row[name] for name in fields)) for row in db.execute(query, (collection.id,))]


def update(
    db: sqlite3.Connection, collection: Collection, *, title: str, description: str, private: bool, theme: str
) -> Collection:
    _check_texts(title, description)
    if theme not in _THEMES:
        raise BadRequest(f"'theme' is one of {', '.join(_THEMES)}.")
    values = (title, description, private, theme, timestamp(), collection.id)
    new = "title = ?, description = ?, private = ?, theme = ?, modified = ?"
    db.execute(f"UPDATE collections SET {new} WHERE id = ?", values)
    return get(db, collection.id)


def delete(db: sqlite3.Connection, collection: Collection) -> None:
    db.execute("DELETE FROM collections WHERE id = ?", (collection.id,))


def add_item(
    db: sqlite3.Connection, collection: Collection, item_type: str, item_id: str, note: str = ""
) -> None:
    """Put a repository at the end; raises Conflict if it is in."""
    here = items(db, collection)
    if any(item.item_type == item_type and item.item_id.lower() == item_id.lower() for item in here):
        raise Conflict(f"{item_id} is in the collection already.")
    values = (secrets.token_hex(12), collection.id, item_type, item_id, _check_note(note), len(here))
    db.execute("INSERT INTO collection_items VALUES (?, ?, ?, ?, ?, ?)", values)
    _touch(db, collection)


def update_item(
    db: sqlite3.Connection, collection: Collection, item_id: str, *, note: str | None, position: int | None
) -> None:
    """Change a note, or move an item to another place (0 is the first)."""
    item = _item(db, collection, item_id)
    if note is not None:
        db.execute("UPDATE collection_items SET note = ? WHERE id = ?", (_check_note(note), item.id))
    if position is not None:
        order = [other.id for other in items(db, collection) if other.id != item.id]
        order.insert(max(position, 0), item.id)
        _number(db, order)
    _touch(db, collection)


def delete_item(db: sqlite3.Connection, collection: Collection, item_id: str) -> None:
    db.execute("DELETE FROM collection_items WHERE id = ?", (_item(db, collection, item_id).id,))
    _number(db, [item.id for item in items(db, collection)])
    _touch(db, collection)


def _item(db: sqlite3.Connection, collection: Collection, item_id: str) -> CollectionItem:
    found = next((item for item in items(db, collection) if item.id == item_id), None)
    if found is None:
        raise NotFound(f"There is no item {item_id!r} in the collection.")
    return found


def _number(db: sqlite3.Connection, order: list[str]) -> None:
    db.executemany("UPDATE collection_items SET position = ? WHERE id = ?", list(enumerate(order)))


def _touch(db: sqlite3.Connection, collection: Collection) -> None:
    db.execute("UPDATE collections SET modified = ? WHERE id = ?", (timestamp(), collection.id))


def _check_texts(title: str, description: str) -> None:
    if not 1 <= len(title) <= 60 or len(description) > 150:
        raise BadRequest("A collection's title has 1 to 60 characters, its description at most 150.")


def _check_note(note: str) -> str:
    if len(note) > 500:
        raise BadRequest("A note has at most 500 characters.")
    return note


def _find(db: sqlite3.Connection, identifier: str) -> Collection | None:
    row = db.execute("SELECT * FROM collections WHERE id = ?", (identifier,)).fetchone()
    return _from_row(db, row) if row else None


def _from_row(db: sqlite3.Connection, row: sqlite3.Row) -> Collection:
    return Collection(**{**row, "owner": accounts.get(db, row["owner"]), "private": bool(row["private"])})
