"""Discussions and pull requests."""

import re
from collections.abc import Callable

from starlette.responses import Response

from .. import accounts, discussions, permissions, pull_requests
from ..accounts import Account
from ..discussions import Discussion, Event
from ..problems import BadRequest, NotFound, Problem
from ..repositories import Repo
from . import changes, markdown
from .card import frame
from .visit import Visit

_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
_STATUSES = ("open", "closed", "all")


def index(visit: Visit) -> Response:
    repo = visit.repo()
    status = visit.query.get("status", "open")
    status = status if status in _STATUSES else "open"
    everything = discussions.find(visit.db, repo)
    return visit.page(
        "discussions.html",
        **frame(visit, repo),
        showing=status,
        statuses=_STATUSES,
        any=bool(everything),
        discussions=discussions.find(visit.db, repo, status=status),
    )


def new_page(visit: Visit) -> Response:
    visit.signed_in()
    return visit.page("new_discussion.html", **frame(visit, visit.repo()), error="")


def create(visit: Visit) -> Response:
    account, repo = visit.signed_in(), visit.repo()
    title, text = visit.form.get("title", ""), visit.form.get("description", "")
    try:
        with visit.attempt():
            made = discussions.create(visit.db, repo, account, title, check_text(text))
    except BadRequest as problem:
        facts = {"error": problem.sentence, "title": title, "description": text}
        return visit.page("new_discussion.html", status=400, **frame(visit, repo), **facts)
    return visit.go(f"/{repo.url_path}/discussions/{made.num}")


def discussion(visit: Visit) -> Response:
    return _page(visit, visit.repo(), _find(visit))


def act(visit: Visit) -> Response:
    """Comment, merge, close, reopen: the button that was pressed says which."""
    account, repo, found = visit.signed_in(), visit.repo(), _find(visit)
    action = _ACTIONS.get(visit.form.get("action", ""))
    if action is None:
        raise BadRequest("Press one of the page's buttons: comment, merge, close or reopen.")
    try:
        with visit.attempt():
            action(visit, repo, found, account)
    except Problem as problem:
        return _page(visit, repo, found, problem)
    return visit.go(f"/{repo.url_path}/discussions/{found.num}#end")


def check_text(text: str) -> str:
    if not text.strip():
        raise BadRequest("Write something first: the text is empty.")
    return text


def _page(visit: Visit, repo: Repo, found: Discussion, problem: Problem | None = None) -> Response:
    readable = visit.may_read(repo)
    proposal = pull_requests.proposal(visit.db, repo, found) if found.is_pull_request else None
    differing = proposal.changes if proposal and readable else []
    return visit.page(
        "discussion.html",
        status=problem.status if problem else 200,
        **frame(visit, repo),
        error=problem.sentence if problem else "",
        text=visit.form.get("text", ""),
        discussion=found,
        events=discussions.events(visit.db, repo, found.num),
        rendered=_rendered,
        proposal=proposal,
        readable=readable,
        changes=changes.shown(visit.store.blobs, differing),
        total=len(differing),
        may_change=_may_change(visit, repo, found),
    )


def _find(visit: Visit) -> Discussion:
    repo, number = visit.repo(), visit.place("num")
    if not _NUMBER.fullmatch(number):
        raise NotFound(f"A discussion has a number; {number!r} is none.")
    return discussions.get(visit.db, repo, int(number))


def _rendered(event: Event) -> str:
    return markdown.plain(event.data["latest"]["raw"])


def _may_change(visit: Visit, repo: Repo, found: Discussion) -> bool:
    if visit.viewer is None or found.status == "merged":
        return False
    return found.author == visit.viewer or accounts.may_act_for(visit.db, visit.viewer, repo.owner)


def _comment(visit: Visit, repo: Repo, found: Discussion, account: Account) -> None:
    discussions.comment(visit.db, repo, found.num, account, check_text(visit.form.get("text", "")))


def _merge(visit: Visit, repo: Repo, found: Discussion, account: Account) -> None:
    permissions.check_write(visit.db, visit.caller, repo)
    pull_requests.merge(visit.db, visit.store.blobs, repo, found.num, account)


def _close(visit: Visit, repo: Repo, found: Discussion, account: Account) -> None:
    discussions.set_status(visit.db, repo, found.num, account, "closed")


def _open(visit: Visit, repo: Repo, found: Discussion, account: Account) -> None:
    discussions.set_status(visit.db, repo, found.num, account, "open")


_ACTIONS: dict[str, Callable[[Visit, Repo, Discussion, Account], None]] = {
    "comment": _comment,
    "merge": _merge,
    "close": _close,
    "open": _open,
}
