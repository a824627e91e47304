"""Bars of the next token: kept and cut are told apart by a word."""

import pytest

from hflearn.figures.next_token import Bar, next_token


@pytest.fixture
def figure():
    model = [Bar("␣Paris", 0.8, 0.8), Bar("$x$", 0.2, 0.2)]
    cut = [Bar("␣Paris", 1.0, 0.8), Bar("$x$", 0.0, 0.2, cut="top-p")]
    return next_token([("as it is", model), ("top-p", cut)], "Two panels.")


def test_each_setting_has_its_panel(figure):
    assert [axes.get_title(loc="left") for axes in figure.axes] == ["as it is", "top-p"]
    assert figure.alt == "Two panels."
    assert figure.png()


def test_bars_are_as_long_as_the_chances(figure):
    lengths = [[bar.get_width() for bar in bars] for bars in figure.axes[1].containers]
    assert lengths == [[0.8, 0.2], [1.0, 0.0]]


def test_what_is_cut_says_so(figure):
    said = [[text.get_text().strip() for text in axes.texts] for axes in figure.axes]
    assert said == [["80%", "20%"], ["100%", "cut"]]
