"""How many parameters a safetensors file holds, read from its header alone."""

import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

_LIMIT = 25_000_000  # bytes of header, as the clients allow


def parameters(path: Path) -> Counter[str]:
    """Parameters by dtype (`{"F32": 22713216}`); empty if the file is no safetensors file."""
    try:
        return _count(_header(path))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
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
            total[str(tensor["dtype"])] += math.prod(int(size) for size in tensor["shape"])
    return total
