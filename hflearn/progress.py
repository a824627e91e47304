"""What this learner has done, in one JSON file on their machine.

Several notebooks may write at once: a lock file keeps them apart, and a rename spares readers half a file.
A file that cannot be read is kept beside it, and a place that cannot be written to costs the record, never
the lesson.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from hflearn.home import progress_file

VERSION = 1
Done = dict[str, dict[str, dict[str, Any]]]


def record(unit: str, item: str, *, right: bool) -> None:
    """Add one attempt at ``item`` (a question) of ``unit`` (an exercise, a quiz). Once right stays right."""
    try:
        with _locked() as path:
            done = _load(path)
            before = done.get(unit, {}).get(item, {"attempts": 0, "right": False})
            after = {"attempts": before["attempts"] + 1, "right": before["right"] or right}
            done.setdefault(unit, {})[item] = after
            _store(path, done)
    except OSError as error:
        _say(f"your progress could not be kept ({error}); the lesson goes on without it.")


def read() -> Done:
    """All that is recorded, ``{unit: {item: {"attempts": int, "right": bool}}}``; empty where nothing is."""
    try:
        with _locked() as path:
            return _load(path)
    except OSError as error:
        _say(f"your progress could not be read ({error}).")
        return {}


@contextmanager
def _locked() -> Iterator[Path]:
    from filelock import FileLock

    path = progress_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{path}.lock", timeout=10):  # its Timeout is an OSError
        yield path


def _load(path: Path) -> Done:
    if not path.exists():
        return {}
    try:
        return _checked(json.loads(path.read_bytes()))
    except ValueError:  # no JSON, no UTF-8, or not ours
        _set_aside(path)
        return {}


def _checked(document: Any) -> Done:
    done = document.get("done") if isinstance(document, dict) else None
    if not isinstance(done, dict) or not all(isinstance(items, dict) for items in done.values()):
        raise ValueError("not a progress file")
    for entry in (entry for items in done.values() for entry in items.values()):
        if not (
            isinstance(entry, dict)
            and type(entry.get("attempts")) is int
            and type(entry.get("right")) is bool
        ):
            raise ValueError("not a progress file")
    return done


def _store(path: Path, done: Done) -> None:
    with NamedTemporaryFile("w", dir=path.parent, prefix="progress-", delete=False, encoding="utf-8") as file:
        json.dump({"version": VERSION, "done": done}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)


def _set_aside(path: Path) -> None:
    aside, number = path.with_suffix(".bak"), 1
    while aside.exists():  # an earlier one is kept as well
        number += 1
        aside = path.with_suffix(f".bak{number}")
    path.replace(aside)
    _say(f"your progress file could not be read; it is kept as {aside.name}, and a new one begins.")


def _say(sentence: str) -> None:
    print(f"hflearn: {sentence}", file=sys.stderr)
