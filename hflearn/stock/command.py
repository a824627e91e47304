"""``hflearn stock``: fill the shelves, or show what is on them."""

from collections.abc import Sequence

from hflearn import connection
from hflearn.errors import CourseError
from hflearn.home import hub_root
from hflearn.hub import Store
from hflearn.stock.build import built
from hflearn.stock.catalog import Item, chosen, roles
from hflearn.stock.shelve import ensure, stocked


def command(names: Sequence[str], list_only: bool = False) -> None:
    """Fills the practice Hub with these roles, or all of them; ``list_only`` shows sizes and states instead.

    Raises:
        CourseError: an unknown role, a Hub that needs no stock, or what `ensure` raises.
    """
    items = chosen(names or roles())
    if not list_only:
        if connection.online():
            raise CourseError(
                "HFLEARN_HUB names a Hub that holds the real models, so there is nothing to stock: "
                "unset it first."
            )
        ensure([item.role for item in items], Store(hub_root()))
    print(_table(items))


def _table(items: Sequence[Item]) -> str:
    rows = [("role", "id", "download", "on disk", "state", "licence")]
    rows += [
        (
            item.role,
            item.id,
            f"{item.download_mb:.1f} MB",
            f"{item.size_mb:.1f} MB",
            _state(item),
            item.licence,
        )
        for item in items
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def _state(item: Item) -> str:
    if hub_root().exists() and stocked(item, Store(hub_root())):
        return "stocked"
    return "built" if built(item) else "missing"
