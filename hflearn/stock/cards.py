"""Writes an item's card: its template, filled in from the catalogue, the files and the measurements."""

import tomllib
from functools import cache
from pathlib import Path
from string import Template

from hflearn.stock.catalog import Item, Source
from hflearn.stock.fetch import sha256

TEMPLATES = Path(__file__).with_name("cards")
MEASURED = Path(__file__).with_name("measured.toml")
LARGE = 1_000_000  # bytes: the card names the SHA-256 of files from here on


@cache
def measured() -> dict[str, dict[str, str]]:
    """What `python -m hflearn.stock.quality ROLE` printed, as text that keeps its digits."""
    with MEASURED.open("rb") as file:
        return tomllib.load(file, parse_float=str)


def template(item: Item) -> str:
    return (TEMPLATES / f"{item.role}.md").read_text(encoding="utf-8")


def card(item: Item, folder: Path) -> str:
    """The README.md of the item whose files are in ``folder``."""
    values = {
        **measured().get(item.role, {}),
        "id": item.id,
        "provenance": _provenance(item),
        "files": _files(folder),
        "authors_card": _authors_card(folder),
    }
    return Template(template(item)).substitute(values)


def _provenance(item: Item) -> str:
    rows = [("Licence", item.licence), ("By", item.attribution)]
    for source in item.sources:
        rows.append(("Source", _source(source)))
        rows.append(("Its SHA-256", f"`{source.sha256}`"))
        if source.member:
            rows.append(("In it", f"`{source.member}`"))
            rows.append(("SHA-256", f"`{source.member_sha256}`"))
    return "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])


def _source(source: Source) -> str:
    return f"`{source.file}` ({source.size / 1e6:.1f} MB), {source.package} {source.version} on PyPI"


def _files(folder: Path) -> str:
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and file.stat().st_size >= LARGE]
    rows = [
        f"| `{_name(file, folder)}` | {file.stat().st_size / 1e6:.1f} | `{sha256(file)}` |" for file in files
    ]
    return "\n".join(["| file | MB | SHA-256 |", "|---|---|---|", *rows]) if rows else ""


def _name(file: Path, folder: Path) -> str:
    return file.relative_to(folder).as_posix()


def _authors_card(folder: Path) -> str:
    """The authors' text, without its front matter: a card has one."""
    file = folder / "README.md"
    if not file.exists():
        return ""
    text = file.read_text(encoding="utf-8")
    return text.split("\n---\n", 1)[1].strip() if text.startswith("---\n") else text
