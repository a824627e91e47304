"""What of a text matplotlib can draw."""

from functools import cache

from matplotlib.font_manager import FontProperties, findfont, get_font


def drawable(text: str, family: str = "sans-serif") -> str:
    """The text with a box for each character that the font lacks: most emoji, many scripts."""
    # A dollar sign would begin a formula.
    return "".join(c if ord(c) in _glyphs(family) else "□" for c in text).replace("$", r"\$")


@cache
def _glyphs(family: str) -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family=[family]))).get_charmap())
