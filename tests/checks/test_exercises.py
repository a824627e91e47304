"""Every question of every exercise keeps its word, on a real practice Hub.

An exercise added to ``hflearn/checks`` is held to all of this without a line here.
"""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat
import pytest

from hflearn.checks.exercise import names, questions
from hflearn.checks.fill import fill
from hflearn.course import REPOSITORY
from hflearn.notebooks.execute import fresh_home

QUESTIONS = [(exercise, name) for exercise in names() for name in questions(exercise)]
MISCONCEPTIONS = [
    (exercise, name, i, j)
    for exercise, name in QUESTIONS
    for i, misconception in enumerate(questions(exercise)[name].misconceptions)
    for j in range(1 + len(misconception.also))
]
SLIPS = [
    (exercise, name, i) for exercise, name in QUESTIONS for i in range(len(questions(exercise)[name].slips))
]


@cache
def run_samples(exercise):
    """All samples of an exercise in one process; see samples.py."""
    script = Path(__file__).with_name("samples.py")
    with fresh_home():
        return subprocess.run([sys.executable, str(script), exercise], capture_output=True, text=True)


@pytest.fixture
def results(stock_dir):
    """What every sample of an exercise earned, by question. A notebook's start() wants the stock."""

    def of(exercise):
        done = run_samples(exercise)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return of


@pytest.mark.parametrize(("exercise", "name"), QUESTIONS)
class TestEveryQuestion:
    def test_the_blank_is_not_attempted(self, results, exercise, name):
        assert results(exercise)[name]["verdicts"]["blank"]["status"] == "NOT_ATTEMPTED"

    def test_the_reference_is_right(self, results, exercise, name):
        said = results(exercise)[name]["verdicts"]["reference"]
        assert said == {"status": "RIGHT", "message": questions(exercise)[name].follows}

    def test_every_alternative_is_right(self, results, exercise, name):
        verdicts = results(exercise)[name]["verdicts"]
        statuses = [said["status"] for kind, said in verdicts.items() if kind.startswith("alternative")]
        assert statuses and set(statuses) == {"RIGHT"}, verdicts

    def test_odd_objects_are_never_right_and_never_escape(self, results, exercise, name):
        for kind, outcome in results(exercise)[name]["odd"].items():
            assert outcome["right"] is False, (kind, outcome)
            assert outcome["length"] < 700, kind

    def test_it_is_fully_specified(self, exercise, name):
        question = questions(exercise)[name]
        assert len(question.hints) >= 2
        assert len(question.misconceptions) >= 2
        assert question.title and question.follows
        says = [misconception.says for misconception in question.misconceptions]
        assert len(set(says)) == len(says)


@pytest.mark.parametrize(("exercise", "name", "i", "j"), MISCONCEPTIONS)
def test_a_misconception_earns_its_own_message(results, exercise, name, i, j):
    misconception = questions(exercise)[name].misconceptions[i]
    said = results(exercise)[name]["verdicts"][f"misconception {i}.{j}"]
    assert said == {"status": "WRONG", "message": misconception.says}, misconception.thought


@pytest.mark.parametrize(("exercise", "name", "i"), SLIPS)
def test_a_slip_is_named_by_what_was_expected(results, exercise, name, i):
    slip = questions(exercise)[name].slips[i]
    said = results(exercise)[name]["verdicts"][f"slip {i}"]
    assert said["status"] == "WRONG"
    assert slip.says in said["message"]


@pytest.mark.parametrize("exercise", names())
def test_the_notebook_asks_every_question_once_in_order(exercise):
    notebook = nbformat.read(REPOSITORY / "exercises" / f"{exercise}.ipynb", as_version=4)
    asked = [cell for cell in notebook.cells if "exercise" in cell.metadata.get("tags", [])]
    assert [cell.metadata.tags[1] for cell in asked] == list(questions(exercise))
    for cell in asked:
        assert cell.source.splitlines()[-1].startswith(f"ex.{cell.metadata.tags[1]}.check(")


@pytest.mark.parametrize("exercise", names())
def test_the_notebook_with_the_solutions_in_it_scores_in_full(stock_dir, tmp_path, exercise):
    from nbclient import NotebookClient

    path = REPOSITORY / "exercises" / f"{exercise}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    asked = questions(exercise)
    for cell in notebook.cells:
        if "exercise" in cell.metadata.get("tags", []):
            cell.source = fill(cell.source, asked[cell.metadata.tags[1]].reference)
    with fresh_home():
        NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=120,
            startup_timeout=120,
            resources={"metadata": {"path": str(tmp_path)}},
        ).execute()
    shown = [
        output.data["text/plain"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    assert sum("· Right." in text for text in shown) == len(asked)
    assert f"Score: {len(asked)} of {len(asked)}. All of them." in shown[-1]
