"""Questions to the Hub that just answered with an error. No answer within seconds is an answer too."""

import difflib
import sys
from collections.abc import Iterable
from typing import Any

_TIMEOUT_S = 2
_ALIKE, _WORSE = 0.75, 0.1


def hub() -> str:
    """The address that the client uses when a call names none."""
    return sys.modules["huggingface_hub"].constants.ENDPOINT


def near_ids(hub: str, repo_type: str, repo_id: str) -> list[str]:
    """Repositories of that type on the Hub at `hub` with nearly this id, best first."""
    namespace, _, name = repo_id.rpartition("/")
    asked = [
        {"search": name},
        *({"search": part} for part in name.replace("_", "-").split("-")[:2] if len(part) > 2),
    ]
    if namespace:
        asked.insert(0, {"author": namespace})
    found: list[str] = []
    for query in asked:
        page = _get(f"{hub}/api/{repo_type}s", {**query, "limit": "100"})
        if page is None:  # it does not answer: do not keep the learner waiting
            break
        found += [one["id"] for one in page]
    return near(repo_id, found)


def exists(hub: str, repo_type: str, repo_id: str) -> bool:
    return _get(f"{hub}/api/{repo_type}s/{repo_id}") is not None


def files(hub: str, repo_type: str, repo_id: str, revision: str = "main") -> list[str]:
    info = _get(f"{hub}/api/{repo_type}s/{repo_id}/revision/{revision}") or {}
    return [file["rfilename"] for file in info.get("siblings", [])]


def revisions(hub: str, repo_type: str, repo_id: str) -> list[str]:
    """Branches and tags."""
    refs = _get(f"{hub}/api/{repo_type}s/{repo_id}/refs") or {}
    return [ref["name"] for kind in ("branches", "tags") for ref in refs.get(kind, [])]


def near(wanted: str, names: Iterable[str]) -> list[str]:
    """At most three of the names that are spelt nearly as the wanted one, best first."""
    by_lower = {name.lower(): name for name in names}
    close = difflib.get_close_matches(wanted.lower(), by_lower, 3, _ALIKE)
    alike = [difflib.SequenceMatcher(None, name, wanted.lower()).ratio() for name in close]
    # beside a name that differs in one letter, one that differs in five is noise
    return [by_lower[name] for name, ratio in zip(close, alike, strict=True) if ratio > alike[0] - _WORSE]


def _get(url: str, query: dict[str, str] | None = None) -> Any:
    """The answer's JSON, by the client's own session and token; None for an error or silence."""
    utils = sys.modules["huggingface_hub"].utils
    try:
        answer = utils.get_session().get(
            url, params=query, headers=utils.build_hf_headers(), timeout=_TIMEOUT_S
        )
        return answer.json() if answer.status_code == 200 else None
    except Exception:
        return None
