"""The practice Hub's pages in Chromium, used as a learner would."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from huggingface_hub import CommitOperationAdd, HfApi
from playwright.sync_api import Page, expect

from hflearn import hub

CARD = """---
license: mit
language: en
library_name: transformers
pipeline_tag: text-classification
---
# Mail triage

Sorts the shop's mail.
<script>document.title = "taken over"</script><img src=x onerror="document.title = 'taken over'">

| box | share |
|---|---:|
| refund | .31 |
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[hub.RunningHub]:
    """A Hub with ada's models, one of which bob has a pull request against."""
    root = tmp_path_factory.mktemp("hub")
    store = hub.Store(root)
    store.ensure_account("ada")
    store.ensure_account("bob")
    for name, card in {"mail-triage": CARD, "other": "---\nlicense: apache-2.0\n---\nAnother."}.items():
        store.ensure_repo("model", f"ada/{name}")
        store.commit(
            "model", f"ada/{name}", files={"README.md": card.encode()}, message="Add card", author="ada"
        )
    running = hub.start(root)
    HfApi(endpoint=running.url, token=store.create_token("bob")).create_commit(
        "ada/mail-triage",
        [CommitOperationAdd("limits.md", b"English only.\n")],
        commit_message="Say what it cannot do",
        create_pr=True,
    )
    yield running
    running.stop()


@pytest.fixture
def visit(page: Page, running: hub.RunningHub) -> Callable[..., Page]:
    """`visit("/models", account="ada")` opens a page, signed in."""

    def open_one(path: str, account: str = "") -> Page:
        if account:
            page.goto(f"{running.url}/login")
            page.get_by_label("Account name").fill(account)
            page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.goto(running.url + path)
        return page

    return open_one


def test_a_model_is_found_by_its_licence_and_its_card_read(visit, screenshot):
    page = visit("/")
    page.get_by_role("navigation", name="Site").get_by_role("link", name="Models").click()
    page.get_by_label("Licence").select_option("mit")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="1 model found")).to_be_visible()
    screenshot("hub-models")
    page.get_by_role("link", name="ada/mail-triage").click()
    expect(page.get_by_role("heading", name="Mail triage", exact=True)).to_be_visible()
    expect(page.get_by_role("complementary")).to_contain_text("text-classification")
    screenshot("hub-card")


def test_a_card_s_script_does_not_run(visit):
    assert "taken over" not in visit("/ada/mail-triage").title()


def test_a_token_from_the_page_works_in_the_client(visit, running):
    page = visit("/settings/tokens", account="learner")
    page.get_by_label("Name (what it is for)").fill("notebook")
    page.get_by_label("Role").select_option("write")
    page.get_by_role("button", name="Create token").click()
    api = HfApi(endpoint=running.url, token=page.locator("#token").inner_text())
    assert api.whoami()["name"] == "learner"
    assert api.create_repo("learner/first").repo_id == "learner/first"


def test_a_discussion_is_opened(visit, screenshot):
    page = visit("/ada/mail-triage/discussions", account="bob")
    page.get_by_role("link", name="New discussion").click()
    page.get_by_label("Title").fill("Does it know German?")
    page.get_by_label("Text").fill("We write *Rechnung*.")
    page.get_by_role("button", name="Open discussion").click()
    expect(page.get_by_role("article")).to_contain_text("We write Rechnung.")
    screenshot("hub-discussion")


def test_a_pull_request_is_commented_and_merged(visit, running, screenshot):
    page = visit("/ada/mail-triage/discussions/1", account="ada")
    expect(page.get_by_text("+English only.")).to_be_visible()
    page.get_by_label("Your comment").fill("Thank you.")
    page.get_by_role("button", name="Comment").click()
    screenshot("hub-pull-request")
    page.get_by_role("button", name="Merge").click()
    expect(page.get_by_text("Merged as")).to_be_visible()
    assert HfApi(endpoint=running.url, token=False).file_exists("ada/mail-triage", "limits.md")


def test_the_keyboard_alone_signs_in_and_reaches_a_card(visit, running):
    page = visit("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    _tab_to(page, "Sign in")
    page.keyboard.press("Enter")
    page.wait_for_url("**/login")
    _tab_to(page, "Account name")
    page.keyboard.type("keys")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{running.url}/")
    _tab_to(page, "Models")
    page.keyboard.press("Enter")
    page.wait_for_url("**/models")
    _tab_to(page, "ada/mail-triage")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Mail triage", exact=True)).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/models", "/ada/mail-triage", "/ada/mail-triage/tree/main", "/login"])
def test_a_page_fits_a_narrow_screen(visit, path):
    page = visit("/")
    page.set_viewport_size({"width": 400, "height": 800})
    page.goto(re.sub(r"/$", "", page.url) + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_another_site_s_form_cannot_act(visit, running, tmp_path: Path):
    page = visit("/settings/tokens", account="victim")
    form = f'<form method="post" action="{running.url}/settings/tokens">'
    trap = tmp_path / "trap.html"
    trap.write_text(
        f'{form}<input name="name" value="stolen"><input name="role" value="write"><button>x</button>'
    )
    page.goto(trap.as_uri())
    page.get_by_role("button").click()
    page.goto(f"{running.url}/settings/tokens")
    expect(page.get_by_text("You have none.")).to_be_visible()


def _tab_to(page: Page, name: str) -> None:
    """Press Tab until something of this name has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate("(e => e.labels?.[0]?.innerText ?? e.innerText)(document.activeElement)")
        if focused == name:
            return
    pytest.fail(f"the keyboard does not reach {name!r}")
