"""The right amount in another unit: a slip that deserves its own words, whatever the question."""

import math

_UNITS = {
    "bytes": 1,
    "kB": 10**3,
    "MB": 10**6,
    "GB": 10**9,
    "KiB": 2**10,
    "MiB": 2**20,
    "GiB": 2**30,
    "bits": 1 / 8,
}


def mistaken(number: float, value: float, unit: str) -> str | None:
    """The unit in which ``number`` is the wanted ``value``, which is in ``unit``; None where there is none.

    Sizes rounded on the way are still recognised, within one part in a thousand.
    """
    if unit not in _UNITS:
        return None
    wanted = value * _UNITS[unit]
    for name, size in _UNITS.items():
        if name != unit and math.isclose(number * size, wanted, rel_tol=1e-3):
            return f"{name} ({size:,} bytes)" if size > 1 else name
    return None
