"""The part of a Space's page that shows the app, how it is doing, and its logs."""

from dataclasses import dataclass

from starlette.responses import Response

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
    return App(status, _as_the_page(visit, space.front.host), space.build_log, lines)


def _as_the_page(visit: Visit, host: str) -> str:
    """The app's address under the page's own name for this machine: what its sign-in is good for."""
    return host.replace("127.0.0.1", "localhost") if visit.request.url.hostname == "localhost" else host


def restart(visit: Visit) -> Response:
    """Also what ends a pause; the page that comes next starts it."""
    repo = visit.own_repo()
    settings.pause(visit.db, repo, False)
    visit.runner.restart(repo)
    return visit.go(f"/{repo.url_path}")


def pause(visit: Visit) -> Response:
    repo = visit.own_repo()
    settings.pause(visit.db, repo, True)
    visit.runner.visit(visit.db, repo)
    return visit.go(f"/{repo.url_path}")
