"""Starting, finding and stopping the server."""

import signal
import socket
import subprocess
import sys

import pytest

from hflearn import hub
from hflearn.errors import CourseError


def test_it_listens_on_loopback_alone_unless_told_otherwise(running):
    assert running.url.startswith("http://127.0.0.1:")


def test_it_says_which_store_it_serves(running, store):
    assert hub.healthy(running.url) == store.id


def test_nothing_and_something_else_are_not_healthy():
    with socket.create_server(("127.0.0.1", 0)) as other:
        url = f"http://127.0.0.1:{other.getsockname()[1]}"
        assert hub.healthy(url, timeout=0.2) is None
    assert hub.healthy(url) is None
    assert hub.healthy("nonsense") is None


def test_a_taken_port_is_explained(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(CourseError, match="another port"):
        hub.start(tmp_path, port=other.getsockname()[1])


def test_a_stopped_hub_gives_its_port_back(tmp_path):
    running = hub.start(tmp_path)
    running.stop()
    assert hub.healthy(running.url) is None
    again = hub.start(tmp_path, port=int(running.url.rsplit(":", 1)[1]))
    again.stop()


def test_alone_it_prints_its_address_once_it_answers(tmp_path):
    code = (
        "import sys; from pathlib import Path; from hflearn import hub; hub.serve(Path(sys.argv[1]), port=0)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    url = process.stdout.readline().strip()
    assert hub.healthy(url)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0


def test_a_kernel_and_a_server_share_one_store(tmp_path):
    first, second = hub.start(tmp_path), hub.start(tmp_path)
    store = hub.Store(tmp_path)
    store.ensure_repo("model", "org/m")
    assert hub.healthy(first.url) == hub.healthy(second.url) == store.id
    first.stop()
    second.stop()
