"""What a repository's card and files say of it, as a table."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from .. import cards
from ..repositories import Repo, RepoType
from . import wording


@dataclass(frozen=True)
class Value:
    text: str
    link: str = ""


Fact = tuple[str, list[Value]]
Exists = Callable[[RepoType, str], bool]


def facts(repo: Repo, exists: Exists) -> list[Fact]:
    """The rows of the table that have a value. Only repositories that `exists` knows are links."""
    return [(label, values) for label, values in _rows(repo, exists) if values]


def tags(repo: Repo) -> list[str]:
    """The card's own tags."""
    return cards.as_list(_card(repo).get("tags"))


def _rows(repo: Repo, exists: Exists) -> Iterator[Fact]:
    card = _card(repo)
    task = "pipeline_tag" if repo.type == "model" else "task_categories"
    yield "Task", _filters(repo, task, card.get(task))
    yield "SDK", _filters(repo, "sdk", card.get("sdk")) if repo.type == "space" else []
    yield "Library", _filters(repo, "library", repo.about.get("library_name"))
    yield "Licence", _filters(repo, "license", card.get("license"))
    yield "Languages", _filters(repo, "language", card.get("language"))
    yield "Parameters", _parameters(repo)
    if storage := repo.about.get("storage"):
        yield "Size", [Value(wording.size(storage))]
    yield "Base model", _repositories("model", card.get("base_model"), exists)
    yield "Datasets", _repositories("dataset", card.get("datasets"), exists)
    yield "Models", _repositories("model", card.get("models"), exists)


def _card(repo: Repo) -> dict[str, Any]:
    card = repo.about.get("card")
    return card if isinstance(card, dict) else {}


def _filters(repo: Repo, name: str, value: object) -> list[Value]:
    texts = cards.as_list(value)
    return [Value(text, f"/{repo.type}s?{urlencode({name: text})}") for text in texts]


def _parameters(repo: Repo) -> list[Value]:
    weights = repo.about.get("safetensors")
    if not weights:
        return []
    kinds = ", ".join(weights["parameters"])
    return [Value(f"{wording.parameters(weights['total'])} ({kinds})")]


def _repositories(repo_type: RepoType, value: object, exists: Exists) -> list[Value]:
    folder = "/" if repo_type == "model" else f"/{repo_type}s/"
    names = cards.as_list(value)
    return [Value(name, folder + name if exists(repo_type, name) else "") for name in names]
