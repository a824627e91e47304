"""The heat map finds the extremes, and refuses what is no square of its labels."""

import numpy as np
import pytest

from hflearn import figures

TEXTS = ["late parcel", "slow delivery", "cold soup"]
COSINES = [[1, 0.63, 0.05], [0.63, 1, 0.02], [0.05, 0.02, 1]]


def test_similarity_says_what_is_most_and_least_alike():
    alt = figures.similarity(np.array(COSINES), TEXTS).alt
    assert "Most alike, at 0.63: “late parcel” and “slow delivery”." in alt
    assert "Least alike, at 0.02: “slow delivery” and “cold soup”." in alt


@pytest.mark.parametrize("matrix", [COSINES[:2], [row[:2] for row in COSINES]])
def test_a_matrix_that_does_not_fit_its_labels_is_refused(matrix):
    with pytest.raises(ValueError, match="one row and one column for each of the 3 labels"):
        figures.similarity(matrix, TEXTS)


def test_a_long_text_is_shortened_and_leaves_room_for_the_map():
    texts = ["late " * 30, *TEXTS[1:]]
    figure = figures.similarity(COSINES, texts)
    figure.png()
    [axes] = figure.axes
    assert axes.get_yticklabels()[0].get_text() == "late late late late late late late late …   1"
    assert axes.get_tightbbox().x0 >= 0
