"""Long answers in pages: the Link header that leads to the next."""

from collections.abc import Sequence

from starlette.datastructures import URL
from starlette.responses import JSONResponse

from ..problems import BadRequest
from .call import Call
from .rendering import Json

_FARTHEST = 10**9


def offset(call: Call) -> int:
    """Where the page starts that the address asks for."""
    cursor = call.query("cursor") or "0"
    if not (cursor.isascii() and cursor.isdigit() and len(cursor) <= 9):
        raise BadRequest(f"There is no page at cursor {cursor!r}.")
    return min(int(cursor), _FARTHEST)


def page(call: Call, items: Sequence[Json], limit: int) -> JSONResponse:
    """Answer with `limit` items at most. One more among `items` says that there is a next page."""
    headers = {}
    if len(items) > limit:
        following = URL(scope=call.request.scope).include_query_params(cursor=offset(call) + limit)
        address = f"{call.base_url}{call.request.scope['path']}?{following.query}"
        headers["Link"] = f'<{address}>; rel="next"'
    return JSONResponse(list(items[:limit]), headers=headers)
