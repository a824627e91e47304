"""What the learner holds: questions as attributes, hints that escalate, a score, a record."""

import subprocess
import sys

import pytest

from hflearn import progress
from hflearn.checks import Exercise, Question, ____, exercise
from hflearn.checks.expect import Number
from hflearn.errors import CourseError


@pytest.fixture
def ex(tmp_path, monkeypatch):
    monkeypatch.setenv("HFLEARN_HOME", str(tmp_path))
    one = Question("One", lambda: Number(1), "  answer = 1\n", (), ("Think.", "It is small."), (), "Good.")
    return Exercise("99_test", {"q1": one, "q2": one})


def test_questions_are_attributes(ex):
    assert repr(ex.q1) == "q1: One"
    assert {"q1", "q2"} <= set(dir(ex))


def test_a_question_that_is_not_there_is_told_which_are(ex):
    with pytest.raises(AttributeError, match="no 'q3': its questions are q1, q2"):
        _ = ex.q3


def shown(capsys):
    return capsys.readouterr().out.splitlines()


def test_hints_escalate_and_end(ex, capsys):
    for _ in range(3):
        ex.q1.hint()
    assert shown(capsys) == [
        "q1 · Hint 1 of 2. Think.",
        "q1 · Hint 2 of 2. It is small.",
        "q1 · No more hints. `ex.q1.solution()` shows one solution.",
    ]


def test_a_hint_beside_the_check_does_not_hide_the_verdict(ex, capsys):
    ex.q1.check(2)
    ex.q1.hint()
    verdict, hint = shown(capsys)
    assert verdict.startswith("q1 · Not yet.")
    assert hint.startswith("q1 · Hint 1")


def test_the_solution_is_the_code_for_the_blank(ex, capsys):
    ex.q1.solution()
    assert shown(capsys)[-1] == "answer = 1"


def test_the_score_counts_the_last_check_of_each(ex, capsys):
    ex.score()
    assert shown(capsys)[-1] == "Score: 0 of 2. Still to do: q1, q2."
    ex.q1.check(1)
    ex.q2.check(1)
    ex.score()
    assert shown(capsys)[-1] == "Score: 2 of 2. All of them."
    ex.q2.check(2)
    ex.score()
    assert shown(capsys)[-1] == "Score: 1 of 2. Still to do: q2."


def test_what_was_checked_is_recorded(ex):
    ex.q1.check(2)
    ex.q1.check(1)
    assert progress.read() == {"99_test": {"q1": {"attempts": 2, "right": True}}}


def test_several_answers_are_asked_for_as_one_tuple(ex, capsys):
    ex.q1.check(1, 2)
    assert "one tuple: `ex.q1.check((first, second))`" in shown(capsys)[-1]
    assert progress.read() == {}


def test_a_blank_is_no_attempt(ex):
    ex.q1.check(____)
    assert progress.read() == {}


@pytest.mark.parametrize("lesson_id", ["nonsense", "", "99"])
def test_an_exercise_that_is_not_there_is_told_which_are(lesson_id):
    with pytest.raises(CourseError, match="the exercises are"):
        exercise(lesson_id)


def test_the_engine_imports_none_of_the_heavy_libraries():
    heavy = {"torch", "transformers", "huggingface_hub", "datasets", "numpy"}
    code = f"import hflearn.checks, sys; print({heavy} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"


@pytest.mark.parametrize("lesson_id", ["01", "02", "05"])
@pytest.mark.parametrize(
    ("chosen", "said"), [("practice", "call hflearn.start"), ("huggingface.co", "unset HFLEARN_HUB")]
)
def test_an_exercise_that_cannot_be_set_up_says_what_to_do(monkeypatch, tmp_path, chosen, said, lesson_id):
    monkeypatch.setenv("HFLEARN_HUB", chosen)
    monkeypatch.setenv("HFLEARN_HOME", str(tmp_path))
    code = f"import hflearn\ntry: hflearn.exercise('{lesson_id}')\nexcept hflearn.CourseError as e: print(e)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert said in done.stdout, done.stderr
