"""The measures themselves, by hand."""

import pytest

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
