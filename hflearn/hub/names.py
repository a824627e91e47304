"""Which names are well formed: accounts, repositories, paths inside a repository, branches and tags."""

import re
import unicodedata

from .problems import BadRequest

REPO_TYPES = ("model", "dataset", "space")

_WORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,94}[A-Za-z0-9_])?", re.ASCII)
_RESERVED = {
    "api",
    "models",
    "datasets",
    "spaces",
    "kernels",
    "collections",
    "organizations",
    "settings",
    "static",
}
_RESERVED |= {
    "login",
    "logout",
    "join",
    "docs",
    "new",
    "resolve",
    "tree",
    "blob",
    "raw",
    "uploads",
    "buckets",
}
_REF = re.compile(r"(?!.*(?:\.\.|//|@\{|/\.))(?![./-])[^\x00-\x20\x7f~^:?*\[\\]{1,200}(?<![./])(?<!\.lock)")


def check_account_name(name: str) -> str:
    """Return `name`, or raise BadRequest if no account can be called that."""
    if not _is_word(name) or name.lower() in _RESERVED:
        raise BadRequest(f"{name!r} cannot be the name of an account: use letters, digits, '-', '_' and '.'.")
    return name


def split_repo_id(repo_id: str) -> tuple[str, str]:
    """Return namespace and name of `namespace/name`, or raise BadRequest."""
    namespace, _, name = repo_id.partition("/")
    if not _is_word(name) or name.endswith(".git"):
        raise BadRequest(f"{repo_id!r} is not a repository id: it should read 'namespace/name'.")
    return check_account_name(namespace), name


def check_path(path: str) -> str:
    """Return `path`, or raise BadRequest if it is no relative path that stays inside a repository."""
    segments = path.split("/")
    if len(path) > 1024 or len(segments) > 64:
        raise BadRequest("A path in a repository has at most 1,024 characters and 64 levels.")
    if not all(map(_is_segment, segments)):
        raise BadRequest(
            f"{path!r} is not a path in a repository: it must be relative, without '..' or '\\'."
        )
    return path


def check_ref_name(name: str) -> str:
    """Return `name`, or raise BadRequest if git would not accept it for a branch or tag."""
    if not _REF.fullmatch(name) or name.startswith("refs/") or not _encodable(name):
        raise BadRequest(f"{name!r} cannot be the name of a branch or tag.")
    return name


def _is_word(name: str) -> bool:
    return bool(_WORD.fullmatch(name)) and "--" not in name and ".." not in name


def _is_segment(segment: str) -> bool:
    if segment in ("", ".", "..") or segment.lower() == ".git" or "\\" in segment or not _encodable(segment):
        return False
    return len(segment.encode()) <= 255 and not any(unicodedata.category(c) == "Cc" for c in segment)


def _encodable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)
