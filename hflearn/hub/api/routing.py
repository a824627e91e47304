"""How addresses are read: as they were sent, so that `refs%2Fpr%2F1` stays one piece, then decoded."""

from typing import Any, cast
from urllib.parse import unquote

from starlette.convertors import Convertor, register_url_convertor
from starlette.types import ASGIApp, Receive, Scope, Send

from ..repositories import RepoType


class _Decoded(Convertor[str]):
    """A piece of an address, decoded after the address has been taken apart."""

    def convert(self, value: str) -> str:
        return unquote(value)

    def to_string(self, value: str) -> str:
        raise NotImplementedError("addresses are only read here")


class Segment(_Decoded):
    regex = "[^/]+"


class RepoId(_Decoded):
    regex = "[^/]+(?:/[^/]+)?"


class Revision(_Decoded):
    regex = "refs/(?:pr|convert)/[^/]+|[^/]+"


class Rest(_Decoded):
    regex = ".*"


class Kind(Convertor[RepoType]):
    """`models`, `datasets` or `spaces`."""

    regex = "models|datasets|spaces"

    def convert(self, value: str) -> RepoType:
        return cast(RepoType, value.removesuffix("s"))

    def to_string(self, value: RepoType) -> str:
        return f"{value}s"


class Spaces(Kind):
    regex = "spaces"


class Prefix(Convertor[RepoType]):
    """`datasets/`, `spaces/`, or nothing for a model, as the addresses of files and pages begin."""

    regex = "(?:datasets/|spaces/)?"

    def convert(self, value: str) -> RepoType:
        return cast(RepoType, value.removesuffix("s/") or "model")

    def to_string(self, value: RepoType) -> str:
        return "" if value == "model" else f"{value}s/"


class SpacePrefix(Prefix):
    regex = "spaces/"


register_url_convertor("prefix", cast(Convertor[Any], Prefix()))
register_url_convertor("space", cast(Convertor[Any], SpacePrefix()))
register_url_convertor("segment", Segment())
register_url_convertor("repo", RepoId())
register_url_convertor("rev", Revision())
register_url_convertor("rest", Rest())
register_url_convertor("spaces", cast(Convertor[Any], Spaces()))
register_url_convertor("kind", cast(Convertor[Any], Kind()))


class RawPath:
    """Gives the application the address as it was sent, percent signs and all."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["path"] = scope["raw_path"].decode("latin-1")
        await self.app(scope, receive, send)
