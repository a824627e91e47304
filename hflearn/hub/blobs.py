"""File contents on disk, each under its own hash: written under a temporary name, then renamed."""

import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

CHUNK = 4 * 2**20
_ABANDONED_S = 24 * 3600


@dataclass(frozen=True)
class Blob:
    """A file's content. `oid` is its git id, of the LFS pointer for a large one; `sha256` only then."""

    oid: str
    size: int
    sha256: str | None = None

    @property
    def etag(self) -> str:
        """What the clients call it in their cache, and its name on disk."""
        return self.sha256 or self.oid


class Blobs:
    """The folder `root`, which any number of processes may fill at once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.incoming = root / "incoming"
        self.incoming.mkdir(parents=True, exist_ok=True)
        self._sweep()

    def path(self, etag: str) -> Path:
        return self.root / etag[:2] / etag

    def has(self, etag: str) -> bool:
        return self.path(etag).is_file()

    def add(self, content: bytes | Path, *, large: bool) -> Blob:
        """Keep `content`; a file is hard-linked where the disk allows, else copied."""
        if isinstance(content, bytes):
            blob = (
                large_blob(hashlib.sha256(content).hexdigest(), len(content))
                if large
                else small_blob(content)
            )
            self._place(blob.etag, lambda file: file.write(content))
            return blob
        return self._add_file(content.resolve(strict=True), large)

    def _add_file(self, source: Path, large: bool) -> Blob:
        blob = _hash_file(source, large)
        if not self.has(blob.etag) and not _linked(source, self._folder(blob.etag) / blob.etag):
            with source.open("rb") as original:
                self._place(blob.etag, lambda file: shutil.copyfileobj(original, file, CHUNK))
        return blob

    @contextmanager
    def receiving(self) -> Iterator["Reception"]:
        """A temporary file to write an upload to; `keep()` gives it its name, else it is thrown away."""
        with NamedTemporaryFile(dir=self.incoming, delete=False) as file:
            reception = Reception(self, file, Path(file.name))
            try:
                yield reception
            finally:
                file.close()
                reception.path.unlink(missing_ok=True)

    def _place(self, etag: str, write: Callable[[IO[bytes]], object]) -> None:
        if self.has(etag):
            return
        with self.receiving() as reception:
            write(reception.file)
            reception.keep(etag)

    def _folder(self, etag: str) -> Path:
        folder = self.root / etag[:2]
        folder.mkdir(exist_ok=True)
        return folder

    def _sweep(self) -> None:
        """Throw away what uploads left behind when their process was killed."""
        for path in self.incoming.iterdir():
            with suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > _ABANDONED_S:
                    path.unlink()


@dataclass
class Reception:
    blobs: Blobs
    file: IO[bytes]
    path: Path

    def keep(self, etag: str) -> None:
        """Make the file durable under its hash; if it is there already, that one stays."""
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()  # Windows renames no open file
        self.path.replace(self.blobs._folder(etag) / etag)


def small_blob(content: bytes) -> Blob:
    return Blob(_git_oid(len(content), [content]), len(content))


def large_blob(sha256: str, size: int) -> Blob:
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n".encode()
    return Blob(_git_oid(len(pointer), [pointer]), size, sha256)


def pointer_size(blob: Blob) -> int:
    """Bytes of the LFS pointer that stands for a large file in git."""
    return len(f"version https://git-lfs.github.com/spec/v1\noid sha256:{blob.sha256}\nsize {blob.size}\n")


def _hash_file(path: Path, large: bool) -> Blob:
    size = path.stat().st_size
    with path.open("rb") as file:
        if not large:
            return Blob(_git_oid(size, _chunks(file)), size)
        digest = hashlib.sha256()
        for chunk in _chunks(file):
            digest.update(chunk)
    return large_blob(digest.hexdigest(), size)


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    return iter(lambda: file.read(CHUNK), b"")


def _git_oid(size: int, chunks: Iterable[bytes]) -> str:
    digest = hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
    for chunk in chunks:
        digest.update(chunk)
    return digest.hexdigest()


def _linked(source: Path, target: Path) -> bool:
    try:
        os.link(source, target)
    except FileExistsError:
        return True
    except OSError:  # another disk, or one without hard links
        return False
    return True
