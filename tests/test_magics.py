"""The magics, in a real kernel, executed as papermill and nbval execute notebooks."""

import pytest
from nbclient.exceptions import CellExecutionError

from tests import kernel

REGISTER = "from hflearn.magics import LessonMagics; get_ipython().register_magics(LessonMagics)"


def execute(*cells: str, allow_errors: bool = False) -> list:
    """The outputs of each cell, run in one fresh kernel."""
    return kernel.outputs(REGISTER, *cells, allow_errors=allow_errors)[1:]


CELLS = {
    "built in": "%%raises ZeroDivisionError\nbefore = 41\n1 / 0",
    "what it assigned": "print(before + 1)",
    "subclass": "%%raises ArithmeticError\n1 / 0",
    "imported in the cell": "%%raises JSONDecodeError\nfrom json import JSONDecodeError, loads\nloads('{')",
    "dotted path": "%%raises nbformat.reader.NotJSONError\nimport nbformat\nnbformat.reads('no', 4)",
    "a function": "def ship(parcel):\n    return [part['weight'] for part in parcel]",
    "in a function": "%%raises KeyError\nparcels = [{}]\nship(parcels)",
    "several lines": "%%raises TypeError\nint(\n    'ten',\n    base='two',\n)",
    "magics inside": "%%raises ValueError\n%env SOME_NAME=1\nraise ValueError",
    "syntax": "%%raises SyntaxError\nprint('a' 'b'\nc = 1",
    "folders": "%%raises FileNotFoundError\nfrom pathlib import Path\n(Path.home() / 'no such').read_text()",
    "afterwards": "import sys\ntype(sys.last_value).__name__",
    "no error": "%%raises ValueError\nkept = 'kept'\n",
    "another error": "%%raises ValueError\nimport json\n{}['x']",
    "unknown name": "%%raises NoSuchError\n1 / 0",
    "no name": "%%raises\n1 / 0",
    "what a failing cell assigned": "print(kept)",
    "gpu": "%%gpu\nprint('never here')",
    "online": "%%online\nprint('never here')",
    "online there": "import os; os.environ['HFLEARN_HUB'] = 'https://huggingface.co'",
    "online runs": "%%online\nx = 20\nx + 1",
    "online silenced": "%%online\nx + 1;",
}


@pytest.fixture(scope="module")
def outputs() -> dict:
    return dict(zip(CELLS, execute(*CELLS.values(), allow_errors=True), strict=True))


def text(output: list) -> str:
    assert [one.output_type for one in output] == ["stream"]
    assert output[0].name == "stdout"
    return output[0].text


def failure(output: list) -> str:
    return output[-1].evalue if output and output[-1].output_type == "error" else ""


def test_the_error_is_shown_with_the_learners_line_as_the_editor_numbers_it(outputs):
    assert text(outputs["built in"]) == "----> 3 1 / 0\nZeroDivisionError: division by zero\n"


def test_what_the_cell_assigned_before_the_error_stays(outputs):
    assert text(outputs["what it assigned"]) == "42\n"


def test_a_subclass_of_the_error_will_do(outputs):
    assert text(outputs["subclass"]).endswith("ZeroDivisionError: division by zero\n")


def test_the_cell_may_import_the_error(outputs):
    shown = text(outputs["imported in the cell"])
    assert shown.startswith("----> 3 loads('{')\n      … ")
    assert "inside json …\nJSONDecodeError: Expecting" in shown


def test_a_dotted_path_needs_no_import(outputs):
    lines = text(outputs["dotted path"]).splitlines()
    assert lines[0] == "----> 3 nbformat.reads('no', 4)"
    assert lines[1].startswith("      … ") and lines[1].endswith(" frames inside nbformat …")
    assert lines[2].startswith("NotJSONError: ")


def test_every_line_of_the_learners_own_is_shown(outputs):
    assert text(outputs["in a function"]) == (
        "----> 3 ship(parcels)\n"
        "----> 2     return [part['weight'] for part in parcel]   # in ship\n"
        "KeyError: 'weight'\n"
    )


def test_a_statement_over_several_lines_is_shown_whole(outputs):
    assert text(outputs["several lines"]).startswith(
        "----> 2 int(\n      3     'ten',\n      4     base='two',\n      5 )\nTypeError: "
    )


def test_a_line_magic_inside_is_run(outputs):
    assert text(outputs["magics inside"]).endswith("----> 3 raise ValueError\nValueError\n")


def test_a_syntax_error_shows_its_line(outputs):
    assert text(outputs["syntax"]).startswith("----> 2 print('a' 'b'\nSyntaxError: '(' was never closed")


def test_folders_of_this_machine_are_not_shown(outputs):
    assert text(outputs["folders"]).endswith("No such file or directory: '~/no such'\n")


def test_tb_finds_the_error_afterwards(outputs):
    assert outputs["afterwards"][0].data["text/plain"] == "'FileNotFoundError'"


def test_no_error_fails_the_cell(outputs):
    assert failure(outputs["no error"]) == "This cell was to raise ValueError, and it ended without an error."


def test_another_error_fails_the_cell_and_is_shown(outputs):
    assert failure(outputs["another error"]) == "This cell was to raise ValueError, not KeyError."
    shown = "\n".join(outputs["another error"][-1].traceback)
    assert shown.startswith("----> 3 {}['x']\nKeyError: 'x'\nAssertionError: ")


def test_a_name_nobody_knows_fails_the_cell(outputs):
    assert failure(outputs["unknown name"]).startswith("There is no error called NoSuchError here")


def test_a_missing_name_fails_the_cell(outputs):
    assert failure(outputs["no name"]).startswith("%%raises wants the name of an error")


def test_a_failing_cell_loses_no_variable(outputs):
    assert text(outputs["what a failing cell assigned"]) == "kept\n"


def test_gpu_says_what_it_skipped_and_why(outputs):
    assert text(outputs["gpu"]) in (
        "Skipped: this cell needs a CUDA GPU, and this machine has none.\n",
        "Skipped: this cell needs a CUDA GPU, and the installed torch was built without CUDA.\n",
        "never here\n",  # a machine with one
    )


def test_online_says_what_it_skipped_and_why(outputs):
    assert text(outputs["online"]) == (
        "Skipped: this cell needs huggingface.co, and you are on the practice Hub.\n"
    )


def test_online_runs_and_shows_its_last_value_on_the_real_hub(outputs):
    assert outputs["online runs"][0].data["text/plain"] == "21"


def test_a_semicolon_silences_the_last_value(outputs):
    assert outputs["online silenced"] == []


def test_papermill_goes_on_after_an_expected_error():
    assert text(execute(CELLS["built in"], "print(before)")[1]) == "41\n"


def test_papermill_stops_where_the_error_does_not_come():
    with pytest.raises(CellExecutionError, match="ended without an error"):
        execute("%%raises ValueError\n1 + 1")
