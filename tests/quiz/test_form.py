"""The widgets, driven in Python as a front end drives them."""

import pytest

from hflearn import progress, quiz
from hflearn.quiz.controls import Boxes, Field, Radios, Steps
from hflearn.quiz.schema import Choice, Number, Order, Several


@pytest.fixture
def form():
    return quiz.checkpoint("00").form


def fill(asking, right=True):
    """Put an answer into the controls: a right one, or one of the wrong ones."""
    question, controls = asking.question, asking.controls
    match controls:
        case Radios():
            options = question.shown
            controls.radios.index = next(i for i, option in enumerate(options) if option.right is right)
        case Boxes():
            for option, box in zip(controls.options, controls.widgets, strict=True):
                box.value = option.right is right
        case Field():
            controls.field.value = str(question.answer if right else question.slips[0].answer)
        case Steps():
            for step in question.steps if right else question.steps[::-1]:
                controls.buttons[controls.steps.index(step)].click()


def ask(form, kind):
    """Answer rightly up to the first question of this kind, and return that."""
    while not isinstance(form.asked[-1].question, kind):
        fill(form.asked[-1])
        form.asked[-1].check.click()
    return form.asked[-1]


def test_questions_come_one_at_a_time(form):
    assert len(form.asked) == 1
    assert "Question 1 of 7" in form.asked[0].box.children[0].value


@pytest.mark.parametrize("kind", [Choice, Several, Number, Order])
def test_a_right_answer_brings_the_next_question_and_every_explanation(form, kind):
    asking = ask(form, kind)
    fill(asking)
    asking.check.click()
    assert "<strong>Right.</strong>" in asking.said.value
    assert asking.said.value.count("Because:") == len(asking.question.explained())
    assert form.asked[-1] is not asking


@pytest.mark.parametrize("kind", [Choice, Several, Number, Order])
def test_a_wrong_answer_is_explained_and_may_be_changed(form, kind):
    asking = ask(form, kind)
    fill(asking, right=False)
    asking.check.click()
    assert "<strong>Not yet.</strong>" in asking.said.value
    assert form.asked[-1] is asking
    if kind is Order:
        fill(asking, right=False)  # the same buttons again take the steps back
    fill(asking)
    asking.check.click()
    assert "<strong>Right.</strong>" in asking.said.value


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        (Choice, "Choose an answer first."),
        (Several, "Tick every answer that is right."),
        (Number, "Type a number, in dollars."),
        (Order, "Press every step, in order."),
    ],
)
def test_no_answer_is_no_attempt(form, kind, says):
    asking = ask(form, kind)
    asking.check.click()
    assert says in asking.said.value
    assert asking.question.id not in progress.read().get("quiz 00_welcome", {})


def test_a_step_pressed_again_is_taken_back(form):
    controls = ask(form, Order).controls
    controls.buttons[2].click()
    controls.buttons[0].click()
    assert controls.buttons[2].description.startswith("1.")
    assert controls.buttons[0].description.startswith("2.")
    controls.buttons[2].click()
    assert controls.buttons[2].description.startswith("–")
    assert controls.buttons[0].description.startswith("1.")


def test_a_key_pressed_twice_is_one_attempt(form):
    fill(form.asked[0])
    for _ in range(2):
        form.asked[0].check.click()
        form.asked[0].show.click()
    assert len(form.asked) == 2
    assert [done["attempts"] for done in progress.read()["quiz 00_welcome"].values()] == [1]


def test_what_was_missed_is_reviewed_and_can_be_answered_again(form):
    first = form.asked[0]
    first.show.click()
    while "right at the first try" not in getattr(form.box.children[-2], "value", ""):
        fill(form.asked[-1])
        form.asked[-1].check.click()
    review = form.box.children[-2].value
    assert "6 of 7 right at the first try." in review
    assert review.count("<em>Because:</em>") == len(first.question.explained())
    form.again.click()
    again = form.asked[-1]
    assert again.question == first.question
    fill(again)
    again.check.click()
    assert "1 of 1 right at the first try." in form.box.children[-1].value


def test_the_verdict_is_a_word_that_is_read_out(form):
    fill(form.asked[0], right=False)
    form.asked[0].check.click()
    said = form.asked[0].said.value
    assert 'role="alert"' in said
    assert "color:" not in said
