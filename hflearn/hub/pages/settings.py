"""What a repository's owner decides: who sees it, who may open its files."""

from starlette.responses import Response

from .. import access_requests, accounts, repositories
from ..problems import BadRequest, NotFound, Problem
from ..repositories import Gated, Repo
from ..spaces import settings as of_a_space
from .card import frame
from .visit import Visit

_GATES: dict[str, Gated | None] = {"none": None, "auto": "auto", "manual": "manual"}


def settings(visit: Visit) -> Response:
    return page(visit, visit.own_repo())


def page(visit: Visit, repo: Repo, problem: Problem | None = None) -> Response:
    """The page, which says what was wrong with a form that it sent, and shows the form as it was."""
    requests = {
        status: access_requests.listing(visit.db, repo, status) for status in access_requests.STATUSES
    }
    return visit.page(
        "settings.html",
        status=problem.status if problem else 200,
        **frame(visit, repo),
        requests=requests,
        variables=of_a_space.entries(visit.db, repo, secret=False),
        secrets=of_a_space.entries(visit.db, repo, secret=True),
        sleep_time=of_a_space.sleep_time(visit.db, repo),
        error=problem.sentence if problem else "",
        typed=visit.form,
    )


def change(visit: Visit) -> Response:
    """Set who sees the repository and who may open its files."""
    repo = visit.own_repo()
    visibility, gate = visit.form.get("visibility"), visit.form.get("gate")
    if visibility not in ("public", "private") or gate not in _GATES:
        raise BadRequest("Choose who sees the repository and who may open its files.")
    repositories.set_visibility(visit.db, repo, visibility == "private")
    repositories.set_gate(visit.db, repo, _GATES[gate])
    return visit.go(f"/{repo.url_path}/settings")


def answer(visit: Visit) -> Response:
    """Accept or reject a request for access."""
    repo, name = visit.own_repo(), visit.form.get("account", "")
    account = accounts.find(visit.db, name)
    if account is None:
        raise NotFound(f"There is no account called {name!r}.")
    access_requests.answer(visit.db, repo, account, visit.form.get("answer", ""))
    return visit.go(f"/{repo.url_path}/settings")
