"""A picture in the patches that a Vision Transformer reads."""

import numpy as np
import pytest

from hflearn import figures


def test_patches_are_drawn_in_the_order_in_which_they_are_read():
    image = np.kron([[-1.0, -0.5], [0.5, 1.0]], np.ones((2, 2)))  # four patches, a shade each
    figure = figures.patches(image, 2)
    drawn = {
        axes.get_title(loc="center"): axes.images[0].get_array() for axes in _axes(figure) if axes.images
    }
    assert [float(drawn[number].mean()) for number in "1234"] == [-1.0, -0.5, 0.5, 1.0]


def test_the_figure_says_in_words_how_many_tokens_the_picture_becomes():
    assert "4 by 4 patches" in figures.patches(np.zeros((8, 8)), 2).alt
    assert "16 tokens" in figures.patches(np.zeros((8, 8)), 2).alt


def test_of_a_large_picture_the_first_patches_are_drawn():
    assert "the first 16 are shown" in figures.patches(np.zeros((224, 224)), 16).alt


def test_patches_that_do_not_cover_the_picture_are_refused():
    with pytest.raises(ValueError, match="3 × 3"):
        figures.patches(np.zeros((8, 8)), 3)


def _axes(figure):
    return [axes for part in figure.subfigs for axes in part.axes]
