"""Requests that prepare and make commits."""

import base64
import binascii
from collections.abc import Iterator

import pathspec
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .. import about, discussions, large_files, permissions, pull_requests, refs, trees
from ..accounts import Account
from ..blobs import Blob, large_blob
from ..clock import timestamp
from ..names import check_path
from ..problems import BadRequest, TooLarge
from ..push import Changes, push
from .call import Call, preparing, reading
from .fields import Fields
from .rendering import Json
from .repos import url_of

COMMIT_LIMIT = 512 * 2**20  # bytes of one commit's request: its small files, in base64


def preupload(call: Call) -> Response:
    """For each file: is it a large one, is it to be left out, and what is there now?"""
    _check_may_propose(call)
    tree = call.commit.tree
    ignore = call.fields.maybe_text("gitIgnore")
    if ignore is None:
        ignored_by = trees.lookup(call.db, tree, ".gitignore")
        ignore = about.read_text(call.store.blobs, ignored_by if isinstance(ignored_by, Blob) else None)
    matches = _ignores(ignore)
    return JSONResponse(
        {"files": [_upload_mode(call, tree, file, matches) for file in call.fields.objects("files")]}
    )


def read(call: Call) -> Changes:
    """Read a commit out of lines of JSON (a header, then what to do) and keep the contents of its files."""
    lines = list(_lines(call.body))
    if not lines or lines[0][0] != "header":
        raise BadRequest("The first line of a commit should have the key 'header'.")
    header = lines[0][1]
    changes = Changes(header.text("summary"), _check_may_propose(call).name, timestamp())
    changes.description = header.text("description", "")
    changes.parent = header.maybe_text("parentCommit")
    for key, value in lines[1:]:
        _add(call, changes, key, value)
    return changes


def commit(call: Call, changes: Changes) -> Response:
    account = _check_may_propose(call)
    return _propose(call, account, changes) if call.query_flag("create_pr") else _push(call, account, changes)


def _push(call: Call, account: Account, changes: Changes) -> Response:
    ref = refs.branch_to_write(call.db, call.repo, call.path("rev"))
    request = _pull_request(call, ref)
    if request and request.status in ("closed", "merged"):
        raise BadRequest(f"Pull request {request.num} is {request.status}: open a new one.")
    before = refs.target(call.db, call.repo, ref)
    oid = push(call.db, call.store.blobs, call.repo, ref, changes)
    if request and oid != before:
        pull_requests.note_commit(call.db, call.repo, request.num, account, oid)
    return JSONResponse(_answer(call, oid))


def _propose(call: Call, account: Account, changes: Changes) -> Response:
    text = changes.description or "This pull request was opened by a commit."
    title = changes.title if len(changes.title) >= 3 else f"Commit: {changes.title}"
    request = pull_requests.create(
        call.db, call.repo, account, title[:200], text, status="open", base=call.path("rev")
    )
    oid = push(call.db, call.store.blobs, call.repo, request.ref, changes)
    pull_requests.note_commit(call.db, call.repo, request.num, account, oid)
    url = f"{url_of(call, call.repo)}/discussions/{request.num}"
    return JSONResponse(_answer(call, oid) | {"pullRequestUrl": url})


def _answer(call: Call, oid: str) -> Json:
    return {
        "success": True,
        "commitOid": oid,
        "commitUrl": f"{url_of(call, call.repo)}/commit/{oid}",
        "hookOutput": "",
    }


def _check_may_propose(call: Call) -> Account:
    """The account to act as: any reader may open a pull request and add to it, the owner may do the rest."""
    permissions.check_read(call.db, call.caller, call.repo)
    account = permissions.check_signed_in(call.caller, writing=True)
    if call.query_flag("create_pr"):
        return account
    request = _pull_request(call, call.path("rev"))
    if request is None or request.author != account:
        permissions.check_write(call.db, call.caller, call.repo)
    return account


def _pull_request(call: Call, ref: str) -> discussions.Discussion | None:
    number = ref.removeprefix("refs/pr/")
    if number == ref or not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    return discussions.get(call.db, call.repo, int(number))


def _lines(body: bytes) -> Iterator[tuple[str, Fields]]:
    for line in body.split(b"\n"):
        if line.strip():
            fields = Fields.parse(line)
            yield fields.text("key"), fields.object("value")


def _add(call: Call, changes: Changes, key: str, value: Fields) -> None:
    path = value.text("path", "")
    if key == "file":
        changes.files[check_path(path)] = call.store.blobs.add(_content(path, value), large=False)
    elif key == "lfsFile":
        changes.files[check_path(path)] = _uploaded(call, path, value)
    elif key in ("deletedFile", "deletedFolder"):
        changes.deletions.append(path)
    else:
        raise BadRequest(f"A commit cannot have a line with the key {key!r}.")


def _content(path: str, value: Fields) -> bytes:
    text = value.text("content", "")
    encoding = value.text("encoding", "utf-8")
    try:
        content = base64.b64decode(text, validate=True) if encoding == "base64" else text.encode(encoding)
    except (binascii.Error, LookupError, ValueError) as error:
        raise BadRequest(f"The content of {path!r} is not valid {encoding}.") from error
    if len(content) > large_files.INLINE_LIMIT:
        raise TooLarge(f"{path!r} is larger than 10 MB: upload it as a large file.")
    return content


def _uploaded(call: Call, path: str, value: Fields) -> Blob:
    sha256 = value.text("oid")
    query = "SELECT size FROM large_files WHERE repo = ? AND sha256 = ?"
    row = call.db.execute(query, (call.repo.id, sha256)).fetchone()
    if value.text("algo", "sha256") != "sha256" or row is None:
        raise BadRequest(f"The content of {path!r} ({sha256[:64]}) has not been uploaded to this repository.")
    size = value.integer("size")
    if size is not None and size != row["size"]:
        raise BadRequest(f"{path!r} has {row['size']:,} bytes, not {size:,}.")
    return large_blob(sha256, row["size"])


def _ignores(gitignore: str) -> "pathspec.PathSpec":
    try:
        return pathspec.PathSpec.from_lines("gitignore", gitignore.splitlines())
    except (ValueError, RecursionError) as error:
        raise BadRequest("The .gitignore file cannot be read.") from error


def _upload_mode(call: Call, tree: str, file: Fields, ignores: "pathspec.PathSpec") -> Json:
    path = check_path(file.text("path"))
    try:
        sample = base64.b64decode(file.text("sample", ""), validate=True)
    except ValueError as error:
        raise BadRequest(f"The sample of {path!r} is not valid base64.") from error
    large = large_files.is_large(path, file.integer("size") or 0, sample)
    there = trees.lookup(call.db, tree, path)
    mode: Json = {
        "path": path,
        "uploadMode": "lfs" if large else "regular",
        "shouldIgnore": ignores.match_file(path),
    }
    if isinstance(there, Blob):
        mode["oid"] = there.etag
    return mode


_REPO = "/api/{kind:kind}/{repo:repo}"
routes = [
    Route(_REPO + "/preupload/{rev:rev}", reading(preupload), methods=["POST"]),
    Route(_REPO + "/commit/{rev:rev}", preparing(read, commit, limit=COMMIT_LIMIT), methods=["POST"]),
]
