"""What the practice Hub holds: where each model and dataset comes from, and how it gets onto the shelves.

``catalog.toml`` describes the items · ``fetch`` gets a package's file · ``build`` turns it into a repository's files,
with a module of ``builders`` each · ``cards`` writes the card · ``shelve`` commits it all to a Store.
"""

from hflearn.stock.catalog import Item, Source, roles
from hflearn.stock.command import command
from hflearn.stock.shelve import ensure

__all__ = ["Item", "Source", "command", "ensure", "roles"]
