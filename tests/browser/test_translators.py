"""Lesson 05's translators on their Spaces' pages, in Chromium: real models, one app of each kind."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from huggingface_hub import HfApi
from playwright.sync_api import FrameLocator, expect

from hflearn import hub, stock
from tests import translators

PATIENCE_S = 300.0  # each imports torch and loads a model, seconds on a quiet machine
SDKS = ["gradio", "streamlit"]


@pytest.fixture(scope="module")
def running(stock_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[hub.RunningHub]:
    """A Hub with the course's translation model, and a Space of ada's of each kind, which run."""
    root = tmp_path_factory.mktemp("hub")
    store = hub.Store(root)
    stock.ensure(["translate"], store, progress=False)
    store.ensure_account("ada")
    running = hub.start(root)
    api = HfApi(endpoint=running.url, token=store.create_token("ada"))
    for sdk in SDKS:
        api.get_space_runtime(translators.push(api, f"ada/{sdk}", sdk, stock.roles()["translate"].id))
    for sdk in SDKS:
        runtime = api.wait_for_space(f"ada/{sdk}", timeout=PATIENCE_S, poll_interval=0.2)
        assert runtime.stage == "RUNNING", runtime.raw
    yield running
    running.stop()


@pytest.fixture
def app(page, running) -> Callable[[str], FrameLocator]:
    """`app("gradio")` is what the frame on the Space's page shows."""
    page.set_default_timeout(PATIENCE_S * 1000)

    def open_one(sdk: str) -> FrameLocator:
        page.goto(f"{running.url}/spaces/ada/{sdk}")
        return page.frame_locator("iframe")

    return open_one


def translate(app: FrameLocator, spanish: str) -> None:
    app.get_by_label("Spanish").fill(spanish)
    app.get_by_role("button", name="Translate").click()


@pytest.mark.parametrize("sdk", SDKS)
def test_spanish_goes_in_and_english_comes_out(app, sdk, page, screenshot):
    shown = app(sdk)
    translate(shown, "Hola, ¿cómo estás?")
    english = shown.get_by_label("English")
    expect(english).not_to_have_value("", timeout=PATIENCE_S * 1000)
    assert "how are you" in english.input_value().lower()
    screenshot(f"translator-{sdk}")
    page.emulate_media(color_scheme="dark")
    screenshot(f"translator-{sdk}-dark")


@pytest.mark.parametrize("sdk", SDKS)
@pytest.mark.parametrize("spanish, said", translators.REFUSED.items(), ids=["empty", "too long"])
def test_what_a_visitor_can_mend_is_answered_in_a_sentence(app, sdk, spanish, said, screenshot):
    shown = app(sdk)
    translate(shown, spanish)
    expect(shown.get_by_text(said).first).to_be_visible(timeout=PATIENCE_S * 1000)
    screenshot(f"translator-{sdk}-{'refused' if spanish.strip() else 'empty'}")
