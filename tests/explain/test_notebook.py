"""The box in a real kernel, executed as papermill and nbval execute notebooks."""

import pytest
from nbclient.exceptions import CellExecutionError

from tests import kernel

SET_UP = """
from hflearn import explain
from hflearn.magics import LessonMagics
shell = get_ipython()
shell.register_magics(LessonMagics)
explain.install(shell)
explain.install(shell)
from huggingface_hub import hf_hub_download
"""

CELLS = {
    "explained": "hf_hub_download('a/b/c', 'config.json')",
    "the next cell": "print('goes on')",
    "ordinary": "{}['x']",
    "no error": "1 + 1",
    "syntax": "print(",
    "raises": "%%raises ValueError\nhf_hub_download('a/b/c', 'config.json')",
    "in an awaited cell": "import asyncio\nawait asyncio.sleep(0)\nhf_hub_download('a/b/c', 'config.json')",
    "a handler of one's own": (
        "def handle(shell, kind, error, trace, tb_offset=None): print('handled', kind.__name__)\n"
        "shell.set_custom_exc((ValueError,), handle)"
    ),
    "handled": "hf_hub_download('a/b/c', 'config.json')",
    "the handler leaves": "shell.set_custom_exc((), None)",
    "broken rules": "from hflearn.explain import rules\nrules.RULES = [None]",
    "with broken rules": "hf_hub_download('a/b/c', 'config.json')",
    "bare": "shell.events.unregister('post_run_cell', explain.notebook.show)",
    "without": "hf_hub_download('a/b/c', 'config.json')",
}


def execute(*cells: str, allow_errors: bool) -> list:
    return kernel.outputs(SET_UP, *cells, allow_errors=allow_errors)[1:]


@pytest.fixture(scope="module")
def outputs() -> dict[str, list]:
    return dict(zip(CELLS, execute(*CELLS.values(), allow_errors=True), strict=True))


def kinds(output: list) -> list[str]:
    return [one.output_type for one in output]


def test_the_box_stands_under_the_traceback_once_as_html_and_as_text(outputs):
    assert kinds(outputs["explained"]) == ["error", "display_data"]
    box = outputs["explained"][1].data
    assert "<code>a/b/c</code>" in box["text/html"]
    assert box["text/plain"].startswith("what happened  `a/b/c` is no folder here")


def test_the_traceback_is_what_it_is_without(outputs):
    def lines(output):
        return [line for line in output[0].traceback if "Cell" not in line]

    assert outputs["explained"][0].evalue == outputs["without"][0].evalue
    assert lines(outputs["explained"]) == lines(outputs["without"])
    assert kinds(outputs["without"]) == ["error"]


def test_cells_go_on_as_before(outputs):
    assert outputs["the next cell"][0].text == "goes on\n"
    assert outputs["no error"][0].data["text/plain"] == "2"


@pytest.mark.parametrize("name", ["ordinary", "syntax", "with broken rules"])
def test_where_nothing_is_known_nothing_is_added(name, outputs):
    assert kinds(outputs[name]) == ["error"]


def test_an_error_that_raises_expected_has_no_box(outputs):
    assert kinds(outputs["raises"]) == ["stream"]


def test_an_awaited_cell_is_explained_too(outputs):
    assert kinds(outputs["in an awaited cell"]) == ["error", "display_data"]


def test_a_handler_of_ones_own_still_handles(outputs):
    assert kinds(outputs["handled"]) == ["stream", "display_data"]
    assert outputs["handled"][0].text == "handled HFValidationError\n"


def test_papermill_stops_at_an_explained_error_as_at_any():
    with pytest.raises(CellExecutionError, match="HFValidationError"):
        execute(CELLS["explained"], allow_errors=False)
