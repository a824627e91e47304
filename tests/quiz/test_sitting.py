"""One go through a quiz: the score counts first tries, the record keeps everything."""

import pytest

from hflearn import progress, quiz
from hflearn.quiz.schema import Choice
from hflearn.quiz.sitting import Sitting


@pytest.fixture
def sitting():
    choices = [question for question in quiz.questions("01") if isinstance(question, Choice)]
    return Sitting("01_hub", choices[:3])


def right(question):
    return next(option for option in question.options if option.right)


def wrong(question):
    return next(option for option in question.options if not option.right)


def test_a_first_try_counts_and_a_second_does_not(sitting):
    first, second, third = sitting.questions
    sitting.answer(first, right(first))
    sitting.answer(second, wrong(second))
    sitting.answer(second, right(second))
    sitting.answer(third, right(third))
    assert sitting.score == "2 of 3 right at the first try."
    assert sitting.missed == [second]


def test_an_answer_that_was_shown_counts_as_missed(sitting):
    first = sitting.questions[0]
    sitting.give_up(first)
    sitting.answer(first, right(first))
    assert first in sitting.missed


def test_questions_not_reached_are_missed(sitting):
    assert sitting.missed == sitting.questions
    assert sitting.reached == 0


def test_each_answer_is_recorded_at_once(sitting):
    first = sitting.questions[0]
    sitting.answer(first, wrong(first))
    assert progress.read() == {"quiz 01_hub": {first.id: {"attempts": 1, "right": False}}}
    sitting.answer(first, right(first))
    assert progress.read() == {"quiz 01_hub": {first.id: {"attempts": 2, "right": True}}}


def test_an_answer_that_was_shown_is_no_attempt(sitting):
    sitting.give_up(sitting.questions[0])
    assert progress.read() == {}
