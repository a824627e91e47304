"""The doctor names what is wrong, with its remedy, and fails where the course could not run."""

import importlib.metadata
import os
import re
import socket
import subprocess
import sys

import pytest

from hflearn import course, doctor, hub, machine


def test_every_failure_and_every_absence_has_a_remedy(stock_dir):
    for finding in doctor.findings():
        if finding.ok is not True and "no constraints.txt" not in finding.what:
            assert finding.remedy, finding


def test_this_machine_is_healthy_and_the_command_says_so(stock_dir):
    run = subprocess.run([sys.executable, "-m", "hflearn.cli", "doctor"], capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    assert all(re.match(r"\[(OK|--)\] ", line) for line in run.stdout.splitlines())


def test_a_failure_makes_the_command_fail(tmp_path):
    (tmp_path / "numpy.py").write_text("")
    code = (
        "from hflearn import doctor, cli, machine; machine.memory_gb = lambda: (1, 1); cli.main(['doctor'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert run.returncode == 1
    assert "[FAIL] memory: 1.0 of 1.0 GB available" in run.stdout


def test_an_old_python_is_told_how_to_use_another():
    finding = doctor.python((3, 10))
    assert finding.ok is False and "make PYTHON=python3.11 setup" in finding.remedy


@pytest.mark.parametrize(
    ("pin", "ok"), [("2.13.0", True), ("2.12.0", False), (None, True)], ids=["right", "other", "unpinned"]
)
def test_a_package_is_held_against_its_pin(monkeypatch, pin, ok):
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "2.13.0+cpu")
    assert doctor.package("torch", pin).ok is ok


def test_a_package_that_is_missing():
    finding = doctor.package("no-such-package", "1.0")
    assert finding.ok is False and "make setup" in finding.remedy


def test_pins_are_read_as_pip_reads_them(tmp_path):
    file = tmp_path / "constraints.txt"
    file.write_text(
        "# why\nTorch==2.13.0\nruamel.yaml==1.0  # comment\nwinpty==3 ; sys_platform == 'win32'\n"
    )
    assert doctor.read_pins(file) == {"torch": "2.13.0", "ruamel-yaml": "1.0", "winpty": "3"}


def test_without_constraints_it_says_that_versions_are_not_checked(tmp_path):
    assert next(doctor.packages(tmp_path / "none.txt")).ok is None


def test_every_package_that_hflearn_declares_is_looked_at():
    looked_at = " ".join(finding.what for finding in doctor.packages(doctor.CONSTRAINTS))
    for name in ("torch", "transformers", "huggingface-hub", "jupyterlab", "starlette"):
        assert f"{name} " in looked_at


def test_little_memory_fails_and_busy_memory_does_not(monkeypatch):
    needed = max(lesson.memory_gb for lesson in course.lessons())
    monkeypatch.setattr(machine, "memory_gb", lambda: (needed / 2, needed / 2))
    assert doctor.memory().ok is False
    monkeypatch.setattr(machine, "memory_gb", lambda: (needed / 2, needed * 2))
    assert doctor.memory().ok is None


def test_a_full_disk_fails(monkeypatch):
    monkeypatch.setattr(machine, "disk_gb", lambda folder: 0.1)
    assert doctor.disk().ok is False


def test_a_gpu_that_torch_cannot_use_is_named(monkeypatch):
    monkeypatch.setattr(machine, "gpu", lambda: "NVIDIA A10")
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "2.13.0+cpu")
    assert "cannot use it" in doctor.gpu().what


def test_a_port_that_is_taken(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert doctor.port(other.getsockname()[1]).ok is None


def test_a_port_where_a_practice_hub_answers(tmp_path):
    running = hub.start(tmp_path)
    try:
        finding = doctor.port(int(running.url.rpartition(":")[2]))
    finally:
        running.stop()
    assert finding == doctor.Finding(True, finding.what) and "a practice Hub answers" in finding.what


def test_the_practice_hub_is_tried():
    assert doctor.practice_hub().ok is True


def test_a_real_hub_out_of_reach_fails():
    assert doctor.real_hub("http://127.0.0.1:9").ok is False


def test_stock_that_is_not_here_yet_is_no_failure(tmp_path):
    code = "from hflearn import doctor; [print(finding) for finding in doctor.shelves()]"
    environment = {**os.environ, "HFLEARN_HOME": str(tmp_path), "HFLEARN_STOCK": str(tmp_path / "stock")}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert re.match(
        r"\[--\]   stock: 0 of \d+ models and datasets are here → `hflearn stock` fetches", run.stdout
    )
