"""Small turns of phrase that the rules share."""

from collections.abc import Iterable

_MOST = 6


def either(names: Iterable[object]) -> str:
    """``a``, ``b`` or ``c``, in backticks; a long list ends in how many more there are."""
    return _listed(names, " or ")


def every(names: Iterable[object]) -> str:
    """``a``, ``b`` and ``c``."""
    return _listed(names, " and ")


def _listed(names: Iterable[object], last: str) -> str:
    listed = [f"`{name}`" for name in names]
    if len(listed) > _MOST:
        return f"{', '.join(listed[:_MOST])} and {len(listed) - _MOST} more"
    return last.join(filter(None, [", ".join(listed[:-1]), *listed[-1:]]))


def did_you_mean(names: list[str]) -> str:
    return f"Did you mean {either(names)}?" if names else ""
