"""The part of a Space's page that shows the app, how it is doing, and its logs."""

from dataclasses import dataclass

from starlette.responses import Response

from .. import permissions
from ..repositories import Repo
from ..spaces import log, settings
from ..spaces.status import Status
from .visit import Visit

_LINES = 200


@dataclass(frozen=True)
class App:
    """What the page says of a Space; the logs are for its owner."""

    status: Status
    host: str
    build_log: str
    run_log: str


def app(visit: Visit, repo: Repo) -> App:
    """Start or wake the Space, as whoever opens its page wants to see it, and say how it is doing."""
    space = visit.runner.visit(visit.db, repo, wake=True)
    status, program = space.status, space.program
    lines = program.tidy(log.last_lines(program.log, _LINES)) if program else ""
    return App(status, space.front.host, space.build_log, lines)


def restart(visit: Visit) -> Response:
    """Also what ends a pause; the page that comes next starts it."""
    repo = _own(visit)
    settings.pause(visit.db, repo, False)
    visit.runner.restart(repo)
    return visit.go(f"/{repo.url_path}")


def pause(visit: Visit) -> Response:
    repo = _own(visit)
    settings.pause(visit.db, repo, True)
    visit.runner.visit(visit.db, repo)
    return visit.go(f"/{repo.url_path}")


def _own(visit: Visit) -> Repo:
    visit.signed_in()
    repo = visit.repo()
    permissions.check_write(visit.db, visit.caller, repo)
    return repo
