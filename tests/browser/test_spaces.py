"""Spaces of both kinds in Chromium, on their page and at their own address, and through Gradio's client."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from huggingface_hub import HfApi
from playwright.sync_api import Page, expect

from hflearn import hub

PATIENCE_S = 240.0  # Gradio and Streamlit take seconds to start, more on a busy machine
GRADIO = """
import gradio as gr

WORDS = {"hola": "hello", "gracias": "thank you"}

def translate(text):
    if text.lower() not in WORDS:
        raise gr.Error(f"I do not know {text!r}.")
    return WORDS[text.lower()]

demo = gr.Interface(translate, gr.Textbox(label="Spanish"), gr.Textbox(label="English"), api_name="translate")
demo.launch()
"""
STREAMLIT = """
import streamlit as st

st.title("Translator")
with st.form("translate"):
    text = st.text_input("Spanish")
    if st.form_submit_button("Translate"):
        st.success({"hola": "hello"}[text.lower()])
"""


@pytest.fixture(scope="module")
def token(running: hub.RunningHub) -> str:
    """ada's."""
    return running.runner.store.create_token("ada")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[hub.RunningHub]:
    """A Hub with ada's three Spaces: one of each kind, and one that is broken."""
    root = tmp_path_factory.mktemp("hub")
    store = hub.Store(root)
    store.ensure_account("ada")
    store.ensure_account("bob")
    running = hub.start(root)
    api = HfApi(endpoint=running.url, token=store.create_token("ada"))
    programs = [("gradio", "gradio", GRADIO), ("streamlit", "streamlit", STREAMLIT)]
    for name, sdk, program in [*programs, ("broken", "gradio", "import gradio\nraise OSError('no weights')")]:
        repo = api.create_repo(f"ada/{name}", repo_type="space", space_sdk=sdk).repo_id
        content = program.encode()
        api.upload_file(path_or_fileobj=content, path_in_repo="app.py", repo_id=repo, repo_type="space")
        api.get_space_runtime(repo)
    for name in ("gradio", "streamlit", "broken"):
        api.wait_for_space(f"ada/{name}", timeout=PATIENCE_S, poll_interval=0.2)
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def patient() -> Iterator[None]:
    """Expectations may take as long as a program's start."""
    expect.set_options(timeout=PATIENCE_S * 1000)
    yield
    expect.set_options(timeout=5_000)  # Playwright's own


@pytest.fixture
def visit(page: Page, running: hub.RunningHub):
    """`visit("ada/gradio")` opens a Space's page."""
    page.set_default_timeout(PATIENCE_S * 1000)

    def open_one(name: str, account: str = "") -> Page:
        if account:
            page.goto(f"{running.url}/login")
            page.get_by_label("Account name").fill(account)
            page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.goto(f"{running.url}/spaces/{name}")
        return page

    return open_one


def host(running: hub.RunningHub, name: str) -> str:
    found = HfApi(endpoint=running.url, token=False).space_info(name).host
    assert found
    return found


def test_gradio_answers_on_the_space_s_page(visit, screenshot):
    page = visit("ada/gradio", account="ada")
    expect(page.get_by_text("running", exact=True)).to_be_visible()
    app = page.frame_locator("iframe")
    app.get_by_label("Spanish").fill("Gracias")
    app.get_by_role("button", name="Submit").click()
    expect(app.get_by_label("English")).to_have_value("thank you")
    screenshot("space-gradio")


def test_gradio_answers_at_its_own_address(page, running):
    page.goto(host(running, "ada/gradio"))
    page.get_by_label("Spanish").fill("Adiós")
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_text("I do not know 'Adiós'.")).to_be_visible()


def test_streamlit_answers_on_the_space_s_page(visit, screenshot):
    page = visit("ada/streamlit")
    app = page.frame_locator("iframe")
    app.get_by_label("Spanish").fill("Hola")
    app.get_by_role("button", name="Translate").click()
    expect(app.get_by_text("hello", exact=True)).to_be_visible()
    screenshot("space-streamlit")


def test_streamlit_answers_at_its_own_address(page, running):
    page.goto(host(running, "ada/streamlit"))
    page.get_by_label("Spanish").fill("Hola")
    page.get_by_role("button", name="Translate").click()
    expect(page.get_by_text("hello", exact=True)).to_be_visible()


def test_a_broken_space_shows_its_error_and_its_logs(visit, screenshot):
    page = visit("ada/broken", account="ada")
    expect(page.get_by_text("runtime error", exact=True)).to_be_visible()
    expect(page.locator("pre.bad")).to_contain_text("OSError: no weights")
    screenshot("space-broken")
    page.get_by_text("Logs", exact=True).click()
    expect(page.get_by_text("sdk: gradio, app_file: app.py")).to_be_visible()


def test_in_the_dark(visit, screenshot):
    page = visit("ada/broken")
    page.emulate_media(color_scheme="dark")
    expect(page.get_by_text("runtime error", exact=True)).to_be_visible()
    screenshot("space-broken-dark")
    page = visit("ada/gradio")
    expect(page.frame_locator("iframe").get_by_label("Spanish")).to_be_visible()
    screenshot("space-gradio-dark")


def test_a_page_with_an_app_fits_a_narrow_screen(visit):
    page = visit("ada/gradio")
    page.set_viewport_size({"width": 400, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_its_owner_pauses_it_and_starts_it_again(visit):
    page = visit("ada/broken", account="ada")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("paused", exact=True)).to_be_visible()
    page.get_by_role("button", name="Restart").click()
    expect(page.get_by_text("runtime error", exact=True)).to_be_visible()


def test_its_owner_sets_a_variable(visit, screenshot):
    page = visit("ada/broken", account="ada")
    page.get_by_role("link", name="Settings").click()
    for name, value, kind in (
        ("MODEL", "hflearn/marian-mini-es-en", "variable"),
        ("API_KEY", "s3cret", "secret"),
    ):
        page.get_by_label("Name").fill(name)
        page.get_by_label("Value").fill(value)
        page.get_by_label("Kind").select_option(kind)
        page.get_by_role("button", name="Set").click()
        expect(page.get_by_role("row", name=name)).to_be_visible()
    expect(page.get_by_role("row", name="API_KEY")).not_to_contain_text("s3cret")
    screenshot("space-settings")
    page.emulate_media(color_scheme="dark")
    screenshot("space-settings-dark")
    page.get_by_role("button", name="Delete API_KEY").click()
    expect(page.get_by_text("1 variable, 0 secrets")).to_be_visible()


def test_a_list_shows_how_each_is_doing(page, running, screenshot):
    page.goto(f"{running.url}/spaces")
    for name, stage in (("gradio", "running"), ("broken", "runtime error")):
        row = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=f"ada/{name}"))
        expect(row.get_by_text(stage, exact=True)).to_be_visible()
    screenshot("space-list")
    page.emulate_media(color_scheme="dark")
    screenshot("space-list-dark")


@pytest.fixture
def private(running, token) -> Iterator[str]:
    """One of ada's Spaces, hidden for the length of a test."""
    api, name = HfApi(endpoint=running.url, token=token), "ada/gradio"
    api.update_repo_settings(name, repo_type="space", visibility="private")
    yield name
    api.update_repo_settings(name, repo_type="space", visibility="public")


def test_a_private_one_answers_whoever_may_see_it(visit, private, browser, screenshot):
    page = visit(private, account="ada")
    app = page.frame_locator("iframe")
    app.get_by_label("Spanish").fill("Hola")
    app.get_by_role("button", name="Submit").click()
    expect(app.get_by_label("English")).to_have_value("hello")
    screenshot("space-private")
    address = page.locator("iframe").get_attribute("src")
    stranger = browser.new_page()
    stranger.goto(address)
    expect(stranger.get_by_text("This Space is not open to everybody.")).to_be_visible()


CALLS = """
import json, sys
from concurrent.futures import ThreadPoolExecutor
from gradio_client import Client
def caller(number):  # each with a client: in one that threads share, the stream may close between two calls
    client = Client(sys.argv[1], verbose=False)
    return [client.predict(word, api_name="/translate") for word in ["hola", "gracias", "Hola", "Gracias"]]
with ThreadPoolExecutor(8) as pool:
    print(json.dumps(list(pool.map(caller, range(8)))))
"""


def test_gradio_s_client_calls_it_by_its_id_eight_at_a_time(running, private, token):
    """A private one, with a token: the lesson calls a public one."""
    surroundings = os.environ | {"HF_ENDPOINT": running.url, "HF_TOKEN": token}
    command = [sys.executable, "-c", CALLS, private]
    called = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=PATIENCE_S)
    assert called.returncode == 0, called.stderr
    assert json.loads(called.stdout.splitlines()[-1]) == [["hello", "thank you"] * 2] * 8
