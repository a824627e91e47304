"""`hflearn lab` for real: JupyterLab and the practice Hub, one command up, one Ctrl-C down."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from hflearn import course, hub
from hflearn.home import client_home, hub_root

pytestmark = [
    pytest.mark.usefixtures("stock_dir"),
    pytest.mark.skipif(not course.lessons()[0].notebook.is_file(), reason="installed without its notebooks"),
    pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to one process"),
]


@contextmanager
def running_lab(folder: Path) -> Iterator[SimpleNamespace]:
    """A lab started from `folder`: its process, what it printed, its Hub's and its JupyterLab's address."""
    printed = folder / "printed"
    with printed.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "hflearn.cli", "lab", "--no-browser"],
            cwd=folder,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        address = _wait_for(r"(http://127\.0\.0\.1:\d+)(/lab/tree/\S+)\?(token=\w+)", printed, process)
        hub_url = re.search(r"practice Hub is at (http://\S+):", printed.read_text())[1]
        yield SimpleNamespace(process=process, printed=printed, hub=hub_url, jupyter=address)
    finally:
        with suppress(ProcessLookupError):
            process.terminate()
        process.wait(30)


def _wait_for(pattern: str, printed: Path, process: subprocess.Popen) -> re.Match[str]:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(pattern, printed.read_text()):
            return found
        time.sleep(0.1)
    raise AssertionError(f"no address came: {printed.read_text()}")


def ask(lab: SimpleNamespace, path: str, method: str = "GET"):
    base, _, token = lab.jupyter.groups()
    request = urllib.request.Request(f"{base}{path}?{token}", method=method)
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.load(response)


@pytest.fixture(scope="module")
def ended(tmp_path_factory) -> Iterator[SimpleNamespace]:
    """What a lab was while it ran, with a kernel in it, and what was left of it after Ctrl-C."""
    with running_lab(tmp_path_factory.mktemp("elsewhere")) as lab:
        seen = SimpleNamespace(hub=lab.hub, page=lab.jupyter[2])
        seen.store = hub.healthy(lab.hub)
        seen.notebook = ask(lab, f"/api/contents/notebooks/{course.lessons()[0].notebook.name}")["type"]
        ask(lab, "/api/kernels", "POST")
        processes = psutil.Process(lab.process.pid).children(recursive=True)
        seen.environment = processes[0].environ()
        with running_lab(tmp_path_factory.mktemp("second")) as second:
            seen.second_hub = second.hub
        seen.hub_after_second = hub.healthy(lab.hub)
        lab.process.send_signal(signal.SIGINT)
        seen.status = lab.process.wait(30)
        _, seen.left = psutil.wait_procs(processes, timeout=10)
        seen.hub_after = hub.healthy(lab.hub)
        yield seen


def test_it_opens_the_first_lesson_from_any_folder(ended):
    assert ended.page == f"/lab/tree/notebooks/{course.lessons()[0].notebook.name}"
    assert ended.notebook == "notebook"


def test_the_practice_hub_serves_this_learners_store(ended):
    assert ended.store == hub.Store(hub_root()).id


def test_terminals_and_kernels_are_told_of_the_hub(ended):
    assert ended.environment["HFLEARN_HUB_URL"] == ended.environment["HF_ENDPOINT"] == ended.hub
    assert ended.environment["HF_HOME"] == str(client_home())


def test_terminals_find_the_courses_python_first(ended):
    assert ended.environment["PATH"].split(os.pathsep)[0] == str(Path(sys.executable).parent)


def test_a_second_lab_uses_the_hub_that_runs_and_leaves_it_running(ended):
    assert ended.second_hub == ended.hub
    assert ended.hub_after_second == ended.store


def test_ctrl_c_ends_it_as_a_success(ended):
    assert ended.status == 0


def test_ctrl_c_leaves_no_process_and_no_hub(ended):
    assert ended.left == []
    assert ended.hub_after is None


def test_a_port_that_something_else_has_is_passed_over_and_the_next_one_remembered(ended, tmp_path):
    taken = int(ended.hub.rpartition(":")[2])
    with socket.create_server(("127.0.0.1", taken)), running_lab(tmp_path) as lab:
        assert f"Port {taken} is taken by something else" in lab.printed.read_text()
        elsewhere = lab.hub
    assert elsewhere != ended.hub
    with running_lab(tmp_path) as again:
        assert again.hub == elsewhere


def test_without_notebooks_it_says_where_they_are():
    code = "from hflearn import course, cli; from pathlib import Path; course.REPOSITORY = Path('/nowhere');"
    run = subprocess.run(
        [sys.executable, "-c", f"{code} raise SystemExit(cli.main(['lab']))"], capture_output=True, text=True
    )
    assert run.returncode == 1
    assert run.stderr.startswith("hflearn: hflearn was installed without its notebooks: clone its repository")
