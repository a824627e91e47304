"""What a revision's files say of the repository: card, tags, task, library, size. Filters work on this."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from . import cards, safetensors_header, trees
from .blobs import Blob, Blobs
from .repositories import Repo, RepoType

_READ_LIMIT = 2 * 2**20
_LIBRARY_BY_FILE = {
    "modules.json": "sentence-transformers",
    "model_index.json": "diffusers",
    "adapter_config.json": "peft",
    "config.json": "transformers",
}
_TAG_BY_SUFFIX = {".safetensors": "safetensors", ".onnx": "onnx", ".gguf": "gguf", ".bin": "pytorch"}
_CONFIG_FIELDS = ("architectures", "model_type", "quantization_config")
_PREFIXED = {"license": "license", "datasets": "dataset", "base_model": "base_model"}
_PREFIXED_OF_DATASETS = {
    name: name for name in ("language", "task_categories", "task_ids", "size_categories")
}


def describe(db: sqlite3.Connection, blobs: Blobs, repo_type: RepoType, tree: str) -> dict[str, Any]:
    """`card`, `tags`, `pipeline_tag`, `library_name`, `config`, `safetensors`, `storage` (bytes), as JSON."""
    top = {name: entry for name, entry in trees.entries(db, tree).items() if isinstance(entry, Blob)}
    everything = trees.files(db, tree)
    card = _card(blobs, top)
    config = _config(blobs, top) if repo_type == "model" else {}
    library = _library(card, top) if repo_type == "model" else None
    facts = {
        "card": card,
        "pipeline_tag": card.get("pipeline_tag"),
        "library_name": library,
        "config": config,
        "safetensors": _safetensors(blobs, everything) if repo_type == "model" else None,
        "storage": sum({blob.oid: blob.size for blob in everything.values()}.values()),
        "tags": _tags(repo_type, card, config, library, everything),
    }
    return {name: value for name, value in facts.items() if value is not None}


def save(db: sqlite3.Connection, repo: Repo, facts: Mapping[str, Any]) -> None:
    """Make `facts` what lists and filters know of the repository."""
    db.execute("UPDATE repos SET about = ? WHERE id = ?", (json.dumps(facts), repo.id))
    db.execute("DELETE FROM repo_tags WHERE repo = ?", (repo.id,))
    db.executemany("INSERT OR IGNORE INTO repo_tags VALUES (?, ?)", [(repo.id, tag) for tag in facts["tags"]])


def _card(blobs: Blobs, top: Mapping[str, Blob]) -> dict[str, Any]:
    try:
        return cards.parse(read_text(blobs, top.get("README.md")))
    except cards.CardError:
        return {}


def read_text(blobs: Blobs, blob: Blob | None) -> str:
    """A small text file's content; empty for what is missing or too large to be one."""
    if blob is None or blob.size > _READ_LIMIT:
        return ""
    return blobs.path(blob.etag).read_text(encoding="utf-8", errors="replace")


def _config(blobs: Blobs, top: Mapping[str, Blob]) -> dict[str, Any]:
    try:
        content = cards.as_json(json.loads(read_text(blobs, top.get("config.json")) or "{}"))
    except (ValueError, TypeError, RecursionError):
        return {}
    return (
        {name: content[name] for name in _CONFIG_FIELDS if name in content}
        if isinstance(content, dict)
        else {}
    )


def _library(card: Mapping[str, Any], top: Mapping[str, Blob]) -> str | None:
    if isinstance(named := card.get("library_name"), str):
        return named
    return next((library for name, library in _LIBRARY_BY_FILE.items() if name in top), None)


def _safetensors(blobs: Blobs, files: Mapping[str, Blob]) -> dict[str, Any] | None:
    total: Counter[str] = Counter()
    for path, blob in files.items():
        if path.endswith(".safetensors") and "/" not in path and not path.startswith("adapter_"):
            total.update(safetensors_header.parameters(blobs.path(blob.etag)))
    return {"parameters": dict(total), "total": total.total()} if total else None


def _tags(
    repo_type: RepoType,
    card: Mapping[str, Any],
    config: Mapping[str, Any],
    library: str | None,
    files: Mapping[str, Blob],
) -> list[str]:
    tags = [*_from_files(config, library, files)] if repo_type == "model" else []
    return list(dict.fromkeys([*tags, *_from_card(repo_type, card)]))


def _from_files(config: Mapping[str, Any], library: str | None, files: Mapping[str, Blob]) -> Iterator[str]:
    if library:
        yield library
    for suffix, tag in _TAG_BY_SUFFIX.items():
        if any(path.endswith(suffix) for path in files):
            yield tag
    if isinstance(model_type := config.get("model_type"), str):
        yield model_type


def _from_card(repo_type: RepoType, card: Mapping[str, Any]) -> Iterator[str]:
    yield from cards.as_list(card.get("pipeline_tag"))
    yield from cards.as_list(card.get("tags"))
    prefixed = _PREFIXED if repo_type == "model" else {**_PREFIXED, **_PREFIXED_OF_DATASETS}
    if repo_type == "model":
        yield from cards.as_list(card.get("language"))
    elif repo_type == "space":
        yield from cards.as_list(card.get("sdk"))
    for field, prefix in prefixed.items():
        yield from (f"{prefix}:{value}" for value in cards.as_list(card.get(field)))
