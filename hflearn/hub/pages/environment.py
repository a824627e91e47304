"""What a Space's owner gives its program: variables and secrets, and how long it waits for visitors."""

import re

from starlette.responses import Response

from ..problems import BadRequest
from ..repositories import Repo
from ..spaces import settings
from .settings import page
from .visit import Visit

_SECONDS = re.compile(r"-?[0-9]{1,9}", re.ASCII)


def put(visit: Visit) -> Response:
    """Set a variable or a secret; the program starts anew when somebody next looks at it."""
    repo, form = visit.own_repo(), visit.form
    name, value, secret = form.get("name", "").strip(), form.get("value", ""), form.get("kind") == "secret"
    try:
        with visit.attempt():
            settings.put(visit.db, repo, name, value, secret=secret)
    except BadRequest as problem:
        return page(visit, repo, problem)
    return _back(visit, repo)


def remove(visit: Visit) -> Response:
    repo, form = visit.own_repo(), visit.form
    settings.remove(visit.db, repo, form.get("name", ""), secret=form.get("kind") == "secret")
    return _back(visit, repo)


def sleep(visit: Visit) -> Response:
    repo, seconds = visit.own_repo(), visit.form.get("seconds", "").strip()
    try:
        if not _SECONDS.fullmatch(seconds):
            raise BadRequest(f"{seconds!r} is not a whole number of seconds.")
        with visit.attempt():
            settings.set_sleep_time(visit.db, repo, int(seconds))
    except BadRequest as problem:
        return page(visit, repo, problem)
    return _back(visit, repo)


def _back(visit: Visit, repo: Repo) -> Response:
    return visit.go(f"/{repo.url_path}/settings")
