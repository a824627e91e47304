"""A newcomer's first minutes: `hflearn lab`, lesson 00, Run All Cells."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from hflearn import course

TOKEN = "a-token-of-the-tests"
SETTINGS = {
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},  # the notebook is the repository's own
    # all cells are there to be looked at
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
}


@pytest.fixture(scope="module")
def lab(stock_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """`hflearn lab` in an empty home, with nobody's Jupyter settings; its address."""
    folder = tmp_path_factory.mktemp("lab")
    for name, values in SETTINGS.items():
        file = folder / "settings" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    environment = os.environ | {
        "HFLEARN_HOME": str(folder / "home"),
        "JUPYTER_TOKEN": TOKEN,
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    port = free_port()
    log = folder / "lab.log"
    command = [sys.executable, "-m", "hflearn.cli", "lab", "--no-browser", "--port", str(port)]
    with log.open("w") as output:
        running = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_for(f"http://127.0.0.1:{port}/api/status?token={TOKEN}", running, log)
        yield f"http://127.0.0.1:{port}/lab"
    finally:
        running.terminate()
        running.wait(timeout=30)


@pytest.fixture(scope="module")
def welcome() -> Iterator[Path]:
    """Lesson 00, which must be the same after the test as before."""
    notebook = course.lessons()[0].notebook
    before = notebook.read_bytes()
    yield notebook
    assert notebook.read_bytes() == before


def test_lesson_00_runs_from_top_to_bottom(lab, welcome, page, screenshot):
    strangers = requests_elsewhere(page)
    page.goto(f"{lab}/tree/notebooks/{welcome.name}?token={TOKEN}&reset")
    notebook = page.locator(".jp-Notebook")
    expect(notebook.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")).to_be_visible(timeout=60_000)

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


def wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(url, timeout=5).close()
            return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"hflearn lab did not come up:\n{log.read_text()}")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
