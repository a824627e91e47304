"""Who may see, read and change what."""

import sqlite3

from . import access_requests, accounts, repositories
from .accounts import Account, Caller
from .problems import Forbidden, Gated, RepoNotFound, SignInNeeded
from .repositories import Repo, RepoType


def visible_repo(db: sqlite3.Connection, caller: Caller | None, repo_type: RepoType, repo_id: str) -> Repo:
    """The repository, if this caller may know of it; raises RepoNotFound."""
    repo = repositories.find(db, repo_type, repo_id)
    if repo is None or (repo.private and not _owns(db, caller, repo)):
        raise RepoNotFound(
            f"Repository not found: there is no {repo_type} called {repo_id!r} that you may see.",
            signed_in=caller is not None,
        )
    return repo


def check_read(db: sqlite3.Connection, caller: Caller | None, repo: Repo) -> None:
    """Raise Gated if the caller may know of the repository but not open its files."""
    if repo.gated is None or _owns(db, caller, repo):
        return
    where = f"Visit /{repo.url_path} to ask for access."
    if caller is None:
        sentence = f"Access to {repo.type} {repo.name} is restricted. You must have access to it and be"
        raise Gated(f"{sentence} authenticated to access it. Please log in. {where}", signed_in=False)
    status = access_requests.status(db, repo, caller.account)
    if status == "accepted":
        return
    reasons = {
        "pending": "Your request to access it is awaiting a review.",
        "rejected": "Your request was rejected.",
    }
    reason = reasons.get(status or "", f"You are not in the authorized list. {where}")
    raise Gated(f"Access to {repo.type} {repo.name} is restricted. {reason}", signed_in=True)


def may_read(db: sqlite3.Connection, caller: Caller | None, repo: Repo) -> bool:
    """Whether the gate, if there is one, is open for the caller."""
    try:
        check_read(db, caller, repo)
    except Gated:
        return False
    return True


def may_open(db: sqlite3.Connection, caller: Caller | None, repo: Repo) -> bool:
    """Whether the caller may know of the repository and open its files."""
    return (not repo.private or _owns(db, caller, repo)) and may_read(db, caller, repo)


def check_write(db: sqlite3.Connection, caller: Caller | None, repo: Repo) -> Account:
    """The account to act as; raises SignInNeeded or Forbidden if it may not change the repository."""
    account = check_signed_in(caller, writing=True)
    if not accounts.may_act_for(db, account, repo.owner):
        raise Forbidden(f"You don't have the rights to change {repo.name}: you are {account.name}")
    return account


def check_namespace(db: sqlite3.Connection, caller: Caller | None, namespace: str) -> Account:
    """The account that owns `namespace`, if the caller may make things in it."""
    account = check_signed_in(caller, writing=True)
    owner = accounts.find(db, namespace)
    if owner is None or not accounts.may_act_for(db, account, owner.id):
        raise Forbidden(f"You don't have the rights to create anything under the namespace {namespace!r}")
    return owner


def check_signed_in(caller: Caller | None, *, writing: bool = False) -> Account:
    """The caller's account; raises SignInNeeded, or Forbidden where a read token is to write."""
    if caller is None:
        raise SignInNeeded("Sign in first: this request needs a token.")
    if writing and caller.role != "write":
        raise Forbidden("This token can only read: use one with the role 'write'")
    return caller.account


def namespaces(db: sqlite3.Connection, caller: Caller | None) -> list[int]:
    """The ids of the accounts whose private things the caller may see."""
    if caller is None:
        return []
    return [caller.account.id, *(org.id for org in accounts.organisations(db, caller.account))]


def _owns(db: sqlite3.Connection, caller: Caller | None, repo: Repo) -> bool:
    return caller is not None and accounts.may_act_for(db, caller.account, repo.owner)
