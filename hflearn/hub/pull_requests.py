"""Pull requests: a discussion with commits of its own, which can be merged into a branch as one commit."""

import sqlite3
from dataclasses import dataclass

from . import commits, diff, discussions, push, refs
from .accounts import Account
from .blobs import Blobs
from .clock import timestamp
from .commits import Commit
from .discussions import Discussion, Status
from .problems import BadRequest, Conflict
from .repositories import Repo


@dataclass(frozen=True)
class Proposal:
    """What a pull request would change: its commits (newest first), its files, and those that clash."""

    commits: list[Commit]
    changes: list[diff.Change]
    conflicts: list[str]


def create(
    db: sqlite3.Connection,
    repo: Repo,
    author: Account,
    title: str,
    description: str,
    *,
    status: Status = "draft",
    base: str = "main",
) -> Discussion:
    """Open a pull request against the branch `base`, with nothing in it yet."""
    branch = refs.branch_to_write(db, repo, base)
    head = refs.target(db, repo, branch)
    if head is None or not branch.startswith("refs/heads/"):
        raise BadRequest(f"A pull request is made against a branch; {base!r} is none.")
    discussion = discussions.create(db, repo, author, title, description, status=status, base=branch)
    refs.point(db, repo, discussion.ref, head)
    return discussion


def note_commit(db: sqlite3.Connection, repo: Repo, num: int, author: Account, oid: str) -> None:
    """Let the discussion show a commit that was pushed to the pull request."""
    subject = commits.find_commit(db, repo, oid).title
    discussions.add_event(db, repo, num, author, "commit", {"subject": subject, "oid": oid})


def proposal(db: sqlite3.Connection, repo: Repo, request: Discussion) -> Proposal:
    """What there is to merge, or to a merged request, what was."""
    target = request.merged and commits.find_commit(db, repo, request.merged).parent
    target = target or refs.target(db, repo, request.base or "")
    head = refs.target(db, repo, request.ref)
    if target is None or head is None:  # the branch it wanted to change is gone
        return Proposal([], [], [])
    own, fork = _since(db, repo, head, target)
    fork_tree = fork.tree if fork else commits.find_commit(db, repo, head).tree
    theirs = diff.changes(db, fork_tree, commits.find_commit(db, repo, target).tree)
    ours = diff.changes(db, fork_tree, commits.find_commit(db, repo, head).tree)
    return Proposal(own, ours, _clashes(ours, theirs))


def merge(
    db: sqlite3.Connection, blobs: Blobs, repo: Repo, num: int, account: Account, comment: str = ""
) -> str:
    """Put the request's changes on its branch as one commit and return that commit's id.

    Raises Conflict where the branch has changed the same files since, BadRequest where nothing is to merge.
    """
    request = discussions.get(db, repo, num)
    if not request.is_pull_request or request.status != "open" or request.base is None:
        raise BadRequest(f"Number {num} is {request.status}, not an open pull request: it cannot be merged.")
    found = proposal(db, repo, request)
    if found.conflicts:
        raise Conflict(f"The pull request and its branch both changed {', '.join(found.conflicts[:5])}.")
    if not found.changes:
        raise BadRequest("The pull request changes nothing: push a commit to it first.")
    oid = push.push(db, blobs, repo, request.base, _squashed(request, found, account))
    db.execute("UPDATE discussions SET merged = ? WHERE repo = ? AND num = ?", (oid, repo.id, num))
    if comment:
        discussions.comment(db, repo, num, account, comment)
    discussions.record_status(db, repo, num, account, "merged")
    return oid


def _since(db: sqlite3.Connection, repo: Repo, head: str, target: str) -> tuple[list[Commit], Commit | None]:
    there = {commit.oid for commit in commits.history(db, repo, target)}
    own: list[Commit] = []
    for commit in commits.history(db, repo, head):
        if commit.oid in there:
            return own, commit
        own.append(commit)
    return own, None


def _clashes(ours: list[diff.Change], theirs: list[diff.Change]) -> list[str]:
    theirs_by_path = {change.path: change.new for change in theirs}
    return [one.path for one in ours if one.path in theirs_by_path and theirs_by_path[one.path] != one.new]


def _squashed(request: Discussion, found: Proposal, account: Account) -> push.Changes:
    lines = [f"- {commit.title} ({commit.oid})" for commit in reversed(found.commits)]
    changes = push.Changes(f"{request.title} (#{request.num})", account.name, timestamp())
    changes.description = "\n".join(lines)
    changes.files = {change.path: change.new for change in found.changes if change.new}
    changes.deletions = [change.path for change in found.changes if change.old and not change.new]
    return changes
