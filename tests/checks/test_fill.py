"""Code goes where the blank is, and nowhere else."""

import pytest

from hflearn.checks.fill import fill


def test_a_plain_blank():
    assert fill("a = ____\nex.q1.check(a)", "a = 1") == "a = 1\nex.q1.check(a)"


def test_the_code_takes_the_blanks_indentation():
    assert fill("def f():\n    return ____\n\ng(f)", "\n  x = 1\n  return x\n") == (
        "def f():\n    x = 1\n    return x\n\ng(f)"
    )


def test_from_the_first_blank_to_the_last():
    assert fill("a = ____\nb = 2\nc = ____\nd(c)", "a, c = 1, 3") == "a, c = 1, 3\nd(c)"


def test_a_cell_without_a_blank_is_refused():
    with pytest.raises(ValueError, match="no blank"):
        fill("a = 1", "a = 2")
