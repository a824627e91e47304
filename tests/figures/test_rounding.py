"""A histogram over grids: each value of a grid is a line, each grid has its label."""

import pytest

from hflearn.figures.rounding import Histogram, rounding


@pytest.fixture
def figure():
    settings = [
        ("one scale", [("all weights", [-1.0, 0.0, 1.0])]),
        ("two scales", [("channel 0", [0.0]), ("channel 1", [-0.5, 0.0, 0.5])]),
    ]
    return rounding(Histogram([1, 4, 1], 1.5), settings, "A bell over two grids.")


def test_the_weights_stand_above_the_settings(figure):
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == ["The weights", "one scale", "two scales"]
    assert [bar.get_height() for bar in figure.axes[0].patches] == [1, 4, 1]
    assert figure.alt == "A bell over two grids."
    assert figure.png()


def test_each_grid_is_a_strip_of_lines_where_its_values_are(figure):
    below = figure.axes[2]
    assert [label.get_text() for label in below.get_yticklabels()] == ["channel 0", "channel 1"]
    lines = [[float(path[0][0]) for path in strip.get_segments()] for strip in below.collections]
    assert lines == [[0.0], [-0.5, 0.0, 0.5]]


def test_all_share_one_axis(figure):
    assert {axes.get_xlim() for axes in figure.axes} == {(-1.5, 1.5)}
