"""The YAML block at the top of a README: what a repository says about itself."""

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

# blank lines above it are allowed, as on the real Hub (huggingface_hub/repocard.py has its pattern)
FRONT_MATTER = re.compile(r"\A\ufeff?\s*---[ \t]*\r?\n(.*?)^---[ \t]*$", re.DOTALL | re.MULTILINE)
_LIMIT = 256 * 1024
_TEXT_FIELDS = ("pipeline_tag", "library_name")
_TEXT_OR_LIST_FIELDS = ("license", "language", "datasets", "base_model", "tags", "metrics", "task_categories")


class CardError(Exception):
    """The block cannot be used; the sentence says why."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML without anchors: a few lines of them can stand for gigabytes."""


def parse(readme: str) -> dict[str, Any]:
    """The block's fields, as JSON could hold them; empty if there is none. Raises CardError."""
    match = FRONT_MATTER.match(readme)
    if match is None:
        return {}
    if len(match[1]) > _LIMIT:
        raise CardError("The metadata block is longer than 256 KB.")
    fields = _load(match[1])
    if not isinstance(fields, dict):
        raise CardError("The metadata block should be 'key: value' lines.")
    return fields


def errors(readme: str) -> list[str]:
    """What keeps the card from being accepted."""
    try:
        return list(_wrong_types(parse(readme)))
    except CardError as error:
        return [str(error)]


def warnings(readme: str, repo_type: str) -> list[str]:
    """What a good card would have besides."""
    if errors(readme):
        return []
    if not (fields := parse(readme)):
        return ["empty or missing yaml metadata in repo card"]
    return [] if repo_type == "space" or "license" in fields else ["no license in the card's metadata"]


def as_json(value: object) -> Any:
    """`value` as JSON can hold it and UTF-8 can write it; raises ValueError or TypeError."""
    return json.loads(json.dumps(value, default=str, allow_nan=False, ensure_ascii=False).encode())


def as_list(value: object) -> list[str]:
    """A field that may be one text or a list of them."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _load(block: str) -> Any:
    try:
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(block, _Loader)):
            raise CardError("The metadata block may not use YAML anchors.")
        return as_json(yaml.load(block, _Loader) or {})
    except (
        yaml.YAMLError,
        ValueError,
        TypeError,
        OverflowError,
        RecursionError,
        AttributeError,
        KeyError,
    ) as error:
        raise CardError(f"The metadata block is not valid YAML: {' '.join(str(error).split())}") from error


def _wrong_types(fields: dict[str, Any]) -> Iterator[str]:
    for name in _TEXT_FIELDS:
        if not isinstance(fields.get(name, ""), str):
            yield f'"{name}" must be a string'
    for name in _TEXT_OR_LIST_FIELDS:
        value = fields.get(name) or ""
        if not isinstance(value, str) and len(as_list(value)) != len(
            value if isinstance(value, list) else [0]
        ):
            yield f'"{name}" must be a string or a list of strings'
