"""The measures themselves, by hand."""

import pytest

from hflearn.stock.quality.ner import scores, spans
from hflearn.stock.quality.transcribe import word_error_rate, words


@pytest.mark.parametrize(
    ("heard", "rate"),
    [
        ("call us at home", 0),
        ("Call us, at home!", 0),
        ("call us at Rome", 1 / 4),
        ("call at home", 1 / 4),
        ("call us all at home", 1 / 4),
        ("", 1),
    ],
)
def test_the_word_error_rate_counts_changed_dropped_and_added_words(heard, rate):
    assert word_error_rate(words("Call us at home."), words(heard)) == pytest.approx(rate)


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        ("O O", set()),
        ("B-person I-person O", {(0, 2, "person")}),
        ("O B-person", {(1, 2, "person")}),
        ("B-person B-person", {(0, 1, "person"), (1, 2, "person")}),
        ("B-person I-location", {(0, 1, "person"), (1, 2, "location")}),
        ("O I-person I-person", {(1, 3, "person")}),
    ],
)
def test_a_span_ends_where_its_kind_or_its_label_does(labels, found):
    assert spans(labels.split()) == found


def test_a_span_is_right_only_with_both_ends_and_its_kind():
    true = {(0, 2, "person"), (3, 4, "location"), (5, 6, "group")}
    said = {(0, 2, "person"), (3, 5, "location"), (5, 6, "product"), (7, 8, "person")}
    assert scores([(true, said)]) == pytest.approx((1 / 4, 1 / 3, 2 / 7))


def test_a_model_that_finds_nothing_scores_nought():
    assert scores([({(0, 1, "person")}, set())]) == (0, 0, 0)
