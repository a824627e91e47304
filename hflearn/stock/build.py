"""Makes an item's files, once, in ``stock_dir()/ROLE/KEY``.

The work runs in a process of its own: converting a model takes 1.2 GB that nobody wants to keep in their
notebook, whose client libraries must not be imported before the session has told them which Hub to use.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from hflearn.errors import CourseError
from hflearn.home import stock_dir
from hflearn.stock.catalog import Item, roles
from hflearn.stock.fetch import fetch

BUILDERS = Path(__file__).with_name("builders")
WEIGHTS = Path(__file__).with_name("weights")  # of the models that come with the course


def key(item: Item) -> str:
    """Names what the files were made from: other sources, or another builder, are another key."""
    digest = hashlib.sha256()
    for source in item.sources:
        digest.update(source.sha256.encode())
    if item.base:
        digest.update(key(roles()[item.base]).encode())
    for file in (
        BUILDERS / "__init__.py",
        *sorted(BUILDERS.glob(f"{item.build}.*")),
    ):  # a module, and its data
        digest.update(file.read_bytes())
    for file in sorted((WEIGHTS / item.role).rglob("*")):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def built(item: Item) -> Path | None:
    """The folder of the item's files, if they are made."""
    folder = stock_dir() / item.role / key(item)
    return folder if folder.is_dir() else None


def build(item: Item, progress: bool = True) -> Path:
    """The folder of the item's files; fetches and converts what is missing.

    Raises:
        CourseError: what `fetch` raises, a full disk, or a builder that failed.
    """
    if folder := built(item):
        return folder
    with _lock(item, progress):
        if folder := built(item):  # another process was quicker
            return folder
        _check_room(item)
        base = [build(roles()[item.base], progress)] if item.base else []
        downloads = stock_dir() / "downloads"
        downloads.mkdir(parents=True, exist_ok=True)
        sources = [fetch(source, downloads, progress) for source in item.sources]
        if progress:
            print(f"{item.role}: making {item.id} ({item.size_mb:.0f} MB)", file=sys.stderr)
        folder = _make(item, base + sources)
        for source in sources:  # pip's cache still has it
            source.unlink(missing_ok=True)
        return folder


@contextmanager
def _lock(item: Item, progress: bool) -> Iterator[None]:
    stock_dir().mkdir(parents=True, exist_ok=True)
    lock = FileLock(stock_dir() / f"{item.role}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        if progress:
            print(f"{item.role}: another process is at it; waiting", file=sys.stderr)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _check_room(item: Item) -> None:
    """Better now than in a quarter of an hour."""
    needed = 2 * item.download_mb + item.size_mb
    free = shutil.disk_usage(stock_dir()).free / 1e6
    if free < needed:
        raise CourseError(
            f"the disk is full: {item.role} needs {needed:.0f} MB and {stock_dir()} has {free:.0f} MB free; "
            "make room, or set HFLEARN_STOCK to a folder on another disk."
        )


def _make(item: Item, sources: list[Path]) -> Path:
    home = stock_dir() / item.role
    scratch = home / "unfinished"
    shutil.rmtree(home, ignore_errors=True)  # files made from other sources, or left by a killed run
    scratch.mkdir(parents=True)
    _run_builder(item, scratch, sources)
    for file in scratch.rglob("*"):
        if file.is_file():
            file.chmod(0o444)  # the practice Hub links to these very files
    finished = home / key(item)
    scratch.rename(finished)
    return finished


def _run_builder(item: Item, folder: Path, sources: list[Path]) -> None:
    command = [sys.executable, "-m", "hflearn.stock.builders", item.build, str(folder), *map(str, sources)]
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:  # on the disk whose room was checked
        environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HOME": scratch, "TMPDIR": scratch}
        try:
            done = subprocess.run(command, env=environment, capture_output=True, text=True)
        except KeyboardInterrupt:
            raise CourseError(
                f"interrupted while making {item.role}; its download is kept: "
                "run the same command again to go on."
            ) from None
    if done.returncode:
        raise _explain(item, done.stderr)


def _explain(item: Item, said: str) -> CourseError:
    if "Errno 28" in said or "No space left" in said:
        return CourseError(
            f"the disk became full while making {item.role}: make room and run the same command again."
        )
    last = said.strip().splitlines()[-1] if said.strip() else "it was killed, perhaps for want of memory"
    return CourseError(f"making {item.role} failed: {last}")
