"""How each item's files are made from its sources: a module each, with ``build(sources, folder)``.

``sources`` are the verified downloads, in the catalogue's order; what is written into ``folder`` goes to the
practice Hub. A ``README.md`` written there is the authors' own card: it is kept, below ours.
"""

import hashlib
from collections.abc import Iterable


def held_out(groups: Iterable[str], share: float) -> set[str]:
    """A fixed ``share`` of the groups, the same on every machine: those whose SHA-256 sorts first."""
    ordered = sorted(set(groups), key=lambda group: hashlib.sha256(group.encode()).hexdigest())
    return set(ordered[: round(share * len(ordered))])
