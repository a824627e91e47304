"""Who is signed in: a name and a time in a cookie, signed so that nobody can write their own."""

import hashlib
import hmac
import sqlite3
import time
from collections.abc import Mapping

from . import accounts
from .accounts import Caller


class Sessions:
    """Writes and reads the cookie of one store; `secret` and `store_id` are the store's."""

    LASTS_S = 30 * 24 * 3600

    def __init__(self, secret: bytes, store_id: str) -> None:
        self._secret = secret
        self.cookie = (
            f"hub_{store_id[:8]}"  # a browser shares cookies among all ports: two Hubs must not clash
        )

    def write(self, name: str) -> str:
        """The cookie's value for an account."""
        claim = f"{name}:{int(time.time()) + self.LASTS_S}"
        return f"{claim}:{self._signature(claim)}"

    def read(self, value: str) -> str | None:
        """The account's name, or None if the cookie is not ours or has had its time."""
        claim, _, signature = value.rpartition(":")
        name, _, expiry = claim.rpartition(":")
        if not hmac.compare_digest(signature.encode(), self._signature(claim).encode()):
            return None
        return name if int(expiry) > time.time() else None

    def caller(self, db: sqlite3.Connection, cookies: Mapping[str, str]) -> Caller | None:
        """Whoever is signed in in the browser that sends these cookies."""
        name = self.read(cookies.get(self.cookie, ""))
        account = accounts.find(db, name) if name else None
        return Caller(account, "write", "browser") if account else None

    def _signature(self, claim: str) -> str:
        return hmac.new(self._secret, f"session:{claim}".encode(), hashlib.sha256).hexdigest()
