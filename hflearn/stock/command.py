"""``hflearn stock``: fill the shelves, or show what is on them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from hflearn import connection
from hflearn.errors import CourseError
from hflearn.home import hub_root
from hflearn.stock.build import built
from hflearn.stock.catalog import Item, chosen, roles
from hflearn.stock.shelve import ensure, stocked

if TYPE_CHECKING:
    from hflearn.hub import Store


def command(names: Sequence[str], list_only: bool = False) -> None:
    """Fills the practice Hub with these roles, or all of them; ``list_only`` shows sizes and states instead.

    Raises:
        CourseError: an unknown role, a Hub that needs no stock, or what `ensure` raises.
    """
    from hflearn.hub import Store  # a web server comes with it: only those who run the command wait for that

    items = chosen(names or roles())
    if not list_only:
        if connection.online():
            raise CourseError(
                "HFLEARN_HUB names a Hub that holds the real models, so there is nothing to stock: "
                "unset it first."
            )
        ensure([item.role for item in items], Store(hub_root()))
    store = Store(hub_root()) if hub_root().exists() else None
    print(_table([(item, _state(item, store)) for item in items]))


def _table(items: Sequence[tuple[Item, str]]) -> str:
    rows = [("role", "id", "download", "on disk", "state", "licence")]
    rows += [
        (item.role, item.id, f"{item.download_mb:.1f} MB", f"{item.size_mb:.1f} MB", state, item.licence)
        for item, state in items
    ]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _state(item: Item, store: "Store | None") -> str:
    if store and stocked(item, store):
        return "stocked"
    return "built" if built(item) else "missing"
