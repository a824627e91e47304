"""A card's Markdown as HTML that can do nothing: no scripts, forms, styles or pictures from elsewhere."""

import re
from collections.abc import Sequence
from copy import deepcopy
from functools import lru_cache
from itertools import zip_longest
from urllib.parse import urljoin, urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from markupsafe import Markup

from .. import cards

LIMIT = 200_000  # characters; a thousand take 3 ms
_MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_COMMENTS = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_PREFIX = "card-"  # ids in a card must not be taken for the page's own


@lru_cache(maxsize=16)
def render(readme: str, files: str, pictures: str) -> Markup:
    """The card below its YAML block. `files` and `pictures` are the folders that relative links lead to."""
    tokens = _MARKDOWN.parse(cards.FRONT_MATTER.sub("", readme, count=1)[:LIMIT])
    _demote_and_name_headings(tokens)
    return _clean(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}), files, pictures)


def plain(text: str) -> Markup:
    """A comment: the same Markdown, without HTML of the writer's own."""
    return _clean(_COMMENTS.render(text[:LIMIT]), "", "")


def _demote_and_name_headings(tokens: Sequence[Token]) -> None:
    """The page has an h1 already; and a card's own table of contents should lead somewhere."""
    for token, following in zip_longest(tokens, tokens[1:]):
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
        if token.type == "heading_open" and following:
            token.attrSet("id", _slug(following.content))


def _picture(
    renderer: RendererHTML, tokens: Sequence[Token], place: int, options: OptionsDict, env: EnvType
) -> str:
    """A picture of the repository's own; one from elsewhere would not load, so its text stands for it."""
    token = tokens[place]
    if _elsewhere(str(token.attrGet("src") or "")):
        return escapeHtml(renderer.renderInlineAsText(token.children, options, env))
    return renderer.image(tokens, place, options, env)


for _markdown in (_MARKDOWN, _COMMENTS):
    _markdown.add_render_rule("image", _picture)


def _slug(title: str) -> str:
    return re.sub(r"[^\w-]", "", title.strip().lower().replace(" ", "-"))


@lru_cache(maxsize=1)
def _attributes() -> dict[str, set[str]]:
    allowed: dict[str, set[str]] = deepcopy(nh3.ALLOWED_ATTRIBUTES)
    for heading in _HEADINGS:
        allowed[heading] = {"id"}
    allowed["img"] = {"src", "alt", "width", "height"}
    allowed["a"] = {"href", "title"}
    return allowed


def _clean(html: str, files: str, pictures: str) -> Markup:
    def settle(tag: str, name: str, value: str) -> str | None:
        if name == "id":
            return _PREFIX + value
        if name == "href":
            return f"#{_PREFIX}{value[1:]}" if value.startswith("#") else _below(files, value)
        if name == "src":
            return None if _elsewhere(value) else _below(pictures, value)
        return value

    cleaned = nh3.clean(
        html,
        tags=nh3.ALLOWED_TAGS | {"details", "summary"},
        attributes=_attributes(),
        attribute_filter=settle,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return Markup(cleaned)


def _elsewhere(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:  # "http://[" is no link at all
        return True
    return bool(parts.scheme or parts.netloc)


def _below(folder: str, link: str) -> str:
    return link if _elsewhere(link) or link.startswith("/") or not folder else urljoin(folder, link)
