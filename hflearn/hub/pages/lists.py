"""Lists of models, datasets or Spaces: searched, filtered, sorted, a page at a time."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from starlette.responses import Response

from .. import listing, permissions
from ..repositories import RepoType
from .shelves import title
from .visit import Visit

PAGE = 30
_MOST_OPTIONS = 100
_SORTS = {
    "trending": ("trendingScore", "Trending"),
    "likes": ("likes", "Most likes"),
    "downloads": ("downloads", "Most downloads"),
    "created": ("createdAt", "Newest"),
    "modified": ("lastModified", "Last updated"),
}
_IN_PYTHON = {"trendingScore": "trending_score", "createdAt": "created_at", "lastModified": "last_modified"}


@dataclass(frozen=True)
class Choice:
    """A filter: its name in the address, the place in `about` that has the value, its tag's prefix."""

    name: str
    label: str
    place: str
    prefix: str = ""


_TASK = Choice("pipeline_tag", "Task", "$.pipeline_tag")
_LICENCE = Choice("license", "Licence", "$.card.license", "license:")
_LIBRARY = Choice("library", "Library", "$.library_name")
_LANGUAGE = Choice("language", "Language", "$.card.language")
_DATASET_TASK = Choice("task_categories", "Task", "$.card.task_categories", "task_categories:")
_DATASET_LANGUAGE = Choice("language", "Language", "$.card.language", "language:")
_SDK = Choice("sdk", "SDK", "$.card.sdk")

CHOICES: Mapping[RepoType, tuple[Choice, ...]] = {
    "model": (_TASK, _LICENCE, _LIBRARY, _LANGUAGE),
    "dataset": (_DATASET_TASK, _LICENCE, _DATASET_LANGUAGE),
    "space": (_SDK, _LICENCE),
}


def page_of(repo_type: RepoType) -> Callable[[Visit], Response]:
    return lambda visit: _page(visit, repo_type)


def _page(visit: Visit, repo_type: RepoType) -> Response:
    asked = {name: value for name, value in visit.query.items() if value}
    if len(asked) < len(visit.query):
        return visit.go(_address(visit, asked))  # an address worth sharing, without the fields left empty
    chosen = _chosen(asked, repo_type)
    query = _query(visit, repo_type, chosen)
    total = listing.count(visit.db, query)
    last = max(math.ceil(total / PAGE) - 1, 0)
    number = min(page_number(asked), last)
    query.offset = number * PAGE
    return visit.page(
        "list.html",
        heading=f"{repo_type}s".capitalize(),
        singular=title(repo_type),
        choices=[_with_options(visit, query, choice, chosen) for choice in CHOICES[repo_type]],
        chosen=chosen,
        sorts=[(name, label) for name, (_, label) in _SORTS.items()],
        filtered=any(value for name, value in chosen.items() if name != "sort"),
        total=total,
        repos=listing.find(visit.db, query),
        links=links(visit, asked, number, last),
        code=in_python(query),
    )


def _chosen(asked: Mapping[str, str], repo_type: RepoType) -> dict[str, str]:
    """Every field of the form. The real site writes `license=license:mit`: both ways are understood."""
    names = [choice.name for choice in CHOICES[repo_type]]
    fields = {name: asked.get(name, "").removeprefix(f"{name}:") for name in names}
    sort = asked.get("sort", "")
    rest = {"search": asked.get("search", ""), "author": asked.get("author", "")}
    return {**fields, **rest, "sort": sort if sort in _SORTS else "trending"}


def _query(visit: Visit, repo_type: RepoType, chosen: Mapping[str, str]) -> listing.Query:
    tags = [choice.prefix + chosen[choice.name] for choice in CHOICES[repo_type] if chosen[choice.name]]
    return listing.Query(
        repo_type,
        tags=tags,
        search=chosen["search"].split(),
        author=chosen["author"] or None,
        sort=_SORTS[chosen["sort"]][0],
        namespaces=permissions.namespaces(visit.db, visit.caller),
        limit=PAGE,
    )


def _with_options(
    visit: Visit, query: listing.Query, choice: Choice, chosen: Mapping[str, str]
) -> dict[str, Any]:
    options = _values(visit, query, choice.place)
    value = chosen[choice.name]
    if value and value not in dict(options):
        options.append((value, 0))
    return {"name": choice.name, "label": choice.label, "options": options}


def _values(visit: Visit, query: listing.Query, place: str) -> list[tuple[str, int]]:
    """The values that cards give a field, and how many do, among all that the viewer may see."""
    holders = ", ".join("?" * len(query.namespaces))
    sql = f"""
        SELECT value, count(DISTINCT r.id) FROM repos r, json_each(r.about, ?)
        WHERE r.type = ? AND (NOT r.private OR r.owner IN ({holders})) AND json_each.type = 'text'
        GROUP BY value ORDER BY count(DISTINCT r.id) DESC, value LIMIT ?
    """
    values = [place, query.type, *query.namespaces, _MOST_OPTIONS]
    return [(row[0], row[1]) for row in visit.db.execute(sql, values)]


def page_number(asked: Mapping[str, str]) -> int:
    """Counted from 0, as on the real site; anything else is the first page."""
    text = asked.get("p", "0")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def links(visit: Visit, asked: Mapping[str, str], number: int, last: int) -> dict[str, str]:
    def to(other: int) -> str:
        return _address(visit, {**asked, "p": str(other)}) if 0 <= other <= last else ""

    return {"previous": to(number - 1), "next": to(number + 1), "place": f"Page {number + 1} of {last + 1}"}


def _address(visit: Visit, asked: Mapping[str, str]) -> str:
    return visit.request.url.path + (f"?{urlencode(asked)}" if asked else "")


def in_python(query: listing.Query) -> str:
    """The same search with the client library, as a learner would type it."""
    arguments = {
        "search": " ".join(query.search),
        "author": query.author,
        "filter": list(query.tags),
        "sort": _IN_PYTHON.get(query.sort, query.sort),
    }
    written = ", ".join(f"{name}={value!r}" for name, value in arguments.items() if value)
    search = f"HfApi().list_{query.type}s({written})"
    return f"from huggingface_hub import HfApi\n\nfor repo in {search}:\n    print(repo.id)"
