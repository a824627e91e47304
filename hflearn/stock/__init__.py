"""What the practice Hub holds: where each model and dataset comes from, and how it gets onto the shelves.

``catalog.toml`` describes the items · ``fetch`` gets a package's file · ``build`` makes a repository's files
from it, with a module of ``builders`` for each · ``cards`` writes the card, with the figures that ``quality``
measured · ``shelve`` commits it all to a Store · ``command`` is ``hflearn stock``.
"""

from hflearn.stock.catalog import Item, Source, roles
from hflearn.stock.command import command
from hflearn.stock.shelve import ensure

__all__ = ["Item", "Source", "command", "ensure", "roles"]
