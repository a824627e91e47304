"""Runs every sample of an exercise on a practice Hub, in a process of its own; prints the verdicts as JSON.

    python tests/checks/samples.py 01_hub

In a process of its own, because the client reads the Hub's address when it is imported. Each sample starts
from an account without repositories; the notebook's own cells run, with the sample in their blank.
"""

import json
import linecache
import sys
from contextlib import chdir
from tempfile import TemporaryDirectory
from unittest.mock import ANY, MagicMock

import nbformat
import numpy as np

from hflearn.checks.exercise import questions
from hflearn.checks.fill import fill
from hflearn.checks.judge import judge
from hflearn.course import REPOSITORY


class Hostile:
    """Raises whatever is asked of it."""

    def _raise(self, *_):
        raise RuntimeError("hostile")

    __eq__ = __repr__ = __str__ = __len__ = __iter__ = __bool__ = __float__ = __getattr__ = _raise
    __hash__ = None


class Yes(str):
    """Equal to everything."""

    __hash__ = str.__hash__

    def __eq__(self, other):
        return True


ODD = {
    "None": None,
    "a list of strings": ["a", "b"],
    "an array": np.zeros((2, 3)),
    "a huge string": "x" * 1_000_000,
    "a hostile object": Hostile(),
    "a list of hostile objects": [Hostile(), Hostile()],
    "equal to everything": ANY,
    "a string equal to everything": Yes("x"),
    "a mock": MagicMock(),
    "a class": int,
    "nothing in it": (),
    "True": True,
}


def cells(name):
    """The code cells before the first question, and each question's cell."""
    notebook = nbformat.read(REPOSITORY / "exercises" / f"{name}.ipynb", as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    asked = {
        cell.metadata.tags[1]: cell.source for cell in code if "exercise" in cell.metadata.get("tags", [])
    }
    first = next(i for i, cell in enumerate(code) if "exercise" in cell.metadata.get("tags", []))
    return [cell.source for cell in code[:first]], asked


def run(source, names):
    """Execute a cell."""
    linecache.cache["<cell>"] = (len(source), None, source.splitlines(keepends=True), "<cell>")
    exec(compile(source, "<cell>", "exec"), names)


class Samples:
    """One exercise, its notebook's names, and a Hub."""

    def __init__(self, name):
        self.questions = questions(name)
        setup, self.asked = cells(name)
        self.names = {"__name__": "__main__"}
        for source in setup:
            run(source, self.names)

    def start_over(self, name):
        """Leave the learner's account as it is when question ``name`` is reached."""
        if api := self.names.get("api"):  # an exercise without one leaves nothing on the Hub
            kinds = (api.list_models, "model"), (api.list_datasets, "dataset"), (api.list_spaces, "space")
            for listed, repo_type in kinds:
                for repository in list(listed(author="learner")):
                    api.delete_repo(repository.id, repo_type=repo_type)
        for needed in self.questions[name].needs:
            self.verdict(needed, self.questions[needed].reference)

    def verdict(self, name, code=None):
        """What a cell earns, blank or with this code in it."""
        try:
            run(fill(self.asked[name], code) if code else self.asked[name], self.names)
            said = getattr(self.names["ex"], name).verdict
            return {"status": said.status.name, "message": said.message}
        except Exception as error:
            return {"status": "ESCAPED", "message": f"{type(error).__name__}: {error}"}

    def odd(self, name, answer):
        """What an odd object earns, and a function that gives it, once the right answer stands on the Hub."""
        asked = self.questions[name]
        try:
            both = [judge(name, asked, answer), judge(name, asked, lambda *_: answer)]
            return {
                "right": any(said.right for said in both),
                "length": max(len(repr(said)) for said in both),
            }
        except Exception as error:
            return {"right": "ESCAPED", "length": f"{type(error).__name__}: {error}"}

    def all_of(self, name):
        question = self.questions[name]
        codes = {
            "blank": None,
            **{
                f"misconception {i}.{j}": sample
                for i, m in enumerate(question.misconceptions)
                for j, sample in enumerate([m.sample, *m.also])
            },
            **{f"slip {i}": slip.sample for i, slip in enumerate(question.slips)},
            **{f"alternative {i}": code for i, code in enumerate(question.alternatives)},
            "reference": question.reference,
        }
        verdicts = {}
        for kind, code in codes.items():
            self.start_over(name)
            verdicts[kind] = self.verdict(name, code)
        odd = {kind: self.odd(name, answer) for kind, answer in ODD.items()}
        return {"verdicts": verdicts, "odd": odd}


if __name__ == "__main__":
    with TemporaryDirectory() as folder, chdir(folder):  # a sample that writes files spares the project's
        samples = Samples(sys.argv[1])
        results = {name: samples.all_of(name) for name in samples.questions}
    print(json.dumps(results))
