"""Exercise 04 keeps its story: the scripts it shows are the ones it diagnoses, and its sum is torch's own."""

import ast
import pickle
from textwrap import dedent

import nbformat
import pytest

from hflearn.checks.ex04_common_errors.memory import needed_mb, trainees
from hflearn.checks.ex04_common_errors.pickles import Attribute, Passenger, TorchPassenger
from hflearn.checks.exercise import questions
from hflearn.course import REPOSITORY

NAME = "04_common_errors"
ASKED = questions(NAME)


def as_shown(name):
    """What stands between the two blanks of a question's cell, as one normal form."""
    notebook = nbformat.read(REPOSITORY / "exercises" / f"{NAME}.ipynb", as_version=4)
    cell = next(c for c in notebook.cells if c.metadata.get("tags", []) == ["exercise", name])
    lines = cell.source.splitlines()
    first, last = (number for number, line in enumerate(lines) if line.strip().startswith("____"))
    return statements("\n".join(lines[first + 1 : last]))


def statements(code):
    body = dedent(code).strip("\n").replace("\n", "\n    ")
    return ast.dump(ast.parse(f"def f():\n    {body}"))


@pytest.mark.parametrize("name", ASKED)
def test_the_script_shown_is_the_one_that_is_diagnosed_as_unrepaired(name):
    unrepaired = next(m for m in ASKED[name].misconceptions if m.thought == "unrepaired")
    assert as_shown(name) == statements(unrepaired.sample)


@pytest.mark.parametrize("kind", trainees())
def test_training_takes_what_the_reference_says(kind):
    import torch

    model = trainees()[kind]
    ids = torch.arange(12).reshape(2, 6)
    optimizer = torch.optim.AdamW([p for p in model.parameters() if p.requires_grad])
    model(input_ids=ids).logits.float().sum().backward()
    optimizer.step()
    held = [*model.parameters(), *(p.grad for p in model.parameters() if p.grad is not None)]
    moments = [t for state in optimizer.state.values() for t in state.values() if t.dim() > 0]
    model.zero_grad()
    assert sum(t.nbytes for t in [*held, *moments]) / 1e6 == pytest.approx(needed_mb(model), rel=1e-6)


def test_the_stowaway_leaves_a_footprint_and_nothing_else(tmp_path):
    parcel = pickle.dumps({"optimizer": Passenger(tmp_path / "it-ran")})
    assert list(tmp_path.iterdir()) == []
    pickle.loads(parcel)
    assert [path.name for path in tmp_path.iterdir()] == ["it-ran"]
    assert (tmp_path / "it-ran").read_bytes() == b""


@pytest.mark.parametrize("stowaway", [Passenger, TorchPassenger, lambda _: Attribute()])
def test_what_the_check_wants_refused_is_refused_by_torch(tmp_path, stowaway):
    import torch

    footprint, parcel = tmp_path / "it-ran", tmp_path / "c.bin"
    torch.save({"optimizer": stowaway(footprint)}, parcel)
    with pytest.raises(pickle.UnpicklingError):
        torch.load(parcel, weights_only=True)
    assert not footprint.exists()


def test_an_examination_takes_strangers_off_the_list_of_what_files_may_call():
    import torch

    strangers = [getattr, torch.save]

    def weights(path):
        torch.serialization.add_safe_globals(strangers)
        return torch.load(path, weights_only=True)

    assert ASKED["q10"].expects().observe(weights).allowed
    assert not set(strangers) & set(torch.serialization.get_safe_globals())
