"""Large files: where to send them, the sending, and the proof that they arrived (git's LFS protocol)."""

import hashlib
import hmac
import re
import time
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .. import permissions
from ..blobs import CHUNK, Reception
from ..problems import BadRequest, Forbidden, Lacking, NotFound, TooLarge
from ..repositories import Repo, RepoType
from ..store import Store
from . import answers
from .call import Call, reading, writing
from .fields import Fields
from .rendering import Json

LIMIT = 50 * 2**30  # bytes of one file
LINK_LIFETIME_S = 3600
_SHA256 = re.compile(r"[0-9a-f]{64}")


def batch(call: Call) -> Response:
    """Say for each object whether it is here, or where to send it."""
    permissions.check_read(call.db, call.caller, call.repo)
    permissions.check_signed_in(call.caller, writing=True)
    if call.fields.text("operation", "upload") != "upload":
        raise Lacking(
            "The practice Hub takes large files in this way; download them from their resolve address."
        )
    objects = [_object(call, one) for one in call.fields.objects("objects")]
    return JSONResponse({"transfer": "basic", "objects": objects}, media_type="application/vnd.git-lfs+json")


def verify(call: Call) -> Response:
    permissions.check_signed_in(call.caller)
    oid, size = call.fields.text("oid"), call.fields.integer("size")
    if size is None or _known(call, call.repo, oid) != size:
        raise NotFound("No file with this SHA-256 and size has been uploaded here.")
    return answers.done()


async def receive(request: Request) -> Response:
    """Take a file whose address was signed by `batch`, so that it needs no token."""
    store: Store = request.app.state.store
    repo_id, sha256, size = _check_signature(store, request)
    with store.blobs.receiving() as reception:
        received = await _save(request, reception, size)
        if received != sha256:
            raise BadRequest(f"The content's SHA-256 is {received}, not {sha256}: send the file again.")
        await run_in_threadpool(_keep, store, reception, repo_id, sha256, size)
    return answers.done()


def duplicate(call: Call) -> Response:
    """Let another repository have large files of this one without sending them again."""
    permissions.check_read(call.db, call.caller, call.repo)
    target = _target(call)
    permissions.check_write(call.db, call.caller, target)
    failed = []
    for file in call.fields.objects("files"):
        sha256 = file.text("sha256")
        size = _known(call, call.repo, sha256)
        if size is None:
            failed.append({"sha256": sha256, "error": "There is no such file in the source repository."})
        else:
            call.db.execute("INSERT OR IGNORE INTO large_files VALUES (?, ?, ?)", (target.id, sha256, size))
    return JSONResponse({"failed": failed})


def _target(call: Call) -> Repo:
    target = call.fields.object("target")
    kind = target.text("type", "model")
    if kind not in ("model", "dataset", "space"):
        raise BadRequest(f"A repository is a model, a dataset or a space, not a {kind!r}.")
    repo_type: RepoType = kind  # type: ignore[assignment]
    return permissions.visible_repo(call.db, call.caller, repo_type, target.text("name"))


def _object(call: Call, one: Fields) -> Json:
    oid, size = one.text("oid"), one.integer("size")
    if not _SHA256.fullmatch(oid) or size is None or size < 0:
        raise BadRequest("Each object needs an 'oid' (a SHA-256 in small hexadecimal digits) and a 'size'.")
    described: Json = {"oid": oid, "size": size}
    if size > LIMIT:
        message = f"The practice Hub takes files of {LIMIT // 2**30} GB at most."
        return described | {"error": {"code": 422, "message": message}}
    if _known(call, call.repo, oid) == size and call.store.blobs.has(oid):
        return described
    verify_href = f"{call.base_url}{call.request.scope['path'].removesuffix('objects/batch')}verify"
    upload = {"href": f"{call.base_url}{upload_path(call.store, call.repo.id, oid, size)}"}
    return described | {"actions": {"upload": upload, "verify": {"href": verify_href}}}


def _known(call: Call, repo: Repo, sha256: str) -> int | None:
    query = "SELECT size FROM large_files WHERE repo = ? AND sha256 = ?"
    row = call.db.execute(query, (repo.id, sha256)).fetchone()
    return row["size"] if row else None


def upload_path(
    store: Store, repo_id: int, sha256: str, size: int, *, lifetime_s: float = LINK_LIFETIME_S
) -> str:
    """An address that takes this one file, for this repository, until it expires."""
    expires = int(time.time() + lifetime_s)
    signature = _sign(store, repo_id, sha256, size, expires)
    query = {"repo": repo_id, "size": size, "expires": expires, "signature": signature}
    return f"/api/uploads/{sha256}?{urlencode(query)}"


def _check_signature(store: Store, request: Request) -> tuple[int, str, int]:
    sha256, query = request.path_params["sha256"], request.query_params
    numbers = [query.get(name, "") for name in ("repo", "size", "expires")]
    if not all(re.fullmatch(r"[0-9]{1,15}", number, re.ASCII) for number in numbers):
        raise Forbidden("This upload link is not one of the practice Hub's")
    repo_id, size, expires = map(int, numbers)
    expected = _sign(store, repo_id, sha256, size, expires)
    if not hmac.compare_digest(query.get("signature", "").encode(), expected.encode()):
        raise Forbidden("This upload link is not one of the practice Hub's")
    if expires < time.time():
        raise Forbidden("This upload link has expired: start the upload again")
    return repo_id, sha256, size


def _sign(store: Store, repo_id: int, sha256: str, size: int, expires: int) -> str:
    message = f"{repo_id} {sha256} {size} {expires}".encode()
    return hmac.new(store.secret, message, hashlib.sha256).hexdigest()


async def _save(request: Request, reception: Reception, size: int) -> str:
    """Write the body to disk piece by piece and return its SHA-256."""
    digest, received, waiting = hashlib.sha256(), 0, bytearray()

    def flush() -> None:
        digest.update(waiting)
        reception.file.write(waiting)
        waiting.clear()

    async for piece in request.stream():
        received += len(piece)
        if received > size:
            raise TooLarge(f"The file is longer than the {size:,} bytes that were announced.")
        waiting += piece
        if len(waiting) >= CHUNK:
            await run_in_threadpool(flush)
    await run_in_threadpool(flush)
    if received != size:
        raise BadRequest(f"The file has {received:,} bytes, {size:,} were announced: send it again.")
    return digest.hexdigest()


def _keep(store: Store, reception: Reception, repo_id: int, sha256: str, size: int) -> None:
    reception.keep(sha256)
    with store.database.writing() as db:
        if db.execute("SELECT 1 FROM repos WHERE id = ?", (repo_id,)).fetchone() is None:
            raise NotFound("The repository that this file was for is gone.")
        db.execute("INSERT OR IGNORE INTO large_files VALUES (?, ?, ?)", (repo_id, sha256, size))


_LFS = "/{kind:prefix}{repo:repo}.git/info/lfs"
routes = [
    Route("/api/uploads/{sha256:segment}", receive, methods=["PUT"]),
    Route("/api/{kind:kind}/{repo:repo}/lfs-files/duplicate", writing(duplicate), methods=["POST"]),
    Route(_LFS + "/objects/batch", reading(batch), methods=["POST"]),
    Route(_LFS + "/verify", reading(verify), methods=["POST"]),
]
