"""The quiz as a cell's output: for a live front end, for GitHub, and for a comparison with the last run."""

from html.parser import HTMLParser

import pytest
from IPython.core.formatters import DisplayFormatter
from nbformat.v4 import new_output

from hflearn import quiz
from hflearn.notebooks.normalise import WIDGET_VIEW, normalised_outputs

LESSONS = ["00", "01"]


def output(lesson):
    data, metadata = DisplayFormatter().format(quiz.checkpoint(lesson))
    return new_output("execute_result", data=data, metadata=metadata, execution_count=1)


class Tags(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.open, self.seen, self.words = [], [], {"inside": "", "outside": ""}
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words["inside" if "details" in self.open else "outside"] += data


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_front_end_may_choose_widget_page_or_text(lesson):
    assert set(output(lesson).data) == {WIDGET_VIEW, "text/html", "text/plain"}


@pytest.mark.parametrize("lesson", LESSONS)
def test_what_is_kept_has_no_widget_and_is_the_same_every_time(lesson):
    first, second = (normalised_outputs([output(lesson)]) for _ in range(2))
    assert first == second
    assert set(first[0].data) == {"text/html", "text/plain"}


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_page_shows_every_question_and_folds_every_answer(lesson):
    tags = Tags(output(lesson).data["text/html"])
    assert tags.open == []
    assert tags.seen.count("details") == len(quiz.questions(lesson))
    for question in quiz.questions(lesson):
        plain = [
            answer.because for answer in question.explained() if not set("*`’'\"<>&") & set(answer.because)
        ]
        assert all(because in tags.words["inside"] for because in plain)
        assert not any(because in tags.words["outside"] for because in plain)


@pytest.mark.parametrize("lesson", LESSONS)
def test_the_text_asks_without_answering(lesson):
    text = output(lesson).data["text/plain"]
    for question in quiz.questions(lesson):
        assert question.asks in text
        assert not any(answer.because in text for answer in question.explained())
    assert text.endswith(f"To answer, in a terminal: hflearn quiz {lesson}")


def test_html_in_a_question_is_shown_and_not_obeyed():
    from hflearn.quiz.page import html, html_inline

    assert "<script>" not in html("<script>alert(1)</script>")
    assert "<b>" not in html_inline("a <b>bold</b> claim")
