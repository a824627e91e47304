"""Requests that make, delete, move and set up repositories."""

from typing import Any, cast

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .. import accounts, permissions, refs, repositories
from ..clock import timestamp
from ..names import REPO_TYPES
from ..problems import BadRequest, Conflict, Lacking
from ..push import MAIN, Changes, push
from ..repositories import Repo, RepoType
from ..store import Store
from . import answers, spaces
from .call import Call, reading, writing
from .fields import Fields


def create(call: Call) -> Response:
    caller = permissions.check_signed_in(call.caller, writing=True)
    repo_type, name = _named(call.fields, caller.name)
    namespace = name.split("/")[0]
    permissions.check_namespace(call.db, call.caller, namespace)
    _refuse_lacking(call.fields)
    try:
        repo = repositories.create(
            call.db, repo_type, name, private=_private(call.fields) or False, sdk=_sdk(call.fields, repo_type)
        )
    except Conflict as conflict:
        conflict.extra["url"] = url_of(call, repositories.get(call.db, repo_type, name))
        raise
    push(call.db, call.store.blobs, repo, MAIN, _first_commit(call.store, repo, caller.name))
    if repo.type == "space":
        spaces.set_up(call, repo)
    return JSONResponse({"url": url_of(call, repo), "name": repo.name, "id": f"{repo.id:024x}"})


def delete(call: Call) -> Response:
    caller = permissions.check_signed_in(call.caller, writing=True)
    repo_type, name = _named(call.fields, caller.name)
    repo = permissions.visible_repo(call.db, call.caller, repo_type, name)
    permissions.check_write(call.db, call.caller, repo)
    repositories.delete(call.db, repo)
    return answers.done()


def move(call: Call) -> Response:
    repo = permissions.visible_repo(call.db, call.caller, _type(call.fields), call.fields.text("fromRepo"))
    permissions.check_write(call.db, call.caller, repo)
    new_id = call.fields.text("toRepo")
    permissions.check_namespace(call.db, call.caller, new_id.split("/")[0])
    repositories.move(call.db, repo, new_id)
    return answers.done()


def duplicate(call: Call) -> Response:
    permissions.check_read(call.db, call.caller, call.repo)
    new_id = call.fields.text("repository")
    owner = permissions.check_namespace(call.db, call.caller, new_id.split("/")[0])
    _refuse_lacking(call.fields)
    private = _private(call.fields)
    private = call.repo.private if private is None else private
    try:
        copy = repositories.create(call.db, call.repo.type, new_id, private=private, sdk=call.repo.sdk)
    except Conflict as conflict:
        conflict.extra["url"] = url_of(call, repositories.get(call.db, call.repo.type, new_id))
        raise
    _copy_content(call, copy, owner.name)
    if copy.type == "space":
        spaces.set_up(call, copy)
    return JSONResponse({"url": url_of(call, copy)})


def settings(call: Call) -> Response:
    permissions.check_write(call.db, call.caller, call.repo)
    if (private := _private(call.fields)) is not None:
        repositories.set_visibility(call.db, call.repo, private)
    if "gated" in call.fields.values:
        gated: Any = call.fields.values["gated"]
        repositories.set_gate(call.db, call.repo, gated if gated is not False else None)
    changed = repositories.get(call.db, call.repo.type, call.repo.name)
    return JSONResponse({"private": changed.private, "gated": changed.gated or False})


def auth_check(call: Call) -> Response:
    permissions.check_read(call.db, call.caller, call.repo)
    return answers.done()


def write_check(call: Call) -> Response:
    permissions.check_write(call.db, call.caller, call.repo)
    return answers.done()


def url_of(call: Call, repo: Repo) -> str:
    """The address of the repository's page."""
    return f"{call.base_url}/{repo.url_path}"


def _named(fields: Fields, default_namespace: str) -> tuple[RepoType, str]:
    namespace = fields.maybe_text("organization") or default_namespace
    return _type(fields), f"{namespace}/{fields.text('name')}"


def _type(fields: Fields) -> RepoType:
    repo_type = fields.text("type", "model")
    if repo_type == "kernel":
        raise Lacking("The practice Hub has models, datasets and Spaces; it has no kernels.")
    if repo_type not in REPO_TYPES:
        raise BadRequest(f"A repository is a model, a dataset or a space, not a {repo_type!r}.")
    return cast(RepoType, repo_type)


def _private(fields: Fields) -> bool | None:
    """Whether a repository is to be private; None if the request does not say."""
    visibility = fields.maybe_text("visibility")
    if visibility is None:
        return fields.flag("private") if "private" in fields.values else None
    if visibility not in ("public", "private"):
        raise Lacking(f"The practice Hub has public and private repositories; it has no {visibility!r} ones.")
    return visibility == "private"


def _sdk(fields: Fields, repo_type: RepoType) -> str | None:
    sdk = fields.maybe_text("sdk")
    if repo_type == "space" and sdk not in ("gradio", "streamlit", "docker", "static"):
        raise BadRequest("A Space needs an 'sdk': gradio, streamlit, docker or static.")
    return sdk if repo_type == "space" else None


def _refuse_lacking(fields: Fields) -> None:
    asked = [name for name in ("template", "volumes", "resourceGroupId") if fields.values.get(name)]
    if asked:
        raise Lacking(f"The practice Hub cannot give a repository {', '.join(asked)}: leave it out.")


def _first_commit(store: Store, repo: Repo, author: str) -> Changes:
    changes = store.first_commit(author)
    if repo.type == "space":
        card = f"---\ntitle: {repo.name.split('/')[1]}\nsdk: {repo.sdk}\n---\n".encode()
        changes.files["README.md"] = store.blobs.add(card, large=False)
    return changes


def _copy_content(call: Call, copy: Repo, author: str) -> None:
    """Give a new repository the files of main, as one commit."""
    from .. import trees

    files = trees.files(call.db, refs.resolve(call.db, call.repo, "main").tree)
    changes = Changes(f"Duplicate from {call.repo.name}", author, timestamp(), files)
    push(call.db, call.store.blobs, copy, MAIN, changes)
    sizes = [(copy.id, blob.sha256, blob.size) for blob in files.values() if blob.sha256]
    call.db.executemany("INSERT OR IGNORE INTO large_files VALUES (?, ?, ?)", sizes)


def organisations_repos(call: Call) -> Response:
    """What the caller, or one of their organisations, keeps on the Hub, and how much room it takes."""
    account = permissions.check_signed_in(call.caller)
    name = call.request.path_params.get("name")
    owner = permissions.check_namespace(call.db, call.caller, name) if name else account
    owner = accounts.get(call.db, owner.id)
    rows = call.db.execute("SELECT * FROM repos WHERE owner = ? ORDER BY name", (owner.id,)).fetchall()
    found = [repositories.from_row(row) for row in rows]
    total = sum(repo.about.get("storage", 0) for repo in found) or 1
    return JSONResponse([_storage(repo, total) for repo in found])


def _storage(repo: Repo, total: int) -> dict[str, object]:
    storage = repo.about.get("storage", 0)
    visibility = "private" if repo.private else "public"
    common = {"id": repo.name, "type": repo.type, "updatedAt": repo.modified, "visibility": visibility}
    return common | {"storage": storage, "storagePercent": storage / total}


routes = [
    Route("/api/repos/create", writing(create), methods=["POST"]),
    Route("/api/repos/delete", writing(delete), methods=["DELETE"]),
    Route("/api/repos/move", writing(move), methods=["POST"]),
    Route("/api/settings/repositories", reading(organisations_repos)),
    Route("/api/organizations/{name:segment}/settings/repositories", reading(organisations_repos)),
    Route("/api/{kind:kind}/{repo:repo}/duplicate", writing(duplicate), methods=["POST"]),
    Route("/api/{kind:kind}/{repo:repo}/settings", writing(settings), methods=["PUT"]),
    Route("/api/{kind:kind}/{repo:repo}/auth-check", reading(auth_check)),
    Route("/api/{kind:kind}/{repo:repo}/auth-check/write", reading(write_check)),
]
