"""What may be typed for an answer, and what is said to anything else."""

import pytest

from hflearn.quiz.schema import QUESTION
from hflearn.quiz.typed import number, read

OPTIONS = [{"says": s, "because": "Since.", "right": s == "one"} for s in ("one", "two", "three")]
STEPS = [{"says": s, "because": "Since."} for s in ("one", "two", "three")]
CHOICE = QUESTION.validate_python({"id": "c", "kind": "choice", "asks": "?", "options": OPTIONS})
SEVERAL = QUESTION.validate_python({"id": "s", "kind": "several", "asks": "?", "options": OPTIONS})
ORDER = QUESTION.validate_python({"id": "o", "kind": "order", "asks": "?", "because": "So.", "steps": STEPS})


@pytest.mark.parametrize("typed", ["b", " B ", "b,"])
def test_a_letter_names_the_option_as_shown(typed):
    assert read(CHOICE, typed) == CHOICE.shown[1]


@pytest.mark.parametrize("typed", ["a c", "ac", "A, C", "c;a"])
def test_letters_name_several(typed):
    assert set(read(SEVERAL, typed)) == {SEVERAL.shown[0], SEVERAL.shown[2]}


@pytest.mark.parametrize("typed", ["c a b", "cab", "c > a > b"])
def test_letters_name_an_order(typed):
    assert read(ORDER, typed) == [ORDER.shown[2], ORDER.shown[0], ORDER.shown[1]]


@pytest.mark.parametrize(
    ("question", "typed", "says"),
    [
        (CHOICE, "", "Type one letter, a to c."),
        (CHOICE, "d", "Type one letter, a to c."),
        (CHOICE, "ab", "Type one letter, a to c."),
        (CHOICE, "the first", "Type one letter, a to c."),
        (SEVERAL, "1 2", "Type the letter of each that is right, as in: a c."),
        (SEVERAL, "a a", "Type the letter of each that is right, as in: a c."),
        (ORDER, "a b", "Type the letters in their order, as in: a b c."),
    ],
)
def test_anything_else_is_told_what_to_type(question, typed, says):
    with pytest.raises(ValueError, match=f"^{says}$"):
        read(question, typed)


@pytest.mark.parametrize(
    ("typed", "means"),
    [("6", 6), (" 2.5 GB", 2.5), ("2.5gb", 2.5), (".5", 0.5), ("-1", -1), ("$6", 6), ("1e3", 1000)],
)
def test_a_number_may_carry_its_unit(typed, means):
    assert number(typed, "GB") == means


@pytest.mark.parametrize("typed", ["", "six", "6 MB", "nan", "inf", "1e999", "6 6", "GB"])
def test_no_number_no_answer(typed):
    with pytest.raises(ValueError, match=r"^Type a number, in GB\.$"):
        number(typed, "GB")


def test_a_comma_is_not_guessed_at():
    with pytest.raises(ValueError, match="without a comma"):
        number("1,000", "GB")
