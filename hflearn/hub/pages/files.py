"""Folders and files of a revision."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from starlette.responses import Response

from .. import browse, permissions
from ..api.call import Call
from ..api.resolve import resolve
from ..blobs import Blob
from ..browse import Item
from ..trees import Folder
from . import revisions
from .card import address, frame
from .revisions import Place
from .visit import Visit
from .wording import path, segment

_TEXT_LIMIT = 500_000  # bytes
_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp"}  # not .svg: it is shown as the text it is


@dataclass(frozen=True)
class Crumb:
    name: str
    path: str


def tree(visit: Visit) -> Response:
    repo = visit.repo()
    place = revisions.place(visit, repo)
    items = browse.with_last_commits(
        visit.db, repo, place.commit, browse.folder(visit.db, repo, place.commit, place.path)
    )
    return visit.page(
        "tree.html",
        **frame(visit, repo),
        place=place,
        crumbs=_crumbs(place),
        choices=revisions.choices(visit, repo, place.revision),
        folders=[item for item in items if isinstance(item.entry, Folder)],
        files=[item for item in items if isinstance(item.entry, Blob)],
        total=sum(item.entry.size for item in items if isinstance(item.entry, Blob)),
    )


def choose(visit: Visit) -> Response:
    """The branch chooser is a plain form: its answer is the folder at that revision."""
    repo = visit.repo()
    return visit.go(f"/{repo.url_path}/tree/{segment(visit.query.get('revision') or 'main')}")


def blob(visit: Visit) -> Response:
    repo = visit.repo()
    permissions.check_read(visit.db, visit.caller, repo)
    place = revisions.place(visit, repo)
    item = Item(place.path, browse.file(visit.db, repo, place.commit, place.path))
    [item] = browse.with_last_commits(visit.db, repo, place.commit, [item])
    assert isinstance(item.entry, Blob)
    return visit.page(
        "blob.html",
        **frame(visit, repo),
        place=place,
        crumbs=_crumbs(place),
        choices=[],
        address=f"{address(repo)}/{segment(place.revision)}/{path(place.path)}",
        item=item,
        blob=item.entry,
        picture=PurePosixPath(place.path).suffix.lower() in _PICTURES,
        text=_text(visit, item.entry),
    )


def raw(visit: Visit) -> Response:
    """What `resolve` gives to a token, for whoever is signed in: a browser sends no token."""
    call = Call(visit.request, b"", visit.store, visit.db)
    call.caller = visit.caller
    return resolve(call)


def _text(visit: Visit, blob: Blob) -> str | None:
    """The file's text, or None if it has none that one would read."""
    if blob.sha256 or blob.size > _TEXT_LIMIT:
        return None
    try:
        text = visit.store.blobs.path(blob.etag).read_bytes().decode()
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _crumbs(place: Place) -> list[Crumb]:
    names = place.path.split("/") if place.path else []
    return [Crumb(name, "/".join(names[: depth + 1])) for depth, name in enumerate(names)]
