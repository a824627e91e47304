"""Accounts (people and organisations), who belongs to what, and the tokens that prove it."""

import hashlib
import secrets
import sqlite3
import string
from dataclasses import dataclass
from typing import Literal

from .clock import timestamp
from .names import check_account_name
from .problems import BadRequest

Kind = Literal["user", "org"]
Role = Literal["read", "write"]
_TOKEN_LETTERS = string.ascii_letters + string.digits


@dataclass(frozen=True)
class Account:
    id: int
    name: str
    fullname: str
    kind: Kind
    created: str


@dataclass(frozen=True)
class Caller:
    """Who sends a request: an account, and what its token lets it do."""

    account: Account
    role: Role
    token_name: str


def find(db: sqlite3.Connection, name: str) -> Account | None:
    """The account called `name`, in whatever case."""
    row = db.execute("SELECT * FROM accounts WHERE name = ?", (name,)).fetchone()
    return Account(**row) if row else None


def get(db: sqlite3.Connection, account_id: int) -> Account:
    return Account(**db.execute("SELECT * FROM accounts WHERE id = ?", (account_id,)).fetchone())


def ensure(db: sqlite3.Connection, name: str, *, fullname: str = "", kind: Kind = "user") -> Account:
    """The account called `name`, made if there is none."""
    if existing := find(db, check_account_name(name)):
        return existing
    row = (name, fullname or name, kind, timestamp())
    db.execute("INSERT INTO accounts (name, fullname, kind, created) VALUES (?, ?, ?, ?)", row)
    account = find(db, name)
    assert account
    return account


def add_member(db: sqlite3.Connection, org: Account, user: Account) -> None:
    db.execute("INSERT OR IGNORE INTO members VALUES (?, ?)", (org.id, user.id))


def members(db: sqlite3.Connection, org: Account) -> list[Account]:
    query = "SELECT a.* FROM accounts a JOIN members m ON m.user = a.id WHERE m.org = ? ORDER BY a.name"
    return [Account(**row) for row in db.execute(query, (org.id,))]


def organisations(db: sqlite3.Connection, user: Account) -> list[Account]:
    query = "SELECT a.* FROM accounts a JOIN members m ON m.org = a.id WHERE m.user = ? ORDER BY a.name"
    return [Account(**row) for row in db.execute(query, (user.id,))]


def may_act_for(db: sqlite3.Connection, user: Account, namespace_id: int) -> bool:
    """Whether `user` may change what lies in a namespace: their own, or that of an organisation of theirs."""
    if user.id == namespace_id:
        return True
    return bool(
        db.execute("SELECT 1 FROM members WHERE org = ? AND user = ?", (namespace_id, user.id)).fetchone()
    )


def create_token(db: sqlite3.Connection, account: Account, *, role: Role = "write", name: str = "") -> str:
    """A new token for `account`. Only its hash is kept: this is the one time that it can be read."""
    if role not in ("read", "write"):
        raise BadRequest(f"A token's role is 'read' or 'write', not {role!r}.")
    token = "hf_" + "".join(secrets.choice(_TOKEN_LETTERS) for _ in range(34))
    db.execute(
        "INSERT INTO tokens VALUES (?, ?, ?, ?, ?)",
        (_hash(token), account.id, role, name or role, timestamp()),
    )
    return token


def caller(db: sqlite3.Connection, token: str) -> Caller | None:
    """Whoever `token` was given to, or None."""
    row = db.execute("SELECT account, role, name FROM tokens WHERE hash = ?", (_hash(token),)).fetchone()
    return Caller(get(db, row["account"]), row["role"], row["name"]) if row else None


def _hash(token: str) -> str:
    # A token holds 200 bits of chance, so that a plain hash cannot be searched: no salt, no slow function.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
