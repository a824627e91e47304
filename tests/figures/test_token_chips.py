"""Chips wrap like text, and are told apart without colour."""

import warnings

from matplotlib.patches import Rectangle

from hflearn.figures.token_chips import token_chips


def chips(figure):
    return [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]


def test_every_chip_has_its_text_and_its_small_print():
    figure = token_chips([("two tokens", [("My", "2026\n0–2", ""), ("lamp", "10437\n3–7", "")])], "Two.")
    written = [text.get_text() for text in figure.axes[0].texts]
    assert written == ["two tokens", "My", "2026\n0–2", "lamp", "10437\n3–7"]
    assert figure.alt == "Two."


def test_marks_are_told_by_their_line():
    marked = [("[CLS]", "101", "special"), ("☃", "100", "unknown"), ("my", "2026", "")]
    special, unknown, plain = chips(token_chips([("three", marked)], "Three."))
    assert special.get_linestyle() == "--"
    assert unknown.get_linestyle() == "-"
    assert unknown.get_edgecolor() != unknown.get_facecolor()
    assert plain.get_edgecolor() == plain.get_facecolor()


def test_many_chips_make_many_lines_inside_the_figure():
    figure = token_chips([("many", [("lamp", "10437\n0–4", "")] * 60)], "Many.")
    [axes] = figure.axes
    tops = {chip.get_y() for chip in chips(figure)}
    assert len(tops) > 2
    assert max(tops) < axes.get_ylim()[0]
    assert max(chip.get_x() + chip.get_width() for chip in chips(figure)) <= axes.get_xlim()[1]


def test_what_the_font_lacks_makes_no_noise():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        token_chips(
            [("all sorts", [("🚢", "1", ""), ("訂單", "2", ""), ("$a$", "3", "")])], "All sorts."
        ).png()
