"""Files themselves: whole or in part, with the tags that let a client's cache know them again."""

import mimetypes
import sqlite3
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from .. import browse, permissions, repositories
from ..blobs import CHUNK, Blob
from ..problems import EntryNotFound
from ..repositories import Repo
from ..store import Store
from .call import Call, reading

# What tells the real Hub, too, that a repository is in use: a file that is fetched once for each load.
_COUNTED = {"config.json", "adapter_config.json", "model_index.json"}
_SHOWN = ("image/", "audio/", "video/", "text/plain", "application/json")


class Content(FileResponse):
    """A file in large pieces: in small ones, a server in the client's own process is half as fast."""

    chunk_size = CHUNK


def resolve(call: Call) -> Response:
    """The file at an address like `namespace/name/resolve/main/config.json`."""
    if call.repo.name.lower() != call.path("repo").lower():
        return _moved(call)
    permissions.check_read(call.db, call.caller, call.repo)
    try:
        blob = browse.file(call.db, call.repo, call.commit, call.path("path"))
    except EntryNotFound as missing:
        missing.headers["X-Repo-Commit"] = call.commit.oid
        raise
    path = call.store.blobs.path(blob.etag)
    return Content(
        path,
        stat_result=path.stat(),
        headers=_headers(call, blob),
        media_type=_media_type(call.path("path")),
        filename=call.path("path").rsplit("/", 1)[-1],
        content_disposition_type="inline",
        background=_counting(call),
    )


def _headers(call: Call, blob: Blob) -> dict[str, str]:
    headers = {
        "ETag": f'"{blob.etag}"',
        "X-Repo-Commit": call.commit.oid,
        "Cache-Control": "no-cache",
        # A file from a repository is a stranger's: no browser shall run it as a page of the Hub.
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
    }
    if blob.sha256:
        headers |= {"X-Linked-Etag": f'"{blob.sha256}"', "X-Linked-Size": str(blob.size)}
    return headers


def _media_type(path: str) -> str:
    guessed = mimetypes.guess_type(path)[0] or "text/plain"
    if guessed.startswith("text/"):
        return "text/plain; charset=utf-8"
    return guessed if guessed.startswith(_SHOWN) else "application/octet-stream"


def _moved(call: Call) -> Response:
    path = call.request.scope["path"]
    old = path[: path.rindex("/resolve/")] if "/resolve/" in path else path
    rest = path[len(old) :]
    query = call.request.url.query
    return RedirectResponse(quote(f"/{call.repo.url_path}{rest}", safe="/%") + f"?{query}" * bool(query), 307)


def _counting(call: Call) -> BackgroundTask | None:
    if call.path("path") not in _COUNTED:
        return None
    return BackgroundTask(_count, call.store, call.repo)


def _count(store: Store, repo: Repo) -> None:
    try:
        with store.database.writing() as db:
            repositories.count_download(db, repo)
    except sqlite3.OperationalError:
        pass  # a count is not worth an error


routes = [Route("/{kind:prefix}{repo:repo}/resolve/{rev:rev}/{path:rest}", reading(resolve))]
