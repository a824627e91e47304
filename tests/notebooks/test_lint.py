"""The linter: every notebook of the course passes, and each rule finds the fault it is there for."""

from dataclasses import replace
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from hflearn import course
from hflearn.course import REPOSITORY, Lesson
from hflearn.notebooks import lint
from hflearn.notebooks.lint import HEADINGS, Page, problems

NOTEBOOKS = sorted([*REPOSITORY.glob("notebooks/*.ipynb"), *REPOSITORY.glob("exercises/*.ipynb")])

LESSON = Lesson(
    id="01_hub",
    title="The Hub",
    objectives=["search"],
    needs="Python",
    minutes=30,
    memory_gb=2,
    seconds=60,
    stock=[],
    exercise=True,
)
NEXT = replace(LESSON, id="02_pipeline", exercise=False)
METADATA = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
START = 'import hflearn\n\nhflearn.start("01_hub")'
LINKS = "[exercise](../exercises/01_hub.ipynb), [next](02_pipeline.ipynb)"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_notebook_has_no_fault(path):
    assert not (faults := lint(path)), "\n".join(faults)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A notebooks/ folder with the files that the sample links to."""
    for name in ("notebooks/02_pipeline.ipynb", "exercises/01_hub.ipynb", "LICENSE"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    return tmp_path / "notebooks"


def code(source, *outputs, tags=(), count=1):
    return new_code_cell(source, outputs=list(outputs), execution_count=count, metadata={"tags": list(tags)})


def says(text):
    return new_output("stream", name="stdout", text=text)


def displays(metadata=None, **data):
    data = {kind.replace("_", "/"): value for kind, value in data.items()}
    return new_output("display_data", data=data, metadata=metadata or {})


def lesson(
    folder, *cells, title="# 01 · The Hub", headings=HEADINGS, links=LINKS, metadata=None, start=START
):
    """A lesson without a fault, and `cells` in it."""
    parts = [new_markdown_cell(f"## {heading}") for heading in headings]
    every = [new_markdown_cell(title), code(start), *cells, *parts, new_markdown_cell(links)]
    notebook = new_notebook(cells=every, metadata=metadata or METADATA)
    return Page(folder / "01_hub.ipynb", notebook, LESSON, NEXT)


def test_a_lesson_without_a_fault(folder):
    assert problems(lesson(folder, code("print(1)", says("1\n")), code("x = 2"))) == []


WIDGET = {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "IntSlider()"}

BAD_CELLS = {
    "a long cell": (code("\n".join(["x = 1"] * 16)), "16 lines of code; split the cell"),
    "an image without alt text": (new_markdown_cell("![](../LICENSE)"), "has no alt text"),
    "an img without alt text": (new_markdown_cell('<img src="../LICENSE">'), "has no alt text"),
    "a picture without alt text": (code("plot()", displays(image_png="AAAA")), "a picture without alt text"),
    "a picture without alt text in HTML": (
        code("plot()", displays(text_html='<img src="data:image/png;base64,AAAA">')),
        "a picture without alt text",
    ),
    "cell metadata": (new_markdown_cell("x", metadata={"execution": {}}), "metadata holds execution"),
    "a widget": (code("w", new_output("display_data", data=WIDGET)), "keeps a widget"),
    "a home folder": (code("p", says("/home/ana/model.bin\n")), "shows /home/ana"),
    "a home folder in HTML": (code("p", displays(text_html="<b>/Users/ana/x</b>")), "shows /Users/ana"),
    "a Windows folder": (code("p", says("C:\\Users\\ana\n")), "a folder of one machine"),
    "a cell not executed": (code("print(1)", count=None), "was not executed"),
    "a print without its output": (code("with x:\n    print(1)"), "prints, and keeps no output"),
    "a print under a magic without its output": (code("%%raises ValueError\nprint(1)"), "keeps no output"),
    "an error": (
        code("1 / 0", new_output("error", ename="ZeroDivisionError", evalue="", traceback=[])),
        "show the error with %%raises",
    ),
    "an unknown tag": (code("x = 1", tags=["skip"]), "the tag 'skip' means nothing here"),
    "raises-exception": (code("x = 1", tags=["raises-exception"]), "use %%raises"),
    "a guard without its tag": (code("%%gpu\nx = 1"), "begins with %%gpu; tag it gpu"),
    "a tag without its guard": (code("x = 1", tags=["online"]), "begin it with %%online"),
    "a comment for nbval": (code("# NBVAL_IGNORE_OUTPUT\nx = 1"), "with a tag, not with the comment"),
    "too many outputs ignored": (
        code("print(1)", says("1\n"), tags=["nbval-ignore-output"]),
        "1 of 1 cells with output are tagged",
    ),
    "an import from inside hflearn": (code("from hflearn.hub import Store"), "hflearn.hub.Store is not for"),
    "an import of a module of hflearn": (code("import hflearn.stock"), "hflearn.stock is not for notebooks"),
    "a name inside hflearn": (code("hflearn.cli.main()"), "hflearn.cli is not for notebooks"),
    "everything of hflearn": (code("from hflearn import *"), "hflearn.* is not for notebooks"),
    "an emoji in a heading": (new_markdown_cell("### Tokens 🎉"), "'Tokens 🎉' has an emoji"),
    "a dead link": (
        new_markdown_cell("[x](nowhere.md)"),
        "link nowhere.md leads to a file that does not exist",
    ),
    "a dead link in HTML": (
        new_markdown_cell('<a href="nowhere.md">x</a>'),
        "link nowhere.md leads to a file",
    ),
    "a dead image": (new_markdown_cell("![a cat](cat.png)"), "link cat.png leads to a file"),
    "a link from the root": (new_markdown_cell("[x](/LICENSE)"), "begins with /"),
    "a dead anchor": (new_markdown_cell("[x](#Nothing)"), "link #Nothing names no heading"),
    "a dead attachment": (new_markdown_cell("![a cat](attachment:cat.png)"), "names no attachment"),
    "a second title": (new_markdown_cell("# Another"), "the one heading of level 1"),
}


@pytest.mark.parametrize("fault", BAD_CELLS)
def test_the_fault_in_a_cell_is_found(fault, folder):
    cell, message = BAD_CELLS[fault]
    (found,) = problems(lesson(folder, cell))
    assert message in found


GOOD_CELLS = {
    "an img with alt text": new_markdown_cell('<img src="../LICENSE" alt="a cat">'),
    "a picture with alt text": code("p", displays({"image/png": {"alt": "a cat"}}, image_png="AAAA")),
    "a print in a branch": code("if False:\n    print(1)"),
    "a print in a function": code("def f():\n    print(1)"),
    "a magic that is no Python": code("%%bash\nls"),
    "a guard and its tag": code("%%gpu\nx = 1", tags=["gpu"]),
    "a shell command": code("!hf version"),
    "the path of an address": code("print(1)", says("https://huggingface.co/home/x ~/home/x\n")),
    "an anchor": new_markdown_cell("[x](#In-production)"),
    "an anchor by id": new_markdown_cell('<a id="here"></a> [x](#here)'),
    "a link to the web": new_markdown_cell("[x](https://huggingface.co/docs)"),
    "an arrow in a heading": new_markdown_cell("### Text → numbers, 2 × 3"),
    "names for notebooks": code("from hflearn import model, figures\nhflearn.token()"),
}


@pytest.mark.parametrize("name", GOOD_CELLS)
def test_what_is_right_is_no_fault(name, folder):
    assert problems(lesson(folder, GOOD_CELLS[name])) == []


BAD_LESSONS = {
    "no title": ({"title": "The Hub"}, "begin with a Markdown cell"),
    "another title": ({"title": "# 01 · Hugging Face"}, "course.toml has 'The Hub'"),
    "no start": ({"start": "import hflearn"}, 'call hflearn.start("01_hub") once'),
    "another's start": (
        {"start": 'import hflearn\n\nhflearn.start("02")'},
        'call hflearn.start("01_hub") once',
    ),
    "parts out of order": ({"headings": [*HEADINGS[1:], HEADINGS[0]]}, "put its parts in this order"),
    "no link to the exercise": ({"links": "[next](02_pipeline.ipynb)"}, "no link to its exercise"),
    "no link to the next lesson": (
        {"links": "[exercise](../exercises/01_hub.ipynb)"},
        "no link to the next lesson",
    ),
    "widget state": ({"metadata": {**METADATA, "widgets": {"state": {}}}}, "metadata holds widgets"),
    "another kernel": (
        {"metadata": {"kernelspec": {"name": "conda", "display_name": "x"}}},
        "names no kernel called python3",
    ),
}


@pytest.mark.parametrize("fault", BAD_LESSONS)
def test_the_fault_of_a_lesson_is_found(fault, folder):
    fields, message = BAD_LESSONS[fault]
    (found,) = problems(lesson(folder, **fields))
    assert message in found


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_missing_part_is_found(heading, folder):
    (found,) = problems(lesson(folder, headings=[each for each in HEADINGS if each != heading]))
    assert f"no heading {heading!r}" in found


def test_three_in_ten_outputs_may_be_ignored(folder):
    compared = [code("print(1)", says("1\n")) for _ in range(7)]
    ignored = [code("print(1)", says("1\n"), tags=["nbval-ignore-output"]) for _ in range(3)]
    assert problems(lesson(folder, *compared, *ignored)) == []


def test_an_exercise_links_to_its_lesson_and_needs_no_parts(folder):
    def exercise(text):
        cells = [code(START), new_markdown_cell(text), code("x = 1", tags=["exercise", "q1"])]
        notebook = new_notebook(cells=cells, metadata=METADATA)
        return Page(folder.parent / "exercises" / "01_hub.ipynb", notebook, LESSON, is_exercise=True)

    (folder / "01_hub.ipynb").write_text("{}")
    assert problems(exercise("[lesson](../notebooks/01_hub.ipynb)")) == []
    (found,) = problems(exercise("# Exercise"))
    assert "no link to its lesson" in found


def test_a_fault_says_where_it_is(folder):
    (found,) = problems(lesson(folder, new_markdown_cell("x"), code("x = 1", tags=["skip"])))
    assert found.startswith("01_hub.ipynb, cell 4 [2]: ")


def test_a_notebook_that_course_toml_does_not_know_is_a_fault(tmp_path):
    (found,) = lint(tmp_path / "99_none.ipynb")
    assert "no lesson of course.toml is called '99_none'" in found


def test_a_file_that_is_no_notebook_is_one_sentence(tmp_path):
    path = tmp_path / f"{course.lessons()[0].id}.ipynb"
    path.write_text("not JSON")
    (found,) = lint(path)
    assert "is not a notebook that Jupyter can read" in found
