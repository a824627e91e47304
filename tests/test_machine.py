"""What the machine has, in the units that the names say, and without torch."""

import subprocess
import sys

import psutil
import pytest

from hflearn import machine


def test_looking_at_the_machine_does_not_import_torch():
    look = "from hflearn import machine; machine.cpu(), machine.gpu(), machine.memory_gb()"
    code = f"import sys; {look}; print('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_the_cpu_has_a_name_and_cores():
    cpu = machine.cpu()
    assert cpu.name and 1 <= cpu.cores <= (psutil.cpu_count() or 1)


def test_memory_is_in_billions_of_bytes():
    available, total = machine.memory_gb()
    assert 0 <= available <= total <= psutil.virtual_memory().total / 1e9


def test_the_disk_of_a_folder_that_is_yet_to_be_made(tmp_path):
    free = psutil.disk_usage(str(tmp_path)).free / 1e9
    assert machine.disk_gb(tmp_path / "not" / "yet") == pytest.approx(free, rel=0.1)
