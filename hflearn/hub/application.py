"""The application that answers a store's requests."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from .api import (
    access,
    answers,
    branches,
    cards,
    collections,
    commit,
    discussions,
    files,
    lacking,
    large_uploads,
    likes,
    lists,
    repos,
    resolve,
    spaces,
    whoami,
)
from .api.routing import RawPath
from .spaces import Runner
from .store import Store

_API: list[BaseRoute] = [
    *whoami.routes,
    *spaces.routes,
    *lists.lists,
    *repos.routes,
    *collections.routes,
    *files.routes,
    *branches.routes,
    *commit.routes,
    *large_uploads.routes,
    *discussions.routes,
    *access.routes,
    *likes.routes,
    *cards.routes,
    *resolve.routes,
    *lacking.routes,
    *lists.routes,
    *lacking.last,
]


def application(
    store: Store, pages: Sequence[BaseRoute] = (), url: str = "http://127.0.0.1:8760"
) -> Starlette:
    """The protocol over a store; `pages` are further routes, for people, tried after the protocol's own.

    `url` is where Spaces find this Hub; close `state.runner` to end those that run.
    Routes see addresses undecoded: take their pieces with the convertors of `api.routing`.
    """
    app = Starlette(
        routes=[*_API, *pages],
        middleware=[Middleware(answers.Headers), Middleware(RawPath)],
        exception_handlers=answers.HANDLERS,
    )
    app.router.redirect_slashes = False
    app.state.store = store
    app.state.runner = Runner(store, url)
    return app
