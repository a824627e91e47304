"""A newcomer's first minutes: `hflearn lab`, lesson 00, Run All Cells."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from hflearn import course
from tests.browser.jupyterlab import TOKEN, open_notebook, running


@pytest.fixture(scope="module")
def lab(stock_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`hflearn lab` in an empty home; its address."""
    folder = tmp_path_factory.mktemp("lab")
    command = [sys.executable, "-m", "hflearn.cli", "lab", "--no-browser"]
    with running(command, folder, HFLEARN_HOME=str(folder / "home")) as address:
        yield address


@pytest.fixture(scope="module")
def welcome() -> Iterator[Path]:
    """Lesson 00, which must be the same after the test as before."""
    notebook = course.lessons()[0].notebook
    before = notebook.read_bytes()
    yield notebook
    assert notebook.read_bytes() == before


def test_lesson_00_runs_from_top_to_bottom(lab, welcome, page, screenshot):
    strangers = requests_elsewhere(page)
    notebook = open_notebook(page, f"{lab}/tree/notebooks/{welcome.name}?token={TOKEN}&reset")
    expect(notebook.get_by_role("heading", level=1)).to_be_visible()

    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(notebook.locator(".jp-InputPrompt", has_text="[*]")).not_to_have_count(0)
    expect(notebook.locator(".jp-InputPrompt", has_text="[*]")).to_have_count(0, timeout=240_000)

    errors = notebook.locator("[data-mime-type='application/vnd.jupyter.error']")
    assert errors.all_inner_texts() == []
    prompts = notebook.locator(".jp-CodeCell .jp-InputPrompt").all_inner_texts()
    assert prompts == [f"[{count}]:" for count in range(1, len(prompts) + 1)]

    card = notebook.locator(".jp-OutputArea-output", has_text="the practice Hub on this machine").first
    card.scroll_into_view_if_needed()
    expect(card).to_be_visible()
    expect(card).to_contain_text(re.compile(r"\d+(\.\d)? GB needed"))
    assert screenshot("lesson_00").stat().st_size > 20_000
    assert strangers == set(), "JupyterLab asked the network for something."


def requests_elsewhere(page: Page) -> set[str]:
    """The hosts that a page asks for something, loopback apart; a set that fills as the page works."""
    hosts: set[str] = set()

    def note(request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in (
            "127.0.0.1",
            "localhost",
        ):
            hosts.add(str(parts.hostname))

    page.on("request", note)
    return hosts
