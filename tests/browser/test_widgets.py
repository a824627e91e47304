"""The explorers in JupyterLab, driven from the keyboard, and by the mouse where there is a slider to drag."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.jupyterlab import notebook_of, open_notebook

LOAD = """
from sentence_transformers import SentenceTransformer
from transformers import AutoModel, AutoModelForCausalLM, AutoModelForSequenceClassification, AutoTokenizer
from hflearn import home, widgets
roles = ("embed", "chat", "sentiment")
embed, chat, sentiment = (next((home.stock_dir() / role).iterdir()) for role in roles)
wordpiece, bpe = AutoTokenizer.from_pretrained(embed), AutoTokenizer.from_pretrained(chat)
"""
CALLS = {
    "tokens": "widgets.tokens('My parcel never arrived. ☃', wordpiece, bpe)",
    "sampling": (
        "widgets.sampling(AutoModelForCausalLM.from_pretrained(chat, dtype='float32'), "
        "bpe, 'The capital of France is')"
    ),
    "attention": (
        "widgets.attention(AutoModel.from_pretrained(embed, attn_implementation='eager'), "
        "wordpiece, 'The parcel was lost because it fell.')"
    ),
    "similarity": (
        "widgets.similarity(SentenceTransformer(str(embed)), "
        "['My parcel never arrived.', 'Where is it?', 'Can I pay by invoice?'])"
    ),
    "bits": (
        "widgets.bits(AutoModelForSequenceClassification.from_pretrained(sentiment), "
        "wordpiece, ['A fine lamp.', 'It never worked.'], [4, 0])"
    ),
}


@pytest.fixture(scope="module")
def address(stock_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    cells = [LOAD, *CALLS.values()]
    with notebook_of(cells, tmp_path_factory.mktemp("widgets"), HF_HUB_OFFLINE="1") as address:
        yield address


@pytest.fixture(params=["JupyterLab Light", "JupyterLab Dark"])
def explorers(request, address, page) -> Locator:
    """All of them, by the order of CALLS, under each of JupyterLab's themes."""
    notebook = open_notebook(page, address)
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-item", has_text="Theme").first.hover()
    page.locator(".lm-Menu-item", has_text=request.param).first.click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    found = notebook.locator(".hflearn-explorer")
    expect(found).to_have_count(len(CALLS), timeout=120_000)
    return found


def test_the_explorers_answer_to_keys(explorers, page, screenshot, request):
    theme = request.node.callspec.params["explorers"].rpartition(" ")[2].lower()
    for position, (name, drive) in enumerate(DRIVES.items()):
        explorer = explorers.nth(position)
        explorer.scroll_into_view_if_needed()
        drive(page, explorer)
        explorer.evaluate("element => element.scrollIntoView({block: 'start'})")
        screenshot(f"widget_{name}_{theme}")
    assert page.locator(".jp-Cell").count() == 1 + len(CALLS), "a key went to JupyterLab instead"


def tokens(page: Page, explorer: Locator) -> None:
    text = explorer.get_by_role("textbox", name="Text")
    write(page, text, " ☃ <b> my lamp")
    expect(explorer.locator("li b", has_text="lamp")).to_have_count(2)
    expect(explorer.locator("li b b")).to_have_count(0)
    expect(explorer).to_contain_text("unknown")
    expect(explorer).to_contain_text(re.compile(r"needs \d+ (more|fewer) than"))


def sampling(page: Page, explorer: Locator) -> None:
    first = explorer.locator("tbody tr").first
    expect(first).to_contain_text("Paris")
    model = first.locator("td.number").nth(1).inner_text()
    temperature = explorer.get_by_role("spinbutton", name="temperature")
    reach(page, explorer.get_by_role("textbox", name="Prompt"), temperature)
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    expect(temperature).to_have_value("1.3")
    expect(first.locator("td.number").first).not_to_have_text(model)
    expect(first.locator("td.number").nth(1)).to_have_text(model)
    page.keyboard.press("Tab")
    expect(
        explorer.get_by_role("spinbutton", name="top-k (0: off)")
    ).to_be_focused()  # no slider on the way, where arrows mislead
    for _ in range(5):
        page.keyboard.press("ArrowUp")
    expect(explorer).to_contain_text("5 of 49,152 tokens can be chosen")
    expect(explorer.get_by_text("cut by top-k")).to_have_count(10)

    drag(page, explorer.locator(".noUi-base").first, 0.9)
    expect(temperature).to_have_value(re.compile(r"2\.\d"))

    write(page, explorer.get_by_role("textbox", name="Prompt"), " not")
    reach(
        page,
        explorer.get_by_role("textbox", name="Prompt"),
        explorer.get_by_role("button", name="Ask the model"),
    )
    page.keyboard.press("Enter")
    # The model runs again, and a machine that runs other tests may keep it waiting.
    expect(explorer).to_contain_text("After “The capital of France is not”", timeout=60_000)


def attention(page: Page, explorer: Locator) -> None:
    before = explorer.locator("table").inner_text()
    for label in ("layer", "head"):
        dial = explorer.get_by_role("spinbutton", name=label)
        reach(page, explorer.get_by_role("textbox", name="Text"), dial)
        page.keyboard.press("ArrowUp")
        expect(explorer).to_contain_text(re.compile(f"{label} 1", re.IGNORECASE))
    assert explorer.locator("table").inner_text() != before
    reach(
        page, explorer.get_by_role("textbox", name="Text"), explorer.get_by_role("spinbutton", name="token")
    )
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    expect(explorer).to_contain_text("Token 3, was, attends most to: ")
    expect(explorer.locator("tr.chosen th")).to_have_text("was")

    cell = explorer.locator("tr.chosen td").nth(2)
    cell.hover()
    says = cell.evaluate("element => getComputedStyle(element, '::after').content")
    assert re.fullmatch(r'"was → parcel: \d\.\d\d"', says)

    write(page, explorer.get_by_role("textbox", name="Text"), " Late")
    page.keyboard.press("Enter")
    expect(explorer.locator("tbody th", has_text="late")).to_have_count(1)


def similarity(page: Page, explorer: Locator) -> None:
    expect(explorer.locator("tbody td")).to_have_count(9)
    write(page, explorer.get_by_role("textbox", name="Sentences"), "\nWhere is my parcel?")
    expect(explorer.locator("tbody td")).to_have_count(16)
    expect(explorer.locator("tbody th").last).to_contain_text("Where is my parcel?")


def bits(page: Page, explorer: Locator) -> None:
    expect(explorer).to_contain_text("8 bits, one scale for the tensor: ")
    dial = explorer.get_by_role("spinbutton", name="bits")
    dial.focus()
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    expect(explorer).to_contain_text("3 bits, one scale for the tensor: ", timeout=60_000)
    expect(explorer.locator("svg text", has_text="all weights, step")).to_have_count(1)

    button = explorer.get_by_role("button", name="one a channel")
    reach(page, dial, button)
    page.keyboard.press("Enter")
    expect(explorer).to_contain_text("3 bits, one scale a channel: ", timeout=60_000)
    expect(explorer.locator("svg text", has_text="channel 64, step")).to_have_count(1)
    expect(explorer.locator("td.chosen")).to_have_count(1)

    matrix = explorer.get_by_role("spinbutton", name="matrix")
    reach(page, button, matrix)
    page.keyboard.press("ArrowUp")
    expect(explorer).to_contain_text("bert.encoder.layer.1.attention.self.query has 147,456 weights")

    drag(page, explorer.locator(".noUi-base").first, 0.05)
    expect(explorer).to_contain_text("2 bits, one scale a channel: ", timeout=60_000)


DRIVES = {
    "tokens": tokens,
    "sampling": sampling,
    "attention": attention,
    "similarity": similarity,
    "bits": bits,
}


def write(page: Page, field: Locator, text: str) -> None:
    """Type at the end of what stands there."""
    field.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def reach(page: Page, start: Locator, control: Locator) -> None:
    """Tab from one control to another, and see that its focus can be seen."""
    start.focus()
    for _ in range(8):
        page.keyboard.press("Tab")
        if control.evaluate("element => element === document.activeElement"):
            break
    expect(control).to_be_focused()
    assert control.evaluate("element => getComputedStyle(element).outlineStyle") == "solid"


def drag(page: Page, track: Locator, share: float) -> None:
    """Take a slider's handle to a share of its track."""
    track.scroll_into_view_if_needed()
    handle = track.locator(".noUi-handle").bounding_box()
    along = track.bounding_box()
    assert handle and along
    page.mouse.move(handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2)
    page.mouse.down()
    page.mouse.move(along["x"] + along["width"] * share, along["y"] + 2, steps=5)
    page.mouse.up()
