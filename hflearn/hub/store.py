"""The practice Hub's store on disk: what the server serves, and the way for other code to fill it."""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from . import accounts, large_files, refs, repositories
from .accounts import Kind, Role
from .blobs import Blob, Blobs
from .clock import timestamp
from .database import Database
from .names import split_repo_id
from .problems import BadRequest
from .push import MAIN, Changes, push
from .repositories import Gated, Repo, RepoType

_SAMPLE = 512


class Store:
    """Opens the store in the folder `root`, or creates it. Threads and processes may share one root."""

    def __init__(self, root: Path) -> None:
        self.root = Path(root)
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.blobs = Blobs(self.root / "blobs")
        self.database = Database(self.root / "hub.sqlite")
        self.id = self._meta("id", str(uuid.uuid4()))
        self.secret = self._meta("secret", secrets.token_hex(32)).encode()  # signs upload links

    def ensure_account(self, name: str, *, fullname: str = "", kind: Kind = "user") -> None:
        """Make the account if there is none called that."""
        with self.database.writing() as db:
            accounts.ensure(db, name, fullname=fullname, kind=kind)

    def ensure_member(self, org: str, user: str) -> None:
        """Let `user` write to what belongs to the organisation `org`; both are made if missing."""
        with self.database.writing() as db:
            accounts.add_member(db, accounts.ensure(db, org, kind="org"), accounts.ensure(db, user))

    def create_token(self, account: str, *, role: Role = "write", name: str = "") -> str:
        """A new token, `hf_…`, for an account that exists. It cannot be read again."""
        with self.database.writing() as db:
            found = accounts.find(db, account)
            if found is None:
                raise BadRequest(f"There is no account called {account!r}.")
            return accounts.create_token(db, found, role=role, name=name)

    def ensure_repo(
        self,
        repo_type: RepoType,
        repo_id: str,
        *,
        private: bool = False,
        gated: bool | Gated = False,
        date: datetime | None = None,
    ) -> None:
        """Make the repository and its first commit if there is none; its namespace too, as organisation."""
        repositories.check_type(repo_type)
        with self.database.writing() as db:
            if repositories.find(db, repo_type, repo_id):
                return
            accounts.ensure(db, split_repo_id(repo_id)[0], kind="org")
            gate: Gated | None = "auto" if gated is True else gated or None
            repo = repositories.create(db, repo_type, repo_id, private=private, gated=gate, date=date)
            push(db, self.blobs, repo, MAIN, self.first_commit(repo.namespace, date))

    def first_commit(self, author: str, date: datetime | None = None) -> Changes:
        """What a new repository starts with, as on the real Hub."""
        attributes = self.blobs.add(large_files.GITATTRIBUTES, large=False)
        return Changes("initial commit", author, timestamp(date), {".gitattributes": attributes})

    def commit(
        self,
        repo_type: RepoType,
        repo_id: str,
        *,
        files: Mapping[str, Path | bytes],
        deletions: Sequence[str] = (),
        message: str,
        author: str,
        description: str = "",
        revision: str = "main",
        parent: str | None = None,
        date: datetime | None = None,
    ) -> str:
        """Commit to a branch and return the commit's 40-digit id; without a real change, that of its head.

        A `Path` is hard-linked into the store where the disk allows: do not write into that file afterwards.
        Raises a `Problem`: StaleParent if the branch is not at `parent`, RepoNotFound, RevisionNotFound, …
        """
        changes = Changes(message, author, timestamp(date), {}, list(deletions), description, parent)
        changes.files = {path: self.add_file(path, content) for path, content in files.items()}
        with self.database.writing() as db:
            repo = repositories.get(db, repo_type, repo_id)
            return push(db, self.blobs, repo, refs.branch_to_write(db, repo, revision), changes)

    def head(self, repo_type: RepoType, repo_id: str, revision: str = "main") -> str | None:
        """The id of the commit that `revision` stands for, or None if there is neither."""
        with self.database.reading() as db:
            repo = repositories.find(db, repo_type, repo_id)
            name = refs.full_name(db, repo, revision) if repo else None
            return refs.target(db, repo, name) if repo and name else None

    def add_file(self, path: str, content: Path | bytes) -> Blob:
        """Keep a file's content, as a large file or not as its name, size and first bytes ask for."""
        if isinstance(content, bytes):
            size, sample = len(content), content[:_SAMPLE]
        else:
            with content.open("rb") as file:
                size, sample = content.stat().st_size, file.read(_SAMPLE)
        return self.blobs.add(content, large=large_files.is_large(path, size, sample))

    def repo(self, repo_type: RepoType, repo_id: str) -> Repo:
        """The repository as it stands; raises RepoNotFound."""
        with self.database.reading() as db:
            return repositories.get(db, repo_type, repo_id)

    def close(self) -> None:
        """Close this thread's connection to the database."""
        self.database.close()

    def _meta(self, key: str, default: str) -> str:
        with self.database.writing() as db:
            db.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (key, default))
            value: str = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()["value"]
            return value
