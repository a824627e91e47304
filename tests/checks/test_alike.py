"""When two results count as the same, and when a function's results as those of a rule."""

import pytest

from hflearn.checks.alike import alike, follows


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("a", "a", True),
        ([1, 2.0], (1, 2.0004), True),
        ([1], [1, 1], False),
        ("1", 1, False),
        (float("nan"), float("nan"), True),
        ([True, 0], [1, 0], True),
        (None, None, True),
        (None, 0, False),
        (object(), object(), False),
    ],
)
def test_alike(one, other, same):
    assert alike(one, other) is same


def test_a_rule_is_followed_where_its_cases_agree():
    doubles = follows(lambda n: 2 * n, [(1,), (2,)])
    assert doubles([2, 4, "whatever comes after them"])
    assert not doubles([2, 5])
