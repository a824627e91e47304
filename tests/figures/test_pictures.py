"""A row of pictures, a caption each."""

import numpy as np
import pytest

from hflearn import figures


def test_pictures_stand_in_a_row_under_their_captions():
    figure = figures.pictures([np.zeros((8, 8)), np.ones((8, 8))], ["first", "last"], alt="Grey, then white.")
    assert [axes.get_title() for axes in figure.axes] == ["first", "last"]
    assert figure.alt == "Grey, then white."


def test_a_picture_without_its_caption_is_refused():
    with pytest.raises(ValueError):
        figures.pictures([np.zeros((8, 8))] * 2, ["first"], alt="Grey twice.")
