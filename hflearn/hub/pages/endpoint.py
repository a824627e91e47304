"""From a request to a page and back: the checks before it, and the transaction around it."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ..problems import Problem, SignInNeeded
from ..sessions import Sessions
from ..store import Store
from . import safety
from .rendering import problem_page, redirect, sign_in
from .visit import Visit

Page = Callable[[Visit], Response]


def endpoint(store: Store, page: Page) -> Callable[[Request], Awaitable[Response]]:
    """What Starlette calls for `page`. A GET runs in a reading transaction, a POST in a writing one."""
    sessions = Sessions(store.secret, store.id)

    async def answer(request: Request) -> Response:
        form: Mapping[str, str] = {}
        try:
            safety.check_host(request)
            if request.method == "POST":
                safety.check_same_origin(request)
                form = await safety.read_form(request)
        except Problem as problem:
            return problem_page(request, None, problem)
        return await run_in_threadpool(_answer, store, sessions, page, request, form)

    return answer


def _answer(
    store: Store, sessions: Sessions, page: Page, request: Request, form: Mapping[str, str]
) -> Response:
    transaction = store.database.writing if request.method == "POST" else store.database.reading
    viewer = None
    try:
        with transaction() as db:
            caller = sessions.caller(db, request.cookies)
            viewer = caller.account if caller else None
            return page(Visit(request, store, sessions, db, caller, form))
    except SignInNeeded:
        return redirect(sign_in(request))
    except Problem as problem:
        return problem_page(request, viewer, problem)
