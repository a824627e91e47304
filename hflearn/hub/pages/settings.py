"""What a repository's owner decides: who sees it, who may open its files."""

from starlette.responses import Response

from .. import access_requests, accounts, permissions, repositories
from ..problems import BadRequest, NotFound
from ..repositories import Gated, Repo
from .card import frame
from .visit import Visit

_GATES: dict[str, Gated | None] = {"none": None, "auto": "auto", "manual": "manual"}


def settings(visit: Visit) -> Response:
    repo = _own(visit)
    requests = {
        status: access_requests.listing(visit.db, repo, status) for status in access_requests.STATUSES
    }
    return visit.page("settings.html", **frame(visit, repo), requests=requests)


def change(visit: Visit) -> Response:
    """Set who sees the repository and who may open its files."""
    repo = _own(visit)
    visibility, gate = visit.form.get("visibility"), visit.form.get("gate")
    if visibility not in ("public", "private") or gate not in _GATES:
        raise BadRequest("Choose who sees the repository and who may open its files.")
    repositories.set_visibility(visit.db, repo, visibility == "private")
    repositories.set_gate(visit.db, repo, _GATES[gate])
    return visit.go(f"/{repo.url_path}/settings")


def answer(visit: Visit) -> Response:
    """Accept or reject a request for access."""
    repo, name = _own(visit), visit.form.get("account", "")
    account = accounts.find(visit.db, name)
    if account is None:
        raise NotFound(f"There is no account called {name!r}.")
    access_requests.answer(visit.db, repo, account, visit.form.get("answer", ""))
    return visit.go(f"/{repo.url_path}/settings")


def _own(visit: Visit) -> Repo:
    visit.signed_in()
    repo = visit.repo()
    permissions.check_write(visit.db, visit.caller, repo)
    return repo
