"""How many parameters a safetensors file holds, read from its header alone."""

import json
import math
import re
from collections import Counter
from pathlib import Path
from typing import Any

_LIMIT = 25_000_000  # bytes of header, as the clients allow
_MOST_DIMENSIONS = 16
_LARGEST = 2**53
_DTYPE = re.compile(r"[A-Z][A-Z0-9_]{0,15}")


def parameters(path: Path) -> Counter[str]:
    """Parameters by dtype (`{"F32": 22713216}`); empty if the file is no safetensors file."""
    try:
        return _count(_header(path))
    except (OSError, ArithmeticError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Counter()


def _header(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if length > _LIMIT:
            raise ValueError("header too long")
        header: dict[str, Any] = json.loads(file.read(length))
        return header


def _count(header: dict[str, Any]) -> Counter[str]:
    total: Counter[str] = Counter()
    for name, tensor in header.items():
        if name != "__metadata__":
            total[_dtype(tensor)] += math.prod(_size(size) for size in tensor["shape"][:_MOST_DIMENSIONS])
    return total


def _dtype(tensor: dict[str, Any]) -> str:
    if not _DTYPE.fullmatch(tensor["dtype"]):
        raise ValueError("no dtype")
    return str(tensor["dtype"])


def _size(size: object) -> int:
    if not isinstance(size, int) or not 0 <= size <= _LARGEST:
        raise ValueError("no size")
    return size
