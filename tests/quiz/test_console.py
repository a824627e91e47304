"""The quiz in a terminal, typed at by scripts and by a keyboard that is pulled out."""

import os
import signal
import subprocess
import sys
import time
from string import ascii_lowercase as LETTERS

import pytest

from hflearn import progress, quiz
from hflearn.errors import CourseError
from hflearn.quiz.schema import Choice, Number, Order, Several

QUIZ = [sys.executable, "-c", "import sys; from hflearn import quiz; quiz.terminal(sys.argv[1])"]


def sit(lesson, *lines):
    """Type these lines, then end the input; what was printed."""
    typed = "".join(f"{line}\n" for line in lines)
    done = subprocess.run([*QUIZ, lesson], input=typed, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def right(question):
    match question:
        case Choice() | Several():
            return " ".join(letter for letter, one in zip(LETTERS, question.shown, strict=False) if one.right)
        case Order():
            return " ".join(LETTERS[question.shown.index(step)] for step in question.steps)
        case Number():
            return f"{question.answer}"


def wrong(question):
    return str(question.slips[0].answer) if isinstance(question, Number) else right(question)[::-1]


def words(text):
    """Without the folding, which is the window's."""
    return " ".join(text.split())


@pytest.mark.parametrize("lesson", ["00", "01"])
def test_all_right(lesson):
    asked = quiz.questions(lesson)
    said = sit(lesson, *map(right, asked))
    assert said.count("Right.") == len(asked)
    assert f"Question {len(asked)} of {len(asked)}" in said
    assert f"{len(asked)} of {len(asked)} right at the first try." in said
    assert "Missed" not in said


def test_a_wrong_answer_is_told_its_thought_and_may_be_mended():
    first, *rest = quiz.questions("00")
    letter, chosen = next(
        (letter, one) for letter, one in zip(LETTERS, first.shown, strict=False) if not one.right
    )
    said = words(sit("00", letter, right(first), *map(right, rest), "n"))
    assert f"Not yet. {words(chosen.because)}" in said
    assert f"{len(rest)} of {len(rest) + 1} right at the first try." in said


def test_what_was_missed_is_explained_at_the_end_and_can_be_answered_again():
    first, *rest = quiz.questions("00")
    said = words(sit("00", "?", *map(right, rest), "y", right(first)))
    review = said[said.index("Missed:") :]
    assert all(words(option.because) in review for option in first.options)
    assert "Question 1 of 1" in review
    assert "1 of 1 right at the first try." in review


def test_nonsense_is_told_what_to_type_and_is_no_attempt():
    first = quiz.questions("00")[0]
    said = sit("00", "", "zebra", "\x07\u200b", right(first))
    assert said.count("Type one letter, a to d. Or ? for the answer.") == 3
    assert progress.read()["quiz 00_welcome"] == {first.id: {"attempts": 1, "right": True}}


def test_the_end_of_the_input_keeps_what_was_answered():
    first = quiz.questions("00")[0]
    said = words(sit("00", right(first)))
    assert said.endswith(
        "Stopped after 1 of 7 questions; your answers are kept. hflearn quiz 00 begins anew."
    )
    assert progress.read()["quiz 00_welcome"][first.id]["right"]


@pytest.mark.skipif(
    os.name != "posix", reason="Windows sends Ctrl-C to a whole console, the tests' own included."
)
def test_ctrl_c_keeps_what_was_answered():
    first = quiz.questions("00")[0]
    with subprocess.Popen([*QUIZ, "00"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        running.stdin.write(f"{right(first)}\n")
        running.stdin.flush()
        deadline = time.monotonic() + 30
        while not progress.read() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(0.2)  # it is back at the prompt
        running.send_signal(signal.SIGINT)
        said, _ = running.communicate(timeout=30)
    assert running.returncode == 0
    assert "Stopped after 1 of 7 questions" in words(said)
    assert progress.read()["quiz 00_welcome"][first.id]["right"]


def test_an_unknown_lesson_is_an_error_of_one_sentence():
    with pytest.raises(CourseError, match="There is no lesson '99'"):
        quiz.terminal("99")
