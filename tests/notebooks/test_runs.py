"""Every lesson and exercise runs from top to bottom, offline, and says what it said when it was written."""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from hflearn.course import REPOSITORY
from hflearn.notebooks.execute import fresh_home

NOTEBOOKS = sorted([*REPOSITORY.glob("notebooks/*.ipynb"), *REPOSITORY.glob("exercises/*.ipynb")])
LOOPBACK_ONLY = [sys.executable, str(Path(__file__).with_name("loopback_only.py"))]


@cache
def network_cut_off() -> list[str]:
    """The words to put before a command so that it reaches loopback alone; [] where that is forbidden."""
    for unshare in (["unshare", "--net"], ["unshare", "--map-root-user", "--net"]):
        command = [*unshare, *LOOPBACK_ONLY]
        if (
            shutil.which("unshare")
            and subprocess.run([*command, "true"], capture_output=True).returncode == 0
        ):
            return command
    return []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_notebook_runs_and_its_outputs_are_the_same(path, compare, stock_dir):
    beside = set(path.parent.iterdir())
    with fresh_home():
        done = compare(path, "--maxfail=5", before=network_cut_off())
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(path.parent.iterdir()) == beside, "The notebook left files in its folder."


def test_the_notebooks_run_without_a_network():
    if not network_cut_off():
        if os.environ.get("CI") and shutil.which("unshare"):
            pytest.fail("CI has unshare, and this user may not use it: the lessons ran with the network on.")
        pytest.skip(
            "This machine cannot cut off the network (Linux's `unshare --net`): the lessons ran with it on."
        )
    address = "import socket; socket.create_connection(('{}', {}), timeout=5)"
    outside = subprocess.run(
        [*network_cut_off(), sys.executable, "-c", address.format("192.0.2.1", 80)],
        capture_output=True,
        text=True,
    )
    assert "Network is unreachable" in outside.stderr
    inside = subprocess.run(
        [*network_cut_off(), sys.executable, "-c", address.format("127.0.0.1", 9)],
        capture_output=True,
        text=True,
    )
    assert "Connection refused" in inside.stderr
