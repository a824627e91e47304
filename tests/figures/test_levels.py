"""A stroke for each level, and the words say how many lie where most weights do."""

from hflearn import figures

WEIGHTS = [-1.0, -0.2, -0.1, 0.1, 0.2]
GRIDS = {"even": [-1.0, 0.0, 1.0], "dense": [-1.0, -0.2, 0.0, 0.2, 1.0]}


def test_each_grid_has_a_stroke_a_level():
    below = figures.levels(WEIGHTS, GRIDS).axes[1]
    assert [len(strokes.get_segments()) for strokes in below.collections] == [3, 5]
    assert [label.get_text() for label in below.get_yticklabels()] == ["even, 3 levels", "dense, 5 levels"]


def test_the_words_count_what_lies_in_the_inner_half():
    alt = figures.levels(WEIGHTS, GRIDS).alt
    assert "80% lie in the inner half" in alt
    assert "even has 1 of its 3 levels there; dense has 3 of its 5 levels there" in alt
