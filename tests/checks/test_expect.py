"""What is right, and what is said about what is not."""

from collections import Counter
from fractions import Fraction
from types import SimpleNamespace
from unittest.mock import ANY, MagicMock

import numpy as np
import pytest

from hflearn.checks.expect import Array, Counts, Number, Parts, Same, Strings, Text


class Yes(str):
    """A string that claims to equal everything."""

    def __eq__(self, other):
        return True

    __hash__ = str.__hash__


class Repr:
    def __repr__(self):
        raise RuntimeError("no")


RIGHT = [
    (Number(2.0), 2),
    (Number(2.0), np.float32(2)),
    (Number(2.0), np.array(2.0)),
    (Number(2.0), Fraction(2)),
    (Number(100.0, rel=0.01), 100.9),
    (Number(90.85, abs=1), 90),
    (Text("a"), "a"),
    (Text("a"), type("RepoUrl", (str,), {})("a")),
    (Same(None), None),
    (Strings(["a", "b"]), ["a", "b"]),
    (Strings(["a", "b"]), ("a", "b")),
    (Strings(["a", "b"], ordered=False), {"b", "a"}),
    (Counts({"a": 2}), Counter("aa")),
    (Counts({"a": 2}), {"a": np.int64(2)}),
    (Parts({"id": Text("a"), "size": Number(1)}), ("a", 1)),
    (Array([[1, 2], [3, 4]]), np.array([[1.0, 2.0], [3.0, 4.00001]])),
    (Array([1, 2]), [1, 2]),
]


@pytest.mark.parametrize(("expectation", "answer"), RIGHT)
def test_right(expectation, answer):
    assert expectation.complaint(answer) is None


@pytest.mark.parametrize(
    "lazy",
    [(name for name in "ab"), map(str, "ab"), {"a": 1, "b": 2}.keys()],
    ids=["generator", "map", "keys"],
)
def test_what_gives_strings_one_by_one_is_listed(lazy):
    assert Strings(["a", "b"]).observe(lazy) == ["a", "b"]


WRONG = [
    (Number(2.0), 3, "the number 3 has the right type, not the right value"),
    (Number(2.0, unit="MB"), "2", r"Expected a number \(MB\), got the string '2'"),
    (Number(1.0), True, "got True"),
    (Number(2.0), float("nan"), "not the right value"),
    (Number(2.0), np.array([2.0, 2.0]), r"an array \(ndarray\) of shape \(2,\)"),
    (Number(2.0), None, "got None"),
    (Number(2.0), "2.0", "digits are text"),
    (Number(2.0, unit="MB"), 2e6, "right in bytes; the answer is wanted in MB"),
    (Number(2e9, unit="bytes"), 2e9 / 2**30, r"right in GiB \(1,073,741,824 bytes\)"),
    (Number(24_096, unit="bytes"), 0.024, "right in MB"),
    (Number(24_096, unit="bytes"), 0, "not the right value"),
    (Number(2.0, unit="MB", abs=1), 3.1, "not the right value"),
    (Text("a"), "b", "the string 'b' is not the right one"),
    (Text("a"), Yes("b"), "is not the right one"),
    (Text("a", kind="a commit id"), 7, "Expected a commit id, got the number 7"),
    (Text("a"), " A", "right but for capitals or spaces"),
    (Text("a\n"), "a", "right but for capitals or spaces"),
    (Text("a/b"), "b", "owner is missing"),
    (Strings(["a/b", "a/c"]), ["b"], "owner is missing"),
    (Same(None), 0, "not what it should give"),
    (Strings(["a", "b"]), ["b", "a"], "in another order"),
    (Strings(["a", "b"]), ["a"], "of your 1, 1 belong there, and 1 is missing"),
    (Strings(["a", "b"], ordered=False), ["a", "a"], "1 belong"),
    (
        Strings(["a"], kind="repository ids"),
        [SimpleNamespace()],
        "one of which is an object of type SimpleNamespace",
    ),
    (Strings(["a"]), "a", "Expected a list of strings, got the string"),
    (Counts({"a": 2}), {"a": 3}, "the keys are right, 0 of the 1 counts are"),
    (Counts({"a": 2}), {"b": 2}, "its keys are not the right ones"),
    (Counts({"a": 2}), ["a", "a"], "got a list of 2 items"),
    (Parts({"id": Text("a"), "size": Number(1)}), ("a", 2), "`size`: Expected a number"),
    (Parts({"id": Text("a"), "size": Number(1)}), (1, "a"), r"in another order: they go \(id, size\)"),
    (Parts({"id": Text("a"), "size": Number(1)}), "ab", r"the 2 parts \(id, size\), got the string"),
    (Parts({"id": Text("a"), "size": Number(1)}), ("a",), "got 1"),
    (Array([[1, 2]]), np.zeros((2, 2)), r"shape \(1, 2\), got one of shape \(2, 2\)"),
    (Array([1, 2]), [1, 3], "1 of the 2 values are not"),
    (Array([1, 2]), "12", r"an array of shape \(2,\), got the string"),
    (Array([1, 2]), ["a", "b"], "got a list of 2 items"),
]


@pytest.mark.parametrize(("expectation", "answer", "said"), WRONG)
def test_wrong_says_what_was_expected_and_got(expectation, answer, said):
    with pytest.raises(AssertionError, match=said):
        raise AssertionError(expectation.complaint(answer))


@pytest.mark.parametrize("expectation", [pair[0] for pair in RIGHT])
@pytest.mark.parametrize(
    "odd",
    [ANY, MagicMock(), Yes("x"), Repr(), object(), "x" * 10**6, [[], {}]],
    ids=["ANY", "MagicMock", "Yes", "Repr", "object", "huge", "nested"],
)
def test_nothing_that_says_yes_to_everything_is_right(expectation, odd):
    said = expectation.complaint(odd)
    assert said
    assert len(said) < 400


@pytest.mark.parametrize(
    ("expectation", "answer", "secret"),
    [
        (Number(4321.0), 17, "4321"),
        (Text("secret"), "b", "secret"),
        (Strings(["secret"]), ["b"], "secret"),
        (Counts({"secret": 4321}), {"a": 1}, "secret"),
        (Counts({"secret": 4321}), {"secret": 1}, "4321"),
        (Array([4321.0]), [0.0], "4321"),
    ],
)
def test_no_message_gives_the_answer_away(expectation, answer, secret):
    assert secret not in expectation.complaint(answer)
