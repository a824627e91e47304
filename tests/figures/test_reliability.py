"""A point for each score that enough answers have, and the words say where it lies."""

import pytest

from hflearn import figures

SURE_AND_WRONG = ([0.95, 0.95, 0.97, 0.97], [True, False, False, False])


def test_reliability_says_the_score_and_the_share_that_is_right():
    alt = figures.reliability({"proud": SURE_AND_WRONG}, fewest=4).alt
    assert "proud: score 0.96, right 0.25 of 4." in alt


def test_reliability_leaves_out_what_too_few_answers_say():
    axes = figures.reliability(
        {"proud": ([*SURE_AND_WRONG[0], 0.5], [*SURE_AND_WRONG[1], True])}, fewest=4
    ).axes[0]
    line = axes.containers[0].lines[0]
    assert line.get_xdata() == pytest.approx([0.96])


def test_a_score_of_one_lies_in_the_uppermost_bin():
    axes = figures.reliability({"certain": ([1.0, 1.0], [True, True])}, fewest=2).axes[0]
    assert axes.containers[0].lines[0].get_ydata() == pytest.approx([1.0])
