"""The same random numbers every time, whenever the library that draws them is imported."""

import subprocess
import sys

import pytest

DRAW = {
    "random": "import random; print(random.random())",
    "numpy": "import numpy; print(numpy.random.rand())",
    "torch": "import torch; print(torch.rand(1).item(), torch.initial_seed())",
}


def printed(code: str) -> str:
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return run.stdout


@pytest.mark.parametrize("name", ["random", "numpy"])
def test_two_runs_draw_the_same(name):
    code = f"from hflearn import seeds; seeds.seed(); {DRAW[name]}"
    assert printed(code) == printed(code)


def test_torch_is_seeded_though_it_is_imported_later():
    assert printed(f"from hflearn import seeds; seeds.seed(); {DRAW['torch']}").endswith(" 0\n")


def test_a_library_imported_before_is_seeded_too():
    draw = DRAW["numpy"]
    first, again = printed(
        f"{draw}; from hflearn import seeds; seeds.seed(); {draw}; seeds.seed(); {draw}"
    ).split()[1:]
    assert first == again


def test_seeding_imports_nothing():
    code = (
        "import sys; from hflearn import seeds; seeds.seed(); print(sys.modules.keys() & {'numpy', 'torch'})"
    )
    assert printed(code) == "set()\n"


def test_asking_whether_a_library_is_there_does_not_undo_the_seeding():
    ask = "import importlib.util; importlib.util.find_spec('numpy')"
    code = f"from hflearn import seeds; seeds.seed(); {ask}; {DRAW['numpy']}"
    assert printed(code) == printed(f"from hflearn import seeds; seeds.seed(); {DRAW['numpy']}")
