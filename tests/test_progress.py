"""What the learner has done: counted, kept, and never lost to a damaged file."""

import json
import subprocess
import sys

import pytest

from hflearn import progress
from hflearn.home import progress_file


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HFLEARN_HOME", str(tmp_path))
    return tmp_path


def test_nothing_is_recorded_at_first():
    assert progress.read() == {}


def test_attempts_are_counted():
    progress.record("01_hub", "q1", right=False)
    progress.record("01_hub", "q1", right=True)
    assert progress.read() == {"01_hub": {"q1": {"attempts": 2, "right": True}}}


def test_once_right_stays_right():
    progress.record("01_hub", "q1", right=True)
    progress.record("01_hub", "q1", right=False)
    assert progress.read()["01_hub"]["q1"]["right"] is True


@pytest.mark.parametrize(
    "damaged",
    [b"", b"{", b"\xff\xfe\x00", b"[]", b'{"done": {"x": 3}}', b'{"done": {"x": {"q1": {"attempts": "3"}}}}'],
)
def test_a_damaged_file_is_kept_aside_with_one_sentence(home, capsys, damaged):
    progress_file().write_bytes(damaged)
    progress.record("01_hub", "q1", right=True)
    assert progress.read()["01_hub"]["q1"]["right"] is True
    assert (home / "progress.bak").read_bytes() == damaged
    assert capsys.readouterr().err.count("\n") == 1


def test_an_earlier_damaged_file_is_kept_too(home):
    for damaged in (b"first", b"second"):
        progress_file().write_bytes(damaged)
        progress.read()
    assert (home / "progress.bak").read_bytes() == b"first"
    assert (home / "progress.bak2").read_bytes() == b"second"


def test_a_place_that_cannot_be_written_costs_one_sentence_and_nothing_else(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("HFLEARN_HOME", str(tmp_path / "file"))
    progress.record("01_hub", "q1", right=True)
    assert capsys.readouterr().err.startswith("hflearn: your progress could not be kept")


def test_several_processes_lose_nothing(home):
    code = "from hflearn import progress\nfor _ in range(20): progress.record('01_hub', 'q1', right=False)"
    writers = [subprocess.Popen([sys.executable, "-c", code]) for _ in range(3)]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    assert progress.read()["01_hub"]["q1"]["attempts"] == 60


def test_the_file_is_whole_json_and_no_temporary_one_stays(home):
    progress.record("01_hub", "q1", right=True)
    assert json.loads(progress_file().read_text())["version"] == progress.VERSION
    assert [path for path in home.iterdir() if path.name.startswith("progress-")] == []
