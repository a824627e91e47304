"""A Chromium for the tests, and a page in it."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserType, Page, sync_playwright

INSTALL = "no browser was found: .venv/bin/playwright install --with-deps chromium"


# Not for the whole session: while Playwright is up, a loop runs in this thread, and kernels need their own.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window: the machine's own, or Playwright's. In CI its absence is a failure."""
    with sync_playwright() as playwright:
        path = executable(playwright.chromium)
        if not path:
            if os.environ.get("CI"):
                pytest.fail(INSTALL)
            pytest.skip(INSTALL)
        # Chromium refuses to build its sandbox for root, who is who runs things in a container.
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        running = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"] if as_root else [])
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page, 1280 by 900, that nobody is signed in to."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def screenshot(page: Page, tmp_path: Path) -> Callable[[str], Path]:
    """``screenshot("welcome")`` saves welcome.png in HFLEARN_SCREENSHOTS or in a temporary folder."""

    def save(name: str) -> Path:
        folder = Path(os.environ.get("HFLEARN_SCREENSHOTS") or tmp_path)
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png")
        return folder / f"{name}.png"

    return save


def executable(chromium: BrowserType) -> str | None:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    return chromium.executable_path if Path(chromium.executable_path).exists() else None
