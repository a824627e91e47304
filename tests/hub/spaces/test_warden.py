"""The script that runs a program beneath the Hub."""

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from hflearn.hub.spaces import warden

from .conftest import eventually


def guarded(log: Path, code: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, warden.__file__, str(log), sys.executable, "-u", "-c", code]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


def test_it_keeps_what_the_program_prints_and_passes_its_status_on(tmp_path):
    process = guarded(tmp_path / "run.log", "import sys; print('out'); sys.stderr.write('err'); sys.exit(3)")
    assert process.wait() == 3
    assert (tmp_path / "run.log").read_text() == "out\nerr"


def test_a_flood_fills_two_files_and_no_more(tmp_path):
    process = guarded(tmp_path / "run.log", "for n in range(40_000): print('x' * 70, n)")
    process.wait()
    sizes = [(tmp_path / name).stat().st_size for name in ("run.log", "run.old")]
    assert max(sizes) <= warden.LOG_BYTES
    assert (tmp_path / "run.log").read_text().endswith(" 39999\n")


FAMILY = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
shell = subprocess.run("sleep 600 > /dev/null 2>&1 & echo $!", shell=True, capture_output=True, text=True)
print(child.pid, shell.stdout.strip())
time.sleep(600)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="written for a POSIX shell and SIGTERM")
@pytest.mark.parametrize("end", ["stdin closes", "terminated"])
def test_the_program_ends_with_all_its_descendants(tmp_path, end):
    log = tmp_path / "run.log"
    process = guarded(log, FAMILY)
    eventually(lambda: log.exists() and log.read_text().count("\n"))
    child, orphan = map(int, log.read_text().split())
    assert psutil.pid_exists(child) and psutil.pid_exists(orphan)
    if end == "terminated":
        process.terminate()
    else:
        process.stdin.close()
    process.wait()
    assert not psutil.pid_exists(child)
    if sys.platform == "linux":  # elsewhere an orphan's descent is not known
        assert not psutil.pid_exists(orphan)
