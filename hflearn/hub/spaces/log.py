"""A Space's log, as the warden keeps it: one file that fills, and beside it the one before."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO


def text(path: Path) -> str:
    """All that is kept: the last one or two megabytes."""
    return "".join(_read(piece) for piece in (path.with_suffix(".old"), path))


def last_lines(path: Path, count: int) -> str:
    return "\n".join(text(path).rstrip().splitlines()[-count:])


def follow(path: Path) -> Iterator[str]:
    """What is kept, then what is new since the last step: an empty text if nothing is. Never ends."""
    if older := _read(path.with_suffix(".old")):
        yield older
    while True:
        try:
            file = path.open("rb")
        except OSError:  # not written yet, or just turned over
            yield ""
            continue
        with file:
            while _same(file, path):
                yield file.read().decode(errors="replace")
            if rest := file.read():
                yield rest.decode(errors="replace")


def _same(file: BinaryIO, path: Path) -> bool:
    with suppress(OSError):
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    return False


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
