"""Branches, tags and pull requests' heads: the names that stand for commits, and how a revision is read."""

import re
import sqlite3

from .commits import Commit, find_commit
from .names import check_ref_name
from .problems import BadRequest, Conflict, Forbidden, RevisionNotFound
from .repositories import Repo

_HEX = re.compile(r"[0-9a-f]{7,40}")
_PULL_REQUEST = re.compile(r"refs/pr/[1-9][0-9]{0,8}")


def full_name(db: sqlite3.Connection, repo: Repo, revision: str) -> str | None:
    """The ref that `revision` names (`main` → `refs/heads/main`), or None if it names none."""
    candidates = (
        [revision] if revision.startswith("refs/") else [f"refs/heads/{revision}", f"refs/tags/{revision}"]
    )
    return next((name for name in candidates if target(db, repo, name)), None)


def target(db: sqlite3.Connection, repo: Repo, name: str) -> str | None:
    """The commit id at the ref with this full name."""
    row = db.execute("SELECT oid FROM refs WHERE repo = ? AND name = ?", (repo.id, name)).fetchone()
    return row["oid"] if row else None


def resolve(db: sqlite3.Connection, repo: Repo, revision: str) -> Commit:
    """The commit that a branch, a tag, `refs/pr/N` or a commit id (7 digits or more) stands for."""
    name = full_name(db, repo, revision)
    oid = target(db, repo, name) if name else _full_id(db, repo, revision)
    if oid is None:
        raise RevisionNotFound(f"Invalid rev id: {revision}")
    return find_commit(db, repo, oid)


def branch_to_write(db: sqlite3.Connection, repo: Repo, revision: str) -> str:
    """The full name of the branch or pull request that a commit to `revision` goes to."""
    if _PULL_REQUEST.fullmatch(revision) or revision.startswith("refs/heads/"):
        name = revision
    else:
        name = f"refs/heads/{revision}"
    if target(db, repo, name) is None:
        raise RevisionNotFound(
            f"Invalid rev id: {revision}. Commits go to a branch that exists, or to a pull request."
        )
    return name


def listing(db: sqlite3.Connection, repo: Repo, folder: str) -> list[tuple[str, str, str]]:
    """(short name, full name, commit id) of all refs in `refs/heads`, `refs/tags` or `refs/pr`."""
    query = "SELECT name, oid FROM refs WHERE repo = ? AND name LIKE ? ORDER BY name"
    rows = db.execute(query, (repo.id, f"{folder}/%")).fetchall()
    return [(row["name"].removeprefix(folder + "/"), row["name"], row["oid"]) for row in rows]


def create_branch(db: sqlite3.Connection, repo: Repo, branch: str, starting_point: str = "main") -> None:
    commit = resolve(db, repo, starting_point)
    _create(db, repo, f"refs/heads/{check_ref_name(branch)}", commit.oid, f"branch {branch!r}")


def create_tag(db: sqlite3.Connection, repo: Repo, tag: str, revision: str) -> None:
    commit = resolve(db, repo, revision)
    _create(db, repo, f"refs/tags/{check_ref_name(tag)}", commit.oid, f"tag {tag!r}")


def delete_branch(db: sqlite3.Connection, repo: Repo, branch: str) -> None:
    if branch == "main":
        raise Forbidden("The branch 'main' cannot be deleted.")
    _delete(db, repo, f"refs/heads/{branch}", f"branch {branch!r}")


def delete_tag(db: sqlite3.Connection, repo: Repo, tag: str) -> None:
    _delete(db, repo, f"refs/tags/{tag}", f"tag {tag!r}")


def point(db: sqlite3.Connection, repo: Repo, name: str, oid: str) -> None:
    """Make the ref with this full name stand for a commit, whether it exists or not."""
    db.execute("INSERT OR REPLACE INTO refs VALUES (?, ?, ?)", (repo.id, name, oid))


def _create(db: sqlite3.Connection, repo: Repo, name: str, oid: str, what: str) -> None:
    if target(db, repo, name):
        raise Conflict(f"There is a {what} already.")
    point(db, repo, name, oid)


def _delete(db: sqlite3.Connection, repo: Repo, name: str, what: str) -> None:
    if not db.execute("DELETE FROM refs WHERE repo = ? AND name = ?", (repo.id, name)).rowcount:
        raise RevisionNotFound(f"There is no {what}.")


def _full_id(db: sqlite3.Connection, repo: Repo, revision: str) -> str | None:
    if not _HEX.fullmatch(revision):
        return None
    query = "SELECT oid FROM commits WHERE repo = ? AND oid >= ? AND oid < ? LIMIT 2"
    rows = db.execute(query, (repo.id, revision, revision + "g")).fetchall()
    if len(rows) > 1:
        raise BadRequest(f"{revision} is the beginning of several commit ids: give more digits.")
    return rows[0]["oid"] if rows else None
