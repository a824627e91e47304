"""A process that is killed in the middle of its work, and others that share its store."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hflearn.hub import Store, browse, refs, trees

WRITER = """
import os, sys
from pathlib import Path
from hflearn.hub import Store
store = Store(Path(sys.argv[1]))
for number in range(int(sys.argv[3]), 10**9):
    path = f"{sys.argv[2]}/{number}"
    files = {f"{path}.txt": str(number).encode(), f"{path}.bin": os.urandom(50_000)}
    oid = store.commit("model", "org/m", files=files, message=f"Commit {number}", author="ada")
    print(oid, number, flush=True)
"""


def writer(store: Store, name: str, first: int = 0) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(store.root), name, str(first)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def acknowledged(process: subprocess.Popen[str]) -> list[tuple[str, int]]:
    """The commits that the process said it had made; a line cut short by its death does not count."""
    assert process.stdout
    lines = [line.split() for line in process.stdout if line.endswith("\n")]
    return [(oid, int(number)) for oid, number in lines]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "hub")
    store.ensure_repo("model", "org/m")
    return store


def check_whole(store: Store, name: str, made: list[tuple[str, int]]) -> None:
    """Every commit of `made` is there, and every file that main names can be read in full."""
    repo = store.repo("model", "org/m")
    with store.database.reading() as db:
        for oid, number in made:
            commit = refs.resolve(db, repo, oid)
            small = browse.file(db, repo, commit, f"{name}/{number}.txt")
            assert store.blobs.path(small.etag).read_text() == str(number)
        for blob in trees.files(db, refs.resolve(db, repo, "main").tree).values():
            assert store.blobs.path(blob.etag).stat().st_size == blob.size


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_process_killed_at_any_instant_leaves_its_acknowledged_commits_whole(store):
    made: list[tuple[str, int]] = []
    for delay in (0.05, 0.013, 0.002, 0.031, 0.021):
        process = writer(store, "a", first=len(made) + 1000 * len(made))
        assert process.stdout
        first = process.stdout.readline().split()
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        made += [(first[0], int(first[1])), *acknowledged(process)]
        process.wait()
        check_whole(store, "a", made)
    assert len(made) > 5


def test_two_processes_fill_one_store_and_lose_nothing(store):
    processes = {name: writer(store, name) for name in ("a", "b")}
    time.sleep(2)
    for name, process in processes.items():
        process.terminate()
        made = acknowledged(process)
        process.wait()
        assert made
        check_whole(store, name, made)
