"""The map of attention names its tokens on both sides."""

from hflearn.figures.attention_map import attention_map


def test_rows_attend_and_columns_are_attended_to():
    figure = attention_map([[0.9, 0.1], [0.4, 0.6]], ["late", "$lamp$"], "Layer 0", "A map.")
    axes = figure.axes[0]
    assert (axes.get_ylabel(), axes.get_xlabel()) == ("attends", "attended to")
    assert [label.get_text() for label in axes.get_yticklabels()] == ["late", r"\$lamp\$"]
    assert axes.images[0].get_array().tolist() == [[0.9, 0.1], [0.4, 0.6]]
    assert figure.alt == "A map."
    assert figure.png()
