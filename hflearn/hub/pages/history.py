"""Commits: a revision's, and what one of them changed."""

import math

from starlette.responses import Response

from .. import commits, diff, permissions, refs, trees
from . import changes, revisions
from .card import frame
from .lists import links, page_number
from .visit import Visit
from .wording import segment

PAGE = 50


def history(visit: Visit) -> Response:
    repo = visit.repo()
    place = revisions.place(visit, repo)
    total = commits.count(visit.db, repo, place.commit.oid)
    last = math.ceil(total / PAGE) - 1
    number = min(page_number(visit.query), last)
    return visit.page(
        "commits.html",
        **frame(visit, repo),
        place=place,
        choices=revisions.choices(visit, repo, place.revision),
        total=total,
        commits=list(commits.history(visit.db, repo, place.commit.oid, limit=PAGE, offset=number * PAGE)),
        links=links(visit, visit.query, number, last),
    )


def choose(visit: Visit) -> Response:
    repo = visit.repo()
    return visit.go(f"/{repo.url_path}/commits/{segment(visit.query.get('revision') or 'main')}")


def commit(visit: Visit) -> Response:
    repo = visit.repo()
    permissions.check_read(visit.db, visit.caller, repo)
    found = refs.resolve(visit.db, repo, visit.place("rev"))
    before = commits.find_commit(visit.db, repo, found.parent).tree if found.parent else trees.EMPTY
    differing = diff.changes(visit.db, before, found.tree)
    return visit.page(
        "commit.html",
        **frame(visit, repo),
        commit=found,
        changes=changes.shown(visit.store.blobs, differing),
        total=len(differing),
    )
