"""How answers are judged, and in what order they are shown."""

import pytest

from hflearn.quiz.schema import QUESTION, Choice, Number, Order, Several


def options(*right_or_wrong):
    return [
        {"says": f"option {i}", "because": f"because {i}", "right": right}
        for i, right in enumerate(right_or_wrong)
    ]


def make(kind, **fields):
    return QUESTION.validate_python({"id": "x", "kind": kind, "asks": "What?", **fields})


@pytest.fixture
def choice() -> Choice:
    return make("choice", options=options(False, True, False))


@pytest.fixture
def several() -> Several:
    return make("several", options=options(True, True, False))


@pytest.fixture
def number() -> Number:
    slips = [{"answer": 3, "because": "That is half."}]
    return make("number", answer=6, within=0.1, unit="GB", because="Yes.", otherwise="Multiply.", slips=slips)


@pytest.fixture
def order() -> Order:
    steps = [
        {"says": name, "because": f"{name} needs what is before it."} for name in ("one", "two", "three")
    ]
    return make("order", because="In this order.", steps=steps)


def test_a_choice_says_why_of_the_option_that_was_chosen(choice):
    outcomes = [choice.judge(option) for option in choice.options]
    assert [(outcome.right, outcome.says) for outcome in outcomes] == [
        (False, "because 0"),
        (True, "because 1"),
        (False, "because 2"),
    ]


def test_several_are_right_together_only(several):
    first, second, third = several.options
    assert several.judge([second, first]).right
    assert not several.judge([first]).right
    assert not several.judge([first, second, third]).right


def test_several_names_what_does_not_belong_and_counts_what_is_missing(several):
    first, _, third = several.options
    assert several.judge([first, third]).says == (
        "“option 2” does not belong: because 2\n\nOne more belongs there."
    )
    assert several.judge([third]).says.endswith("2 more belong there.")


@pytest.mark.parametrize(
    ("given", "right", "says"),
    [
        (6, True, "Yes."),
        (6.1, True, "Yes."),
        (6.2, False, "Multiply."),
        (3.05, False, "That is half."),
        (-6, False, "Multiply."),
    ],
)
def test_a_number_is_right_within_its_tolerance_and_slips_are_known(number, given, right, says):
    outcome = number.judge(given)
    assert (outcome.right, outcome.says) == (right, says)


def test_an_order_names_the_first_step_that_comes_too_early(order):
    one, two, three = order.steps
    assert order.judge([one, two, three]).right
    assert order.judge([one, three, two]).says == (
        "The first step is in its place. “three” comes too early: three needs what is before it."
    )
    assert order.judge([two, one, three]).says.startswith("“two” comes too early")


def test_options_are_shown_in_the_same_order_every_time(choice):
    assert [option.says for option in choice.shown] == [option.says for option in choice.shown]
    assert sorted(option.says for option in choice.shown) == ["option 0", "option 1", "option 2"]


@pytest.mark.parametrize("id", ["a", "b", "c", "d", "e", "f"])
def test_steps_are_never_shown_in_the_right_order(order, id):
    assert tuple(order.model_copy(update={"id": id}).shown) != order.steps
