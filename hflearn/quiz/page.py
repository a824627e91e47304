"""The quiz for readers without a kernel: HTML with the answers folded, and plain text without them."""

from collections.abc import Sequence
from functools import cache

from markdown_it import MarkdownIt

from .schema import Explained, Order, Question
from .typed import how, lettered


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


def html(text: str) -> str:
    """Markdown as HTML; tags in it are shown, not obeyed."""
    return str(_markdown().render(text))


def html_inline(text: str) -> str:
    return str(_markdown().renderInline(text))


def heading(number: int, total: int) -> str:
    return f"Question {number} of {total}"


def as_html(lesson_id: str, questions: Sequence[Question]) -> str:
    """Every question with its options; the answer to each in a fold. The same at every run."""
    intro = (
        f"<p><strong>{len(questions)} questions.</strong> In Jupyter, run the lesson and this is a quiz. "
        f"In a terminal: <code>hflearn quiz {lesson_id.partition('_')[0]}</code>. "
        "Here, say each answer aloud before you open it.</p>"
    )
    parts = [_question(question, i, len(questions)) for i, question in enumerate(questions, start=1)]
    return "\n".join([intro, *parts])


def explanations(question: Question) -> str:
    """Every possible answer as an HTML list, each with the word Right or Wrong and the reason."""
    if isinstance(question, Order):
        steps = "".join(f"<li>{_reasoned(step)}</li>" for step in question.explained())
        return f"{html(question.because)}<ol>{steps}</ol>"
    return f"<ul>{''.join(_explained(answer) for answer in question.explained())}</ul>"


def as_text(lesson_id: str, questions: Sequence[Question]) -> str:
    """The questions and options as text. No answers: text cannot fold them."""
    parts = []
    for number, question in enumerate(questions, start=1):
        lines = [f"{heading(number, len(questions))}. {' '.join(question.asks.split())}"]
        lines += [f"  {letter}  {says}" for letter, says in lettered(question)]
        parts.append("\n".join(lines))
    parts.append(f"To answer, in a terminal: hflearn quiz {lesson_id.partition('_')[0]}")
    return "\n\n".join(parts)


def _question(question: Question, number: int, total: int) -> str:
    items = "".join(f"<li>{html_inline(says)}</li>" for _, says in lettered(question))
    options = f'<ol type="a">{items}</ol>' if items else ""
    return (
        f"<p><strong>{heading(number, total)}</strong> <em>({kind(question)})</em></p>"
        f"{html(question.asks)}{options}"
        f"<details><summary>Answer to question {number}</summary>{explanations(question)}</details>"
    )


def kind(question: Question) -> str:
    """What sort of answer is wanted."""
    names = {"choice": "one is right", "several": "one or more are right", "order": "put them in order"}
    return names.get(question.kind) or how(question)


def _explained(answer: Explained) -> str:
    return f"<li><strong>{'Right' if answer.right else 'Wrong'}:</strong> {_reasoned(answer)}</li>"


def _reasoned(answer: Explained) -> str:
    return f"{html_inline(answer.says)}<br><em>Because:</em> {html_inline(answer.because)}"
