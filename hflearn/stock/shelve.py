"""Puts what was built on the practice Hub's shelves."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from hflearn.stock import build, cards
from hflearn.stock.catalog import Item, chosen

if TYPE_CHECKING:
    from hflearn.hub import Store

AUTHOR = "hflearn"


def ensure(roles: Iterable[str], store: "Store", progress: bool = True) -> None:
    """Fetches, verifies, converts and commits what ``store`` lacks of these roles.

    With nothing to do it takes milliseconds. Several processes may call it at once, on one store or many.

    Raises:
        CourseError: an unknown role, or what `build` raises; what was finished before it stays.
    """
    missing = [item for item in chosen(roles) if not stocked(item, store)]
    for item in missing:
        folder = build.build(item, progress)
        with FileLock(store.root / "stock.lock"):
            if not stocked(item, store):
                _commit(item, folder, store)


def stocked(item: Item, store: "Store") -> bool:
    """Whether the store holds the item as the catalogue has it today."""
    return _records(store).get(item.role) == version(item) and store.head(item.repo_type, item.id) is not None


def version(item: Item) -> str:
    """Changes with anything that the repository's content depends on."""
    facts = (build.key(item), repr(item), cards.template(item), repr(cards.measured().get(item.role)))
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def _commit(item: Item, folder: Path, store: "Store") -> None:
    files: dict[str, Path | bytes] = {
        file.relative_to(folder).as_posix(): file for file in sorted(folder.rglob("*")) if file.is_file()
    }
    files["README.md"] = cards.card(item, folder).encode()
    store.ensure_repo(item.repo_type, item.id, date=item.date)
    store.commit(
        item.repo_type, item.id, files=files, message=f"Add {item.title}", author=AUTHOR, date=item.date
    )  # fmt: skip
    records = _records(store) | {item.role: version(item)}
    unfinished = store.root / "stock.json.unfinished"
    unfinished.write_text(json.dumps(records, indent=2))
    unfinished.replace(_record_file(store))


def _records(store: "Store") -> dict[str, str]:
    """Role → the version that was committed."""
    file = _record_file(store)
    return json.loads(file.read_text()) if file.exists() else {}


def _record_file(store: "Store") -> Path:
    return store.root / "stock.json"
