"""What is written in two places says the same in both."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, version

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

from hflearn import course, readme, stock
from hflearn.course import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
DIRECT = {
    canonicalize_name(Requirement(line).name)
    for line in [*PROJECT["dependencies"], *(line for lines in EXTRAS.values() for line in lines)]
}
PINS = {
    canonicalize_name(pin.name): pin.specifier
    for line in (REPOSITORY / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if (text := line.partition("#")[0].strip())
    for pin in [Requirement(text)]
}
CONDA = yaml.safe_load((REPOSITORY / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")


def test_every_direct_dependency_is_pinned():
    assert DIRECT - set(PINS) == set()


def test_every_pin_is_one_exact_version():
    assert [name for name, pin in PINS.items() if not re.fullmatch(r"==[^*,]+", str(pin))] == []


@pytest.mark.parametrize("name", sorted(DIRECT))
def test_the_installed_version_is_the_pinned_one(name):
    assert Version(version(name)).public in PINS[name]


def test_what_is_installed_beside_them_is_as_pinned():
    def installed(name):
        try:
            return Version(version(name)).public
        except PackageNotFoundError:
            return None  # a package of another system

    assert {
        name: found for name, pin in PINS.items() if (found := installed(name)) and found not in pin
    } == {}


def test_conda_installs_what_make_installs():
    (pip,) = [entry["pip"] for entry in CONDA if isinstance(entry, dict)]
    assert pip == ["--constraint constraints.txt", "--editable .[test]"]


def test_condas_python_is_one_that_the_project_supports():
    (python,) = [entry for entry in CONDA if isinstance(entry, str) and entry.startswith("python")]
    assert python.partition("=")[2].strip("=") in SpecifierSet(PROJECT["requires-python"])


def test_readmes_lesson_table_is_course_tomls():
    between = README.partition(readme.BEGIN)[2].partition(readme.END)[0].strip()
    assert between == readme.lesson_table().strip()


def test_every_lesson_has_its_notebook_and_every_notebook_its_lesson():
    assert {lesson.notebook for lesson in course.lessons()} == set(REPOSITORY.glob("notebooks/*.ipynb"))


def test_every_exercise_has_its_notebook_and_every_notebook_its_exercise():
    announced = {lesson.exercise_notebook for lesson in course.lessons() if lesson.exercise}
    assert announced == set(REPOSITORY.glob("exercises/*.ipynb"))


def test_every_role_that_a_lesson_needs_is_in_the_catalogue():
    needed = {role for lesson in course.lessons() for role in lesson.stock}
    assert needed - set(stock.roles()) == set()


IMPORT = """
import json, sys, time
start = time.perf_counter()
import hflearn
print(json.dumps([time.perf_counter() - start, sorted(sys.modules)]))
"""


def imported():
    """Seconds that ``import hflearn`` takes in a fresh Python, and the modules it leaves behind."""
    done = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_importing_hflearn_loads_neither_torch_nor_transformers():
    _, modules = imported()
    assert {"torch", "transformers", "huggingface_hub", "datasets"} & set(modules) == set()


def test_importing_hflearn_takes_less_than_three_tenths_of_a_second():
    assert min(imported()[0] for _ in range(5)) < 0.3


@pytest.mark.parametrize(
    "library", ["torchao", "bitsandbytes", "diffusers.quantizers.torchao.torchao_quantizer"]
)
def test_quantizers_which_come_with_other_libraries_say_nothing_of_what_they_lack(library):
    done = subprocess.run(
        [sys.executable, "-c", f"import hflearn, {library}"], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
