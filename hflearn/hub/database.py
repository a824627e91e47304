"""The store's SQLite file: a connection for each thread, one transaction for each change."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from hflearn.errors import CourseError

_SCHEMA = Path(__file__).with_name("schema.sql")
_VERSION = 2  # the script only adds what is missing: it brings an older store up to date
_BUSY_MS = 30_000


class Database:
    """Opens or creates the database at `path`. Threads and processes may share it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        # the first connection of all changes how the file is kept, which SQLite refuses to do for two at once
        with FileLock(path.with_suffix(".lock")):
            self._create()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A consistent view of the store: what others commit meanwhile is not seen."""
        yield from self._transaction("BEGIN")

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The right to change the store, which one transaction at a time has; an exception undoes it."""
        yield from self._transaction("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Close this thread's connection."""
        if connection := getattr(self._local, "connection", None):
            connection.close()
            del self._local.connection

    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        connection = self._connection()
        connection.execute(begin)
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def _connection(self) -> sqlite3.Connection:
        if not hasattr(self._local, "connection"):
            self._local.connection = _connect(self.path)
        connection: sqlite3.Connection = self._local.connection
        return connection

    def _create(self) -> None:
        connection = self._connection()
        if connection.execute("PRAGMA user_version").fetchone()[0] < _VERSION:
            # executescript would commit first, so the lock is taken inside the script itself
            connection.executescript(
                f"BEGIN IMMEDIATE; {_SCHEMA.read_text()} PRAGMA user_version = {_VERSION}; COMMIT;"
            )
        if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            raise CourseError(
                f"{self.path} was made by another version of hflearn: move it away and start again."
            )


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=_BUSY_MS / 1000)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(
        "PRAGMA synchronous = FULL"
    )  # an acknowledged commit is on the disk, not on its way there
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA cache_size = -1000")
    return connection
