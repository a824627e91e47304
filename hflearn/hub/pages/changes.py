"""Differences as the pages show them: line by line, or a word on why not."""

from collections.abc import Sequence
from dataclasses import dataclass

from .. import diff
from ..blobs import Blobs
from . import wording

_MOST_FILES = 100
_MOST_BYTES = 1_000_000
_MOST_LINES = 5_000
_KINDS = {"+": "added", "-": "gone", "@": "place", "\\": "place"}


@dataclass(frozen=True)
class Shown:
    """One file's change: `lines` as (kind, text), where the kind names a style; else a `note`."""

    path: str
    kind: str
    lines: list[tuple[str, str]]
    note: str = ""


def shown(blobs: Blobs, changes: Sequence[diff.Change]) -> list[Shown]:
    """The first of the changes, as many as a person would read and a server can compare at once."""
    total = 0
    found: list[Shown] = []
    for change in changes[:_MOST_FILES]:
        total += sum(blob.size for blob in (change.old, change.new) if blob and not blob.sha256)
        if found and total > _MOST_BYTES:
            break
        found.append(_shown(blobs, change))
    return found


def _shown(blobs: Blobs, change: diff.Change) -> Shown:
    kind = "added" if change.old is None else "deleted" if change.new is None else "changed"
    lines = _hunks(diff.as_text(blobs, change))
    if len(lines) > _MOST_LINES:
        return Shown(change.path, kind, [], f"{wording.count(len(lines), 'line')} differ: too many to show.")
    return Shown(change.path, kind, lines, _sizes(change))


def _hunks(text: str) -> list[tuple[str, str]]:
    """The lines from the first hunk on; a binary file has none."""
    lines = text.removesuffix("\n").split("\n")
    start = next((number for number, line in enumerate(lines) if line.startswith("@@")), len(lines))
    return [(_KINDS.get(line[:1], ""), line.rstrip("\r")) for line in lines[start:]]


def _sizes(change: diff.Change) -> str:
    old, new = (wording.size(blob.size) if blob else "" for blob in (change.old, change.new))
    return f"Not shown as text: {' → '.join(filter(None, (old, new)))}."
