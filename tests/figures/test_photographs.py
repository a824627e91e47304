"""Photographs keep their colours, whatever their shapes, and each has its caption."""

import numpy as np
import pytest

from hflearn import figures

COLOURED, GREY = np.zeros((4, 6, 3), dtype=np.uint8), np.full((5, 3), 128, dtype=np.uint8)


def test_photographs_of_different_shapes_stand_side_by_side():
    figure = figures.photographs([COLOURED, GREY], ["black", "grey"], alt="Two plain pictures.")
    assert [axes.images[0].get_array().shape for axes in figure.axes] == [(4, 6, 3), (5, 3)]


def test_each_photograph_has_its_caption():
    figure = figures.photographs([COLOURED, GREY], ["black", "grey"], alt="Two plain pictures.")
    assert [axes.get_xlabel() for axes in figure.axes] == ["black", "grey"]


def test_a_photograph_without_a_caption_is_an_error():
    with pytest.raises(ValueError):
        figures.photographs([COLOURED, GREY], ["black"], alt="Two plain pictures.")
