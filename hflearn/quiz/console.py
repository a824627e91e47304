"""The quiz in a terminal."""

import shutil
from textwrap import fill

from hflearn import course

from .loading import questions
from .page import heading, kind
from .schema import Order, Question
from .sitting import Sitting
from .typed import how, lettered, read

STOPPED = (EOFError, KeyboardInterrupt)


def terminal(lesson_id: str) -> None:
    """Ask a lesson's questions on standard input. Ctrl-D or Ctrl-C stops; what was answered is kept.

    :raises CourseError: there is no such lesson, or it has no quiz.
    """
    lesson = course.lesson(lesson_id)
    sitting = Sitting(lesson.id, questions(lesson.id))
    _say(
        f"{lesson.title}\n\n{len(sitting.questions)} questions. Type ? to be shown an answer, Ctrl-D to stop."
    )
    try:
        while sitting.questions:
            _ask_all(sitting)
            sitting = _again(sitting)
    except STOPPED:
        answered = f"{sitting.reached} of {len(sitting.questions)} questions"
        print()
        _say(f"Stopped after {answered}; your answers are kept. hflearn quiz {lesson_id} begins anew.")


def _ask_all(sitting: Sitting) -> None:
    for number, question in enumerate(sitting.questions, start=1):
        print()
        _say(f"{heading(number, len(sitting.questions))} ({kind(question)})\n\n{question.asks}")
        _list(question)
        _ask(sitting, question)
    _say(sitting.score)


def _ask(sitting: Sitting, question: Question) -> None:
    while True:
        typed = input("> ").strip()
        if typed == "?":
            sitting.give_up(question)
            return _explain(question)
        try:
            given = read(question, typed)
        except ValueError as expected:
            _say(f"{expected} Or ? for the answer.")
            continue
        outcome = sitting.answer(question, given)
        _say(f"{'Right.' if outcome.right else 'Not yet.'} {outcome.says}")
        if outcome.right:
            return None


def _again(sitting: Sitting) -> Sitting:
    """Review what was missed; another sitting with those questions, or with none to end."""
    for question in sitting.missed:
        print()
        _say(f"Missed: {question.asks}")
        _explain(question)
    wanted = bool(sitting.missed) and _agrees(f"\nAnswer the missed again ({len(sitting.missed)})? [y/N] ")
    return Sitting(sitting.lesson_id, sitting.missed if wanted else [])


def _agrees(prompt: str) -> bool:
    try:
        return input(prompt).strip().lower() in ("y", "yes")
    except STOPPED:
        print()
        return False


def _list(question: Question) -> None:
    for letter, says in lettered(question):
        _say(says, f"  {letter}  ")
    print(f"\nType {how(question)}.")


def _explain(question: Question) -> None:
    if isinstance(question, Order):
        _say(question.because)
    for number, answer in enumerate(question.explained(), start=1):
        verdict = f"{number}." if isinstance(question, Order) else "Right:" if answer.right else "Wrong:"
        _say(answer.says, f"  {verdict} ")
        _say(f"Because: {answer.because}", "    ")


def _say(text: str, label: str = "") -> None:
    """Print a text after its label, folded to the window; lines of code, indented by four, stay whole."""
    width = min(shutil.get_terminal_size().columns, 100)
    indent = " " * len(label)
    folded = []
    for paragraph in text.strip().split("\n\n"):
        is_code = paragraph.startswith("    ")
        folded.append(
            paragraph if is_code else fill(paragraph, width, initial_indent=label, subsequent_indent=indent)
        )
        label = indent
    print("\n\n".join(folded))
