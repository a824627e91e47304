"""A revision's files in a folder of their own: copies, which the program may do with as it likes."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil

from .. import trees
from ..blobs import Blobs
from ..repositories import Repo


def checkout(db: sqlite3.Connection, blobs: Blobs, repo: Repo, tree: str, runs: Path) -> Path:
    """A new folder below `runs` with the tree in its `files`, and an empty `home`."""
    runs.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-{repo.id}-", dir=runs))
    (folder / "home").mkdir()
    (folder / "files").mkdir()
    for path, blob in trees.files(db, tree).items():
        copy = folder / "files" / path
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(blobs.path(blob.etag), copy)
    return folder


def sweep(runs: Path) -> None:
    """Remove the folders that a Hub left behind when it was killed."""
    with suppress(OSError):
        for folder in runs.iterdir():
            owner = folder.name.split("-")[0]
            if owner.isdecimal() and not psutil.pid_exists(int(owner)):
                shutil.rmtree(folder, ignore_errors=True)
