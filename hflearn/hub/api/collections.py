"""Requests about collections."""

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .. import accounts, collections, permissions
from ..collections import Collection, CollectionItem
from ..problems import Forbidden, Lacking, NotFound, RepoNotFound
from ..repositories import RepoType
from . import answers
from .call import Call, reading, writing
from .fields import Fields
from .pages_of import offset, page
from .rendering import Json

_PAGE = 100
_PREVIEW = 4  # items shown of each collection in a list
_REPO_TYPES: dict[str, RepoType] = {"model": "model", "dataset": "dataset", "space": "space"}


def listed(call: Call) -> Response:
    if call.query("item"):
        raise Lacking("The practice Hub cannot look for the collections that hold an item.")
    limit = min(max(call.query_integer("limit", _PAGE), 1), _PAGE)
    names = permissions.namespaces(call.db, call.caller)
    found = collections.find(call.db, owners=call.query_list("owner"), namespaces=names)
    found = found[offset(call) : offset(call) + limit + 1]
    return page(call, [_collection_json(call, one, preview=True) for one in found], limit)


def create(call: Call) -> Response:
    caller = permissions.check_signed_in(call.caller, writing=True)
    owner = permissions.check_namespace(call.db, call.caller, call.fields.text("namespace", caller.name))
    title, description = call.fields.text("title"), call.fields.text("description", "")
    created = collections.create(call.db, owner, title, description, private=call.fields.flag("private"))
    if "item" in call.fields.values:
        _add(call, created)
    return JSONResponse(_collection_json(call, created))


def details(call: Call) -> Response:
    return JSONResponse(_collection_json(call, _visible(call)))


def update(call: Call) -> Response:
    old, new = _own(call), call.fields
    changed = collections.update(
        call.db,
        old,
        title=new.text("title", old.title),
        description=new.text("description", old.description),
        private=new.flag("private", old.private),
        theme=new.text("theme", old.theme),
    )
    return JSONResponse({"success": True, "data": _collection_json(call, changed)})


def delete(call: Call) -> Response:
    collections.delete(call.db, _own(call))
    return answers.done()


def add_item(call: Call) -> Response:
    collection = _own(call)
    _add(call, collection)
    return JSONResponse(_collection_json(call, collections.get(call.db, collection.slug)))


def update_item(call: Call) -> Response:
    note, position = call.fields.maybe_text("note"), call.fields.integer("position")
    collections.update_item(call.db, _own(call), call.path("item"), note=note, position=position)
    return answers.done()


def delete_item(call: Call) -> Response:
    collections.delete_item(call.db, _own(call), call.path("item"))
    return answers.done()


def _add(call: Call, collection: Collection) -> None:
    item: Fields = call.fields.object("item")
    kind = item.text("type")
    if kind not in _REPO_TYPES:
        raise Lacking(f"A collection of the practice Hub holds models, datasets and Spaces, not a {kind!r}.")
    repo = permissions.visible_repo(call.db, call.caller, _REPO_TYPES[kind], item.text("id"))
    collections.add_item(call.db, collection, repo.type, repo.name, call.fields.text("note", ""))


def _visible(call: Call) -> Collection:
    found = collections.get(call.db, f"{call.path('namespace')}/{call.path('slug')}")
    if found.private and found.owner.id not in permissions.namespaces(call.db, call.caller):
        raise NotFound(f"There is no collection {call.path('slug')!r}.")
    return found


def _own(call: Call) -> Collection:
    found = _visible(call)
    account = permissions.check_signed_in(call.caller, writing=True)
    if not accounts.may_act_for(call.db, account, found.owner.id):
        raise Forbidden(f"The collection belongs to {found.owner.name}")
    return found


def _collection_json(call: Call, collection: Collection, *, preview: bool = False) -> Json:
    items = [shown for item in collections.items(call.db, collection) if (shown := _item_json(call, item))]
    return {
        "slug": collection.slug,
        "title": collection.title,
        "description": collection.description,
        "owner": collection.owner.name,
        "items": items[:_PREVIEW] if preview else items,
        "lastUpdated": collection.modified,
        "private": collection.private,
        "theme": collection.theme,
        "upvotes": 0,
    } | ({} if preview else {"position": 0})


def _item_json(call: Call, item: CollectionItem) -> Json | None:
    """The item, or None where it is a repository that the caller may not know of."""
    try:
        repo = permissions.visible_repo(call.db, call.caller, _REPO_TYPES[item.item_type], item.item_id)
    except RepoNotFound:
        return None
    shown: Json = {"_id": item.id, "id": repo.name, "type": item.item_type, "position": item.position}
    return shown | ({"note": {"text": item.note, "html": ""}} if item.note else {})


_ONE = "/api/collections/{namespace:segment}/{slug:segment}"
routes = [
    Route("/api/collections", reading(listed)),
    Route("/api/collections", writing(create), methods=["POST"]),
    Route(_ONE, reading(details)),
    Route(_ONE, writing(update), methods=["PATCH"]),
    Route(_ONE, writing(delete), methods=["DELETE"]),
    Route(_ONE + "/items", writing(add_item), methods=["POST"]),
    Route(_ONE + "/items/{item:segment}", writing(update_item), methods=["PATCH"]),
    Route(_ONE + "/items/{item:segment}", writing(delete_item), methods=["DELETE"]),
]
