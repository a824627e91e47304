"""A cell whose output is compared fails when its output changes."""

import re

import pytest
from nbformat.v4 import new_code_cell, new_output

TQDM = (
    "import sys\nfrom tqdm import tqdm\nfor _ in tqdm(range(3), file=sys.stderr):\n    pass\nprint('counted')"
)
HTML = """from IPython.display import HTML
HTML('<img alt="a cat" src="data:image/png;base64,AAAA">')"""
WIDGET = "from ipywidgets import IntSlider\nIntSlider(value=3)"
FIGURE = """from IPython.display import display
display({"image/png": "AAAA", "text/plain": "<Figure: prices rise>"}, raw=True)"""


def stdout(text):
    return new_output("stream", name="stdout", text=text)


def shown(**data):
    return new_output("display_data", data={kind.replace("_", "/"): value for kind, value in data.items()})


CELLS = {
    "same": (new_code_cell("print(1 + 1)"), [stdout("2\n")], "passed"),
    "changed text": (new_code_cell("print(2 + 2)"), [stdout("5\n")], "failed"),
    "an output gone": (new_code_cell("x = 1"), [stdout("1\n")], "failed"),
    "an output too many": (new_code_cell("print('new')"), [], "failed"),
    "changed, but tagged": (
        new_code_cell("print(3)", metadata={"tags": ["nbval-ignore-output"]}),
        [stdout("4\n")],
        "passed",
    ),
    "another port": (
        new_code_cell("print('http://127.0.0.1:43211/api')"),
        [stdout("http://127.0.0.1:8760/api\n")],
        "passed",
    ),
    "another path on it": (
        new_code_cell("print('http://127.0.0.1:43211/api')"),
        [stdout("http://127.0.0.1:8760/app\n")],
        "failed",
    ),
    "a progress bar": (new_code_cell(TQDM), [stdout("counted\n")], "passed"),
    "a picture's bytes": (
        new_code_cell(HTML),
        [
            shown(
                text_html='<img alt="a cat" src="data:image/png;base64,BBBB">',
                text_plain="<IPython.core.display.HTML object>",
            )
        ],
        "passed",
    ),
    "a picture's alt text": (
        new_code_cell(HTML),
        [
            shown(
                text_html='<img alt="a dog" src="data:image/png;base64,AAAA">',
                text_plain="<IPython.core.display.HTML object>",
            )
        ],
        "failed",
    ),
    "a figure's words": (
        new_code_cell(FIGURE),
        [shown(image_png="AAAA", text_plain="<Figure: prices fall>")],
        "failed",
    ),
    "a widget": (new_code_cell(WIDGET), [shown(text_plain="IntSlider(value=3)")], "passed"),
    "a widget's value": (new_code_cell(WIDGET), [shown(text_plain="IntSlider(value=4)")], "failed"),
    "an error": (new_code_cell("1 / 0"), [], "failed"),
}


@pytest.fixture(scope="module")
def verdicts(compare, tmp_path_factory):
    import nbformat

    cells = []
    for count, (cell, outputs, _) in enumerate(CELLS.values(), start=1):
        cell.outputs, cell.execution_count = outputs, count
        cells.append(cell)
    path = tmp_path_factory.mktemp("doctored") / "sample.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    done = compare(path, "-rA", "--tb=no")
    found = {
        int(cell): verdict.lower()
        for verdict, cell in re.findall(r"(PASSED|FAILED) .*::Cell (\d+)", done.stdout)
    }
    assert len(found) == len(CELLS), done.stdout + done.stderr
    return dict(zip(CELLS, (found[index] for index in range(len(CELLS))), strict=True))


@pytest.mark.parametrize("case", CELLS)
def test_a_compared_output_fails_when_it_changes(case, verdicts):
    assert verdicts[case] == CELLS[case][2]


def test_the_exit_status_is_that_of_a_failure(compare, write):
    changed = new_code_cell("print(2 + 2)", execution_count=1, outputs=[stdout("5\n")])
    assert compare(write(changed)).returncode == 1
