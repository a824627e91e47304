"""The questions themselves: keys that hold, and no way to guess them from their looks."""

import re

import pytest

from hflearn import course, quiz
from hflearn.quiz.loading import BANK
from hflearn.quiz.schema import Choice, Number, Order, Several

LESSONS = [lesson.id for lesson in course.lessons()]
ALL = [(lesson, question) for lesson in LESSONS for question in quiz.questions(lesson)]
KEYS = [(f"{lesson}/{q.id}", q.computes, q.key) for lesson, q in ALL if q.computes] + [
    (f"{lesson}/{q.id}: {slip.answer:g}", slip.computes, slip.answer)
    for lesson, q in ALL
    if isinstance(q, Number)
    for slip in q.slips
    if slip.computes
]
CLEARLY_LONGER = 1.25


def of_kind(*kinds):
    return [
        pytest.param(question, id=f"{lesson}/{question.id}")
        for lesson, question in ALL
        if isinstance(question, kinds)
    ]


def texts(question):
    """Every text that a learner may be shown."""
    shown = [
        question.asks,
        *(part for answer in question.explained() for part in (answer.says, answer.because)),
    ]
    return [*shown, getattr(question, "because", ""), getattr(question, "otherwise", "")]


@pytest.mark.parametrize("lesson", LESSONS)
def test_each_lesson_has_six_to_ten_questions(lesson):
    assert 6 <= len(quiz.questions(lesson)) <= 10


def test_every_file_belongs_to_a_lesson():
    assert {file.stem for file in BANK.iterdir()} <= set(LESSONS)


def test_ids_are_unique_in_the_whole_course():
    ids = [question.id for _, question in ALL]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize(("code", "key"), [pytest.param(code, key, id=name) for name, code, key in KEYS])
def test_the_key_is_what_the_snippet_computes(code, key):
    space: dict[str, object] = {}
    exec(code, space)
    assert space["answer"] == (pytest.approx(key) if isinstance(key, float) else key)


@pytest.mark.parametrize("question", of_kind(Number))
def test_every_number_is_computed(question):
    assert question.computes


@pytest.mark.parametrize("question", of_kind(Choice, Several, Number, Order))
def test_an_explanation_is_a_sentence_of_its_own(question):
    reasons = [answer.because for answer in question.explained()]
    assert len(set(reasons)) == len(reasons)
    assert all(len(reason.split()) >= 5 and reason.endswith((".", "?")) for reason in reasons)


@pytest.mark.parametrize("question", of_kind(Choice, Several))
def test_no_option_stands_for_the_others(question):
    # Options are shuffled, so “the above” is anywhere; and “none” or “all” is a riddle, not a decision.
    for option in question.options:
        assert not re.search(
            r"(?i)\b(all|none|both|neither|any) of (the|these|them)\b|\babove\b", option.says
        )


def test_the_longest_option_is_not_the_safe_guess():
    choices = [question for _, question in ALL if isinstance(question, Choice)]
    given_away = [question.id for question in choices if _right_is_clearly_longest(question)]
    assert len(given_away) <= 0.3 * len(choices), given_away


def test_no_place_in_the_list_is_the_safe_guess():
    choices = [question for _, question in ALL if isinstance(question, Choice)]
    places = [[option.right for option in question.shown].index(True) for question in choices]
    assert all(places.count(place) <= 0.6 * len(places) for place in set(places)), places


@pytest.mark.parametrize("question", of_kind(Choice, Several, Number, Order))
def test_the_tone_is_the_courses(question):
    for text in texts(question):
        assert not re.search(
            r"(?i)\b(simply|just|obviously|clearly|crucial|powerful|let's)\b|!(?!=)", text
        ), text


def _right_is_clearly_longest(question):
    right = next(len(option.says) for option in question.options if option.right)
    return right > CLEARLY_LONGER * max(len(option.says) for option in question.options if not option.right)
