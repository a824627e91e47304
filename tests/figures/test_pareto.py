"""What another one beats in both is told apart from what nothing beats."""

from hflearn import figures

POINTS = {"large": (500.0, 1.0), "waste": (300.0, 0.8), "small": (100.0, 0.8)}


def words(points):
    return figures.pareto(points, cost="file, MB", quality="agreement").alt


def test_the_words_name_the_beaten_and_the_others():
    assert "Nothing beats: small (100, 0.80), large (500, 1.00). Beaten: waste (300, 0.80)." in words(POINTS)


def test_equal_candidates_do_not_beat_each_other():
    assert "Beaten: none." in words({"one": (100.0, 0.9), "other": (100.0, 0.9)})


def test_only_what_nothing_beats_is_joined():
    axes = figures.pareto(POINTS, cost="file, MB", quality="agreement").axes[0]
    assert [list(line.get_xdata()) for line in axes.lines] == [[100.0, 500.0]]
