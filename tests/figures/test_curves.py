"""A panel a run; the words say where each line begins, ends and lies lowest."""

from hflearn import figures

OVERFIT = {
    "training": [(1, 0.6), (2, 0.3), (3, 0.1)],
    "validation": [(1, 0.62), (2, 0.5), (3, 0.7)],
}


def test_curves_say_where_a_line_begins_ends_and_is_lowest():
    alt = figures.curves({"too long": OVERFIT}).alt
    assert "too long: training from 0.60 to 0.10, lowest 0.10 at epoch 3" in alt
    assert "validation from 0.62 to 0.70, lowest 0.50 at epoch 2" in alt


def test_each_run_has_a_panel_under_its_name():
    panels = figures.curves({"one": OVERFIT, "other": OVERFIT}).axes
    assert [panel.get_title(loc="left") for panel in panels] == ["one", "other"]


def test_the_lowest_validation_point_is_marked_and_no_other():
    marked = [
        line for line in figures.curves({"too long": OVERFIT}).axes[0].lines if line.get_marker() == "o"
    ]
    assert [line.get_xydata().tolist() for line in marked] == [[[2.0, 0.5]]]


def test_the_axes_are_called_as_asked():
    panel = figures.curves({"sweep": {"loss": [(1e-4, 0.5)]}}, x="rate", y="loss after 10 steps").axes[0]
    assert (panel.get_xlabel(), panel.get_ylabel()) == ("rate", "loss after 10 steps")
