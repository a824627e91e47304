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

    It may have been rounded on the way: to one part in a thousand, or to a few decimals.
    """
    if unit not in _UNITS:
        return None
    for name, size in _UNITS.items():
        if name != unit and _rounded(number, value * _UNITS[unit] / size):
            return f"{name} ({size:,} bytes)" if size > 1 else name
    return None


def _rounded(number: float, exact: float) -> bool:
    if math.isclose(number, exact, rel_tol=1e-3):
        return True
    return number != 0 and any(number == round(exact, decimals) for decimals in range(5))
