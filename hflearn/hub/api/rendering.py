"""The store's things as the JSON that the clients read."""

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

from .. import about, access_requests, refs, trees
from ..accounts import Account
from ..blobs import Blob, pointer_size
from ..browse import Item
from ..commits import Commit
from ..repositories import Repo, RepoType
from ..store import Store
from ..trees import Folder

Json = dict[str, Any]


class RepoView:
    """A repository at a commit, seen field by field, so that what nobody asks for costs nothing."""

    def __init__(
        self, db: sqlite3.Connection, store: Store, repo: Repo, commit: Commit | None = None
    ) -> None:
        self.db, self.store, self.repo = db, store, repo
        self._commit = commit
        self._about: Json | None = None

    def json(self, names: Iterable[str], *, files_metadata: bool = False) -> Json:
        """`id` and the fields called `names`; those that have no value are left out, as on the real Hub."""
        known = {name: _FIELDS[name](self) for name in names if name in _FIELDS}
        if files_metadata and "siblings" in known:
            known["siblings"] = self.siblings(files_metadata=True)
        common = {"_id": f"{self.repo.id:024x}", "id": self.repo.name}
        return common | {name: value for name, value in known.items() if value is not None}

    @property
    def sha(self) -> str | None:
        return self._commit.oid if self._commit else refs.target(self.db, self.repo, "refs/heads/main")

    @property
    def about(self) -> Json:
        """The facts of this commit: those of main are kept, others' are worked out."""
        if self._about is None:
            if self._commit is None or self._commit.oid == refs.target(self.db, self.repo, "refs/heads/main"):
                self._about = self.repo.about
            else:
                self._about = about.describe(self.db, self.store.blobs, self.repo.type, self._commit.tree)
        return self._about

    def siblings(self, *, files_metadata: bool = False) -> list[Json]:
        if self.sha is None:
            return []
        commit = self._commit or refs.resolve(self.db, self.repo, "main")
        files = trees.files(self.db, commit.tree)
        return [
            {"rfilename": path} | (_sibling(blob) if files_metadata else {}) for path, blob in files.items()
        ]


_FIELDS: dict[str, Callable[[RepoView], Any]] = {
    "modelId": lambda view: view.repo.name if view.repo.type == "model" else None,
    "author": lambda view: view.repo.namespace,
    "sha": lambda view: view.sha,
    "lastModified": lambda view: view.repo.modified,
    "createdAt": lambda view: view.repo.created,
    "private": lambda view: view.repo.private,
    "gated": lambda view: view.repo.gated or False,
    "disabled": lambda view: False,
    "downloads": lambda view: view.repo.downloads,
    "downloadsAllTime": lambda view: view.repo.downloads,
    "likes": lambda view: view.repo.likes,
    "trendingScore": lambda view: view.repo.likes,
    "tags": lambda view: view.about.get("tags", []),
    "cardData": lambda view: view.about.get("card"),
    "pipeline_tag": lambda view: view.about.get("pipeline_tag"),
    "library_name": lambda view: view.about.get("library_name"),
    "config": lambda view: view.about.get("config"),
    "safetensors": lambda view: view.about.get("safetensors"),
    "usedStorage": lambda view: view.about.get("storage", 0),
    "mainSize": lambda view: view.about.get("storage", 0),
    "siblings": lambda view: view.siblings(),
    "sdk": lambda view: view.about.get("card", {}).get("sdk") or view.repo.sdk,
    "models": lambda view: _listed(view, "models"),
    "datasets": lambda view: _listed(view, "datasets"),
    "spaces": lambda view: [],
    "baseModels": lambda view: _listed(view, "base_model"),
    "description": lambda view: view.about.get("card", {}).get("pretty_name"),
}
_ALWAYS = ["likes", "trendingScore", "private", "tags", "createdAt", "downloads"]
_OFTEN = ["author", "gated", "disabled", "lastModified", "sha", "cardData"]
# What a list shows of each repository, and what it shows besides where all is asked for, as on the real Hub.
LISTED = {
    "model": [*_ALWAYS, "modelId", "pipeline_tag", "library_name"],
    "dataset": [*_ALWAYS, *_OFTEN, "description"],
    "space": [*_ALWAYS, "sdk"],
}
FULL = [*_OFTEN, "siblings"]
_DETAILED = ["config", "safetensors", "usedStorage", "models", "datasets", "spaces"]


def detailed(repo_type: RepoType) -> list[str]:
    """What the information about one repository shows where nothing in particular is asked for."""
    return [*LISTED[repo_type], *FULL, *_DETAILED, *(["runtime"] if repo_type == "space" else [])]


def item_json(item: Item) -> Json:
    """A file or folder of a tree."""
    entry = item.entry
    result: Json = {"path": item.path, "oid": entry.oid, "type": "directory", "size": 0}
    if isinstance(entry, Blob):
        result |= {"type": "file", "size": entry.size}
        if entry.sha256:
            result["lfs"] = {"oid": entry.sha256, "size": entry.size, "pointerSize": pointer_size(entry)}
    if item.last_commit:
        commit = item.last_commit
        result["lastCommit"] = {"id": commit.oid, "title": commit.title, "date": commit.date}
        if not isinstance(entry, Folder):
            # nobody scans files here; the clients want to be told so in these words
            result["securityFileStatus"] = {"status": "unscanned", "avScan": None, "pickleImportScan": None}
    return result


def commit_json(commit: Commit) -> Json:
    author = {"user": commit.author, "avatar": ""}
    message = commit.description
    return {
        "id": commit.oid,
        "title": commit.title,
        "message": message,
        "authors": [author],
        "date": commit.date,
    }


def account_json(account: Account) -> Json:
    return {"_id": f"{account.id:024x}", "user": account.name, "fullname": account.fullname, "avatarUrl": ""}


def access_request_json(request: access_requests.AccessRequest, repo: Repo) -> Json:
    return {
        "requestId": f"{repo.id:012x}{request.account.id:012x}",
        "user": account_json(request.account) | {"email": None},
        "status": request.status,
        "timestamp": request.asked,
    }


def _sibling(blob: Blob) -> Json:
    small: Json = {"size": blob.size, "blobId": blob.oid}
    if blob.sha256 is None:
        return small
    return small | {"lfs": {"sha256": blob.sha256, "size": blob.size, "pointerSize": pointer_size(blob)}}


def _listed(view: RepoView, name: str) -> list[str] | None:
    value = view.about.get("card", {}).get(name)
    return [value] if isinstance(value, str) else value or None
