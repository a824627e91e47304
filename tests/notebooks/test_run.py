"""`hflearn run` executes lessons, with parameters, and reports on each."""

import pytest
from nbformat.v4 import new_code_cell

from hflearn.errors import CourseError
from hflearn.notebooks import budgets, run

PARAMETERS = new_code_cell("count = 1\nword = 'one'", metadata={"tags": ["parameters"]})
PRINTED = new_code_cell("print(word * count)")


def test_each_lesson_gets_a_report_and_one_that_fails_does_not_stop_the_next(a_course, capsys):
    folder = a_course(bad=[new_code_cell("1 / 0")], good=[PARAMETERS, PRINTED])
    with pytest.raises(CourseError) as error:
        run([], {})
    assert "1 of 2 lessons failed: bad ([1] ZeroDivisionError: division by zero)" in str(error.value)
    reports = folder.parent / "runs"
    # The notebook of the one that failed stays, for it shows how far it came.
    assert sorted(path.name for path in reports.iterdir()) == ["bad.html", "bad.ipynb", "good.html"]
    table = capsys.readouterr().out.splitlines()
    assert [row.split()[0] for row in table[2:]] == ["bad", "good", "all"]
    assert "failed" in table[2]
    assert "done" in table[3]


def test_parameters_replace_those_of_the_lesson(a_course):
    folder = a_course(one=[PARAMETERS, PRINTED])
    run(["one"], {"count": "3", "word": "two"})
    assert "twotwotwo" in (folder.parent / "runs" / "one.html").read_text(encoding="utf-8")


def test_an_unknown_parameter_is_refused_before_anything_runs(a_course):
    folder = a_course(one=[PARAMETERS, PRINTED])
    with pytest.raises(CourseError) as error:
        run(["one"], {"colour": "red"})
    assert str(error.value) == "notebooks/one.ipynb has no parameter 'colour'. It has count, word."
    assert not (folder.parent / "runs").exists()


@pytest.mark.parametrize("value", ["many", "2.5", "None"])
def test_a_value_of_another_type_is_refused_before_anything_runs(a_course, value):
    folder = a_course(one=[PARAMETERS, PRINTED])
    with pytest.raises(CourseError, match="'count' should be of type int, as its default 1 is; it was "):
        run(["one"], {"count": value})
    assert not (folder.parent / "runs").exists()


def test_a_whole_number_does_where_the_default_is_a_float(a_course):
    rate = new_code_cell("rate = 0.5", metadata={"tags": ["parameters"]})
    folder = a_course(one=[rate, new_code_cell("print('rate', rate * 4)")])
    run(["one"], {"rate": "2"})
    assert "rate 8" in (folder.parent / "runs" / "one.html").read_text(encoding="utf-8")


def test_an_unknown_lesson_is_refused(a_course):
    a_course(one=[])
    with pytest.raises(CourseError, match="There is no lesson 'two'"):
        run(["two"], {})


def test_budgets_prints_what_a_lesson_costs_with_the_processes_it_starts(a_course, capsys):
    child = "import subprocess, sys\ncode = 'import time; x = bytearray(300_000_000); time.sleep(1.5)'"
    a_course(one=[new_code_cell(child), new_code_cell("subprocess.run([sys.executable, '-c', code])")])
    budgets()
    row = capsys.readouterr().out.splitlines()[2].split()
    assert row[0] == "one"
    assert 1.5 < float(row[1]) < 60
    assert 0.3 < float(row[3]) < 1
    assert row[5] == "within"
