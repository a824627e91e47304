"""The quiz in JupyterLab, answered from the keyboard alone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from hflearn import quiz
from hflearn.quiz.schema import Choice, Number, Order, Several
from tests.browser.jupyterlab import notebook_of, open_notebook

ASKED = quiz.questions("00")
CELL = "from hflearn.quiz import checkpoint\n\ncheckpoint('00')"


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a notebook with nothing but a quiz."""
    with notebook_of([CELL], tmp_path_factory.mktemp("quiz")) as address:
        yield address


def test_the_quiz_is_answered_from_the_keyboard_alone(notebook, page, screenshot):
    open_notebook(page, notebook)
    page.locator(".jp-CodeCell .cm-content").click()  # the last use of the mouse
    page.keyboard.press("Control+Enter")
    form = page.locator(".hflearn-quiz")
    expect(form).to_contain_text("Question 1 of 7", timeout=60_000)
    page.keyboard.press("Escape")  # out of the editor, which keeps Tab to itself

    first = ASKED[0]
    assert isinstance(first, Choice)
    wrong = next(option for option in first.options if not option.right)
    choose(page, form, first, [wrong])
    expect(form.get_by_role("alert")).to_have_text(re.compile(r"^Not yet\. "))
    screenshot("quiz_wrong")
    reach(page, form.get_by_role("radio").first, "Shift+Tab")
    for question in ASKED:
        answer(page, form, question)
        expect(form.get_by_role("alert").filter(has_text="Right.")).to_have_count(at(question) + 1)

    review = form.locator(".hflearn-review")
    expect(review).to_contain_text("6 of 7 right at the first try.")
    expect(review).to_contain_text("hardly whether it says yes or no")
    review.scroll_into_view_if_needed()
    screenshot("quiz_review")
    form.get_by_text("Question 6 of 7").scroll_into_view_if_needed()
    screenshot("quiz_order")

    reach(page, form.get_by_role("button", name="Answer the missed ones again"))
    page.keyboard.press("Enter")
    expect(form).to_contain_text("Question 1 of 1")
    assert page.locator(".jp-Cell").count() == 1, "a key went to JupyterLab instead of the quiz"


def answer(page: Page, form: Locator, question) -> None:
    match question:
        case Choice() | Several():
            choose(page, form, question, [option for option in question.options if option.right])
        case Number():
            reach(page, form.get_by_role("textbox").last)
            page.keyboard.type(f"{question.answer:g}")
            check(page, form, question)
        case Order():
            buttons = form.locator("button.hflearn-step")
            for step in question.steps:
                button = buttons.nth(question.shown.index(step))
                reach(page, button, "Tab" if is_after(page, button) else "Shift+Tab")
                page.keyboard.press("Space")
            check(page, form, question)


def choose(page: Page, form: Locator, question, chosen) -> None:
    """Tab to the question's options, press Space on the chosen ones, then Check."""
    options = form.get_by_role("radio" if isinstance(question, Choice) else "checkbox")
    start = sum(len(before.shown) for before in ASKED[: at(question)] if type(before) is type(question))
    for index, option in enumerate(question.shown):
        if option in chosen:
            reach(page, options.nth(start + index))
            page.keyboard.press("Space")
            expect(options.nth(start + index)).to_be_checked()
    check(page, form, question)


def check(page: Page, form: Locator, question) -> None:
    reach(page, form.get_by_role("button", name="Check", exact=True).nth(at(question)))
    page.keyboard.press("Enter")


def at(question) -> int:
    return ASKED.index(question)


def reach(page: Page, control: Locator, key: str = "Tab") -> None:
    """Press a key until the control has the focus."""
    control.wait_for()
    for _ in range(20):
        if is_focused(control):
            return
        page.keyboard.press(key)
    assert is_focused(control), f"{key} does not lead to {control}"


def is_focused(control: Locator) -> bool:
    focused: bool = control.evaluate("element => element === document.activeElement")
    return focused


def is_after(page: Page, control: Locator) -> bool:
    following: bool = control.evaluate(
        "element => Boolean(document.activeElement.compareDocumentPosition(element) & 4)"
    )
    return following
