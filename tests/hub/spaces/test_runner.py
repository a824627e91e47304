"""Spaces from a commit to a program that answers, and what becomes of broken ones."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import pytest

from hflearn.hub import Store, repositories
from hflearn.hub.spaces import program, settings

from .conftest import SERVER, eventually, wardens


def fetch(url: str) -> str:
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=120) as answer:
        return answer.read().decode()


def host(runner, name: str) -> str:
    return runner.host(runner.store.repo("space", name))


def test_a_visitor_starts_the_space_and_waits_for_it(runner, space):
    name = space({"app.py": SERVER})
    assert json.loads(fetch(host(runner, name)))["SPACE_ID"] == name


def test_a_static_space_serves_its_files(runner, space):
    name = space({"index.html": "<h1>Hola</h1>"}, sdk="static")
    assert fetch(host(runner, name)) == "<h1>Hola</h1>"


def test_a_commit_and_a_variable_start_it_anew(runner, store, space, status):
    name = space({"app.py": SERVER})
    assert status(name).running
    space({"app.py": SERVER.replace("dict(os.environ)", "'second'")})
    assert fetch(host(runner, name)) == '"second"'
    space({"app.py": SERVER})
    repo = store.repo("space", name)
    with store.database.writing() as db:
        settings.put(db, repo, "GREETING", "Hola", secret=False)
    assert json.loads(fetch(host(runner, name)))["GREETING"] == "Hola"


def test_the_program_sees_nothing_of_the_learner_s(runner, space, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_mine")
    monkeypatch.setenv("AWS_SECRET", "mine")
    seen = json.loads(fetch(host(runner, space({"app.py": SERVER}))))
    assert "HF_TOKEN" not in seen and "AWS_SECRET" not in seen
    assert seen["HF_ENDPOINT"] == runner.url and seen["HOME"] != os.environ["HOME"]


def test_an_error_is_shown_with_its_last_lines(space, status):
    found = status(space({"app.py": "print('begun')\nraise ValueError('no such column')"}))
    assert found.stage == "RUNTIME_ERROR"
    assert "status 1" in found.message and "no such column" in found.message
    assert 'File "app.py", line 2' in found.message


def test_a_program_that_just_ends_is_asked_for_launch(space, status):
    found = status(space({"app.py": "print('done')"}))
    assert found.stage == "RUNTIME_ERROR" and "demo.launch()" in found.message


def test_a_program_on_another_port_is_told_both(space, status, monkeypatch):
    monkeypatch.setattr(program, "ASTRAY_S", 0.5)
    astray = SERVER.replace('int(os.environ["GRADIO_SERVER_PORT"])', "0")
    found = status(space({"app.py": astray}))
    assert found.stage == "RUNTIME_ERROR" and "GRADIO_SERVER_PORT" in found.message


def test_a_program_that_hangs_is_given_up(space, status, monkeypatch):
    monkeypatch.setattr(program, "START_S", 1.0)
    found = status(space({"app.py": "import time\ntime.sleep(600)"}))
    assert found.stage == "RUNTIME_ERROR" and "not reached" in found.message


def test_a_visitor_of_a_broken_space_reads_why(runner, space):
    name = space({"app.py": "raise ValueError('no such column')"})
    with pytest.raises(urllib.error.HTTPError) as error:
        fetch(host(runner, name))
    assert error.value.code == 503 and "no such column" in error.value.read().decode()


def test_a_space_that_nobody_visits_sleeps_and_wakes(runner, store, space, status):
    name = space({"app.py": SERVER})
    repo = store.repo("space", name)
    with store.database.writing() as db:
        settings.set_sleep_time(db, repo, 1)
    address = host(runner, name)
    fetch(address)
    assert status(name, until="SLEEPING").stage == "SLEEPING"
    assert fetch(address)


def test_a_deleted_space_ends(runner, store, space, status):
    name = space({"app.py": SERVER})
    assert status(name).running
    repo = store.repo("space", name)
    assert wardens(runner.folder, repo)
    with store.database.writing() as db:
        repositories.delete(db, repo)
    eventually(lambda: not wardens(runner.folder, repo))


def test_twenty_restarts_leave_one_program(runner, store, space, status):
    name = space({"app.py": SERVER})
    repo = store.repo("space", name)
    for _ in range(20):
        runner.restart(repo)
        assert status(name).running
    eventually(lambda: len(wardens(runner.folder, repo)) == 2)  # the last warden and its program
    assert status(name).running
    runner.restart(repo)  # and nobody comes
    eventually(lambda: not wardens(runner.folder, repo))


KILLED = """
import sys
from pathlib import Path
from hflearn.hub import Store
from hflearn.hub.spaces import Runner
store = Store(Path(sys.argv[1]))
store.ensure_repo("space", "ada/app")
files = {"README.md": b"---\\nsdk: gradio\\n---\\n", "app.py": sys.argv[2].encode()}
store.commit("space", "ada/app", files=files, message="App", author="ada")
print(Runner(store, "http://127.0.0.1:9").host(store.repo("space", "ada/app")), flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_hub_leaves_no_process(tmp_path):
    command = [sys.executable, "-c", KILLED, str(tmp_path), SERVER]
    hub = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    fetch(hub.stdout.readline().strip())
    repo = Store(tmp_path).repo("space", "ada/app")
    assert len(wardens(tmp_path / "spaces", repo)) == 2  # the warden and the program
    hub.send_signal(signal.SIGKILL)
    hub.wait()
    eventually(lambda: not wardens(tmp_path / "spaces", repo))
