"""A repository's own page: its card, its facts, its gate, and the like button."""

from typing import Any

from starlette.responses import Response

from .. import about, access_requests, browse, likes, permissions, refs
from ..commits import Commit
from ..problems import BadRequest, EntryNotFound, Problem, RevisionNotFound
from ..repositories import Repo, RepoType
from . import facts, markdown, spaces
from .loading import loading
from .visit import Visit


def card(visit: Visit) -> Response:
    repo = visit.repo()
    readme = _readme(visit, repo)
    app = spaces.app(visit, repo) if repo.type == "space" and visit.may_read(repo) else None
    return visit.page(
        "card.html",
        framed=app.host if app else "",
        app=app,
        **frame(visit, repo),
        card=_rendered(repo, readme),
        cut=len(readme) > markdown.LIMIT,
        facts=facts.facts(repo, lambda repo_type, name: _exists(visit, repo_type, name)),
        tags=facts.tags(repo),
        code=loading(repo),
        gate=_gate(visit, repo),
    )


def frame(visit: Visit, repo: Repo) -> dict[str, Any]:
    """What the head of every page of a repository shows."""
    viewer = visit.viewer
    liked = viewer is not None and viewer in likes.likers(visit.db, repo)
    return {"repo": repo, "liked": liked, "owns": visit.owns(repo)}


def address(repo: Repo) -> str:
    """Where a browser gets the repository's files from: `namespace/name/resolve`…"""
    return f"/{repo.url_path}/{'raw' if repo.private or repo.gated else 'resolve'}"


def like(visit: Visit) -> Response:
    """Like, or take the like back."""
    account, repo = visit.signed_in(), visit.repo()
    change = likes.unlike if visit.form.get("liked") else likes.like
    change(visit.db, repo, account)
    return visit.go(f"/{repo.url_path}")


def ask_for_access(visit: Visit) -> Response:
    account, repo = visit.signed_in(), visit.repo()
    if repo.gated is None:
        raise BadRequest(f"{repo.name} is not gated any more: you may open its files.")
    access_requests.ask(visit.db, repo, account)
    return visit.go(f"/{repo.url_path}")


def _gate(visit: Visit, repo: Repo) -> str:
    """open (also where there is none), sign-in, ask, pending or rejected."""
    if visit.may_read(repo):
        return "open"
    if visit.viewer is None:
        return "sign-in"
    return access_requests.status(visit.db, repo, visit.viewer) or "ask"


def _readme(visit: Visit, repo: Repo) -> str:
    try:
        main: Commit = refs.resolve(visit.db, repo, "main")
        blob = browse.file(visit.db, repo, main, "README.md")
    except (RevisionNotFound, EntryNotFound):
        return ""
    return about.read_text(visit.store.blobs, blob)


def _rendered(repo: Repo, readme: str) -> str:
    return markdown.render(readme, f"/{repo.url_path}/blob/main/", f"{address(repo)}/main/")


def _exists(visit: Visit, repo_type: RepoType, name: str) -> bool:
    try:
        permissions.visible_repo(visit.db, visit.caller, repo_type, name)
    except Problem:
        return False
    return True
