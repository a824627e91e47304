"""`make notebooks` keeps fresh outputs: the same on every run, and none at all of a notebook that fails."""

import os
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from hflearn import home
from hflearn.errors import CourseError
from hflearn.notebooks import refresh
from hflearn.notebooks.execute import fresh_home

VARYING = """import os, sys, tempfile, time
from tqdm import tqdm
print(os.environ["HFLEARN_HOME"], tempfile.mkdtemp(), "http://127.0.0.1:%d" % (os.getpid() % 50000 + 10))
for _ in tqdm(range(2)): print(object())"""
TIMED = new_code_cell("time.perf_counter()", metadata={"tags": ["nbval-ignore-output"]})


def test_refreshing_twice_changes_nothing(a_course):
    folder = a_course(one=[new_markdown_cell("# One"), new_code_cell(VARYING), new_code_cell("6 * 7"), TIMED])
    refresh()
    first = (folder / "one.ipynb").read_bytes()
    refresh(["one"])
    assert (folder / "one.ipynb").read_bytes() == first
    assert first.endswith(b"}\n")
    cells = nbformat.reads(first.decode(), as_version=4).cells
    said = "~/.local/share/hflearn /tmp/tmp http://127.0.0.1:8760\n" + 2 * "<object object at 0x…>\n"
    assert [output.text for output in cells[1].outputs] == [said]
    assert cells[2].outputs[0].data == {"text/plain": "42"}
    assert cells[3].outputs


def test_a_cell_that_fails_is_named_and_the_notebook_stays_as_it_was(a_course):
    folder = a_course(one=[new_markdown_cell("# One"), new_code_cell("print(1)"), new_code_cell("1 / 0")])
    before = (folder / "one.ipynb").read_bytes()
    with pytest.raises(CourseError) as error:
        refresh()
    assert (
        str(error.value) == "notebooks/one.ipynb, cell 3 [2] failed with ZeroDivisionError: division by zero"
    )
    assert (folder / "one.ipynb").read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["one.ipynb"]


def test_a_kernel_that_dies_is_said_in_a_sentence(a_course):
    a_course(one=[new_code_cell("import os\nos._exit(1)")])
    with pytest.raises(CourseError, match=r"cell 1 \[1\] killed its kernel"):
        refresh()


def test_an_unknown_lesson_is_refused(a_course):
    a_course(one=[])
    with pytest.raises(CourseError, match="There is no lesson 'two'"):
        refresh(["two"])


def test_a_fresh_home_is_empty_shares_the_stock_and_goes_away():
    before, stock = dict(os.environ), home.stock_dir()
    os.environ["HFLEARN_HUB_URL"] = "http://127.0.0.1:8760"
    try:
        with fresh_home() as folder:
            assert home.home() == folder
            assert list(folder.iterdir()) == []
            assert home.stock_dir() == stock
            assert os.environ["HFLEARN_HUB"] == "practice"
            assert "HFLEARN_HUB_URL" not in os.environ
        assert not Path(folder).exists()
        assert os.environ.pop("HFLEARN_HUB_URL") == "http://127.0.0.1:8760"
    finally:
        os.environ.pop("HFLEARN_HUB_URL", None)
    assert dict(os.environ) == before
