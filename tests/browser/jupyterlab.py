"""JupyterLab for a test: with nobody's settings, on a free port, ended with the test."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Locator, Page, expect

from hflearn.lab import OVERRIDES

TOKEN = "a-token-of-the-tests"
SETTINGS = {
    "@jupyterlab/docmanager-extension/plugin": {"autosave": False},  # the notebooks are the repository's own
    # all cells are there to be looked at
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
}


@contextmanager
def running(command: list[str], folder: Path, **environment: str) -> Iterator[str]:
    """The address of the JupyterLab that `command` starts, once it answers; the port is added here."""
    for name, values in SETTINGS.items():
        file = folder / "settings" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))
    mine = os.environ | environment
    mine |= {
        "JUPYTER_TOKEN": TOKEN,
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    port, log = free_port(), folder / "lab.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [*command, f"--port={port}"], env=mine, stdout=output, stderr=subprocess.STDOUT
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/api/status?token={TOKEN}", process, log)
        yield f"http://127.0.0.1:{port}/lab"
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def notebook_of(cells: Sequence[str], folder: Path, **environment: str) -> Iterator[str]:
    """The address of a new notebook with these code cells, in a JupyterLab that shows nothing else."""
    root = folder / "root"
    root.mkdir()
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    code = [new_code_cell(cell) for cell in cells]
    nbformat.write(new_notebook(cells=code, metadata={"kernelspec": kernel}), root / "test.ipynb")
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += [f"--ServerApp.root_dir={root}", f"--LabApp.app_settings_dir={OVERRIDES}"]
    with running(command, folder, **environment) as lab:
        yield f"{lab}/tree/test.ipynb?token={TOKEN}&reset"


def open_notebook(page: Page, address: str) -> Locator:
    """The notebook at this address, its kernel ready."""
    page.goto(address)
    # The notebook's own indicator says idle before there is a kernel; the status bar does not.
    expect(page.get_by_role("button", name=re.compile(r"\| Idle$"))).to_be_visible(timeout=60_000)
    return page.locator(".jp-Notebook")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def _wait_for(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urlopen(url, timeout=5).close()
            return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not come up:\n{log.read_text()}")
