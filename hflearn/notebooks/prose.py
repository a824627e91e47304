"""What a notebook's Markdown holds: headings, links, images."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token
from nbformat import NotebookNode

_MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass
class Prose:
    """The parts of one Markdown cell that can be checked; links and images are (target, text) pairs."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    images: list[tuple[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


def prose(source: str) -> Prose:
    """Parse one cell's Markdown, and the HTML in it."""
    found = Prose()
    tokens = _MARKDOWN.parse(source)
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and following:
            found.headings.append((int(token.tag[1:]), _text(following)))
    for token in _flat(tokens):
        if token.type == "link_open":
            found.links.append(str(token.attrs["href"]))
        elif token.type == "image":
            found.images.append((str(token.attrs["src"]), token.content))
        elif token.type in ("html_block", "html_inline"):
            _add(found, token.content)
    return found


def html_images(html: str) -> list[tuple[str, str]]:
    """(source, alt text) of every img in a piece of HTML."""
    found = Prose()
    _add(found, html)
    return found.images


def anchors(notebook: NotebookNode) -> set[str]:
    """What a link may name after its #: JupyterLab writes a heading's spaces as hyphens, keeps the rest."""
    parts = [prose(cell.source) for cell in notebook.cells if cell.cell_type == "markdown"]
    headings = {text.replace(" ", "-") for part in parts for _, text in part.headings}
    return headings | {name for part in parts for name in part.ids}


class _Elements(HTMLParser):
    def __init__(self, found: Prose) -> None:
        super().__init__()
        self.found = found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "img":
            self.found.images.append((given.get("src", ""), given.get("alt", "")))
        if tag == "a" and "href" in given:
            self.found.links.append(given["href"])
        if name := given.get("id") or given.get("name"):
            self.found.ids.append(name)


def _add(found: Prose, html: str) -> None:
    _Elements(found).feed(html)


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        if token.type != "image":  # an image's children are its alt text
            yield from _flat(token.children or [])


def _text(inline: Token) -> str:
    return "".join(token.content for token in inline.children or [] if token.type in ("text", "code_inline"))
