"""Measurements mean what their names and units say."""

import time

import pytest

from hflearn import measure
from hflearn.errors import CourseError


def test_the_median_leaves_out_warm_up_and_outliers():
    waits = iter([0.2, 0.01, 0.01, 0.2])
    assert measure.median_seconds(lambda: time.sleep(next(waits)), repeats=3) == pytest.approx(0.01, abs=0.01)


def test_warm_up_calls_are_made():
    calls = []
    measure.median_seconds(lambda: calls.append(1), repeats=3, warm_up=2)
    assert len(calls) == 5


def test_a_block_is_timed_even_where_it_fails():
    with pytest.raises(ValueError), measure.timed() as timer:
        time.sleep(0.02)
        raise ValueError
    assert 0.02 <= timer.seconds < 0.2


def test_memory_is_in_millions_of_bytes():
    before = measure.memory_mb()
    held = b"x" * 50_000_000
    assert measure.memory_mb() - before == pytest.approx(50, abs=10)
    del held


def test_a_file_has_its_size(tmp_path):
    (tmp_path / "file").write_bytes(bytes(2_500_000))
    assert measure.size_mb(tmp_path / "file") == 2.5


def test_a_folder_counts_a_file_once_however_many_links_lead_to_it(tmp_path):
    (tmp_path / "blobs").mkdir()
    (tmp_path / "blobs" / "blob").write_bytes(bytes(1_000_000))
    (tmp_path / "snapshot").mkdir()
    try:
        (tmp_path / "snapshot" / "model.safetensors").symlink_to(tmp_path / "blobs" / "blob")
    except OSError:
        pytest.skip("this Windows account may not make links")
    assert measure.size_mb(tmp_path) == 1.0
    assert measure.size_mb(tmp_path / "snapshot") == 1.0


def test_nothing_to_measure_is_said_so(tmp_path):
    with pytest.raises(CourseError, match=r"There is no file or folder .*gone"):
        measure.size_mb(tmp_path / "gone")


def test_a_fresh_process_shows_what_the_code_takes_and_not_what_the_setup_took():
    run = measure.in_process(
        "held = bytearray(80_000_000); time.sleep(0.1); print('done é')", setup="import time; time.sleep(0.3)"
    )
    assert run.added_mb == pytest.approx(80, abs=8)
    assert run.peak_mb > run.added_mb
    assert 0.1 <= run.seconds < 0.3
    assert run.output == "done é\n"


def test_a_fresh_process_does_not_inherit_the_peak_of_this_one():
    held = b"x" * 300_000_000
    assert measure.in_process("pass").peak_mb < 100
    del held


def test_indented_code_is_welcome():
    assert (
        measure.in_process("""
        for word in ["two", "lines"]:
            print(word)
    """).output
        == "two\nlines\n"
    )


def test_code_that_fails_says_why():
    with pytest.raises(CourseError, match="The code to measure failed: ZeroDivisionError: division by zero"):
        measure.in_process("1 / 0")


def test_code_that_is_killed_says_so():
    with pytest.raises(CourseError, match="exit status"):
        measure.in_process("import os; os._exit(9)")
