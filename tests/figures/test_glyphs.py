"""A text is drawn as far as the font goes."""

import pytest

from hflearn.figures.glyphs import drawable


@pytest.mark.parametrize("text", ["My parcel", "naïve ␣⏎⇥", "–"])
def test_what_the_font_has_stays(text):
    assert drawable(text) == drawable(text, "monospace") == text


def test_what_it_lacks_is_a_box():
    assert drawable("a 🚢") == "a □"


def test_a_dollar_begins_no_formula():
    assert drawable("$5") == r"\$5"
