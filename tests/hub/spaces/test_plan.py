"""What a Space's files ask for."""

import importlib.metadata

import pytest

from hflearn.hub.spaces.plan import Unfit, plan


def planned(card=None, sdk="gradio", **files):
    paths = {name.replace("_txt", ".txt").replace("_py", ".py"): text for name, text in files.items()}
    return plan(card or {}, sdk, set(paths), paths.__getitem__)


def unfit(*arguments, **files):
    with pytest.raises(Unfit) as error:
        planned(*arguments, **files)
    return error.value.status


def test_gradio_runs_app_py():
    assert planned(app_py="").command(5)[1:] == ["app.py"]


def test_streamlit_is_told_its_port():
    command = planned({"sdk": "streamlit"}, app_py="").command(8501)
    assert command[1:5] == ["-m", "streamlit", "run", "app.py"]
    assert command[command.index("--server.port") + 1] == "8501"


def test_the_card_names_the_file_to_run():
    assert planned({"app_file": "main.py"}, main_py="").command(5)[1:] == ["main.py"]


def test_without_its_file_there_is_nothing_to_run():
    status = unfit({"app_file": "main.py"}, app_py="")
    assert status.stage == "NO_APP_FILE" and "main.py" in status.message


@pytest.mark.parametrize("sdk", ["docker", "shiny", 3])
def test_an_sdk_that_is_not_here_is_a_configuration_error(sdk):
    status = unfit({"sdk": sdk}, app_py="")
    assert status.stage == "CONFIG_ERROR" and str(sdk) in status.message


def test_requirements_that_are_installed_are_listed():
    version = importlib.metadata.version("psutil")
    notes = planned(app_py="", requirements_txt="# a comment\n\npsutil>=5 # here\n--no-cache\n").notes
    assert f"psutil>=5: {version} is installed" in notes


@pytest.mark.parametrize(
    "line, said",
    [
        ("no-such-package-here", "no-such-package-here (not installed here)"),
        ("psutil<1", "psutil<1 ("),
        ("two words", "not how a requirement is written"),
    ],
)
def test_requirements_that_are_not_met_are_named(line, said):
    status = unfit(app_py="", requirements_txt=line)
    assert status.stage == "BUILD_ERROR" and said in status.message and "installs nothing" in status.message


def test_requirements_of_other_machines_do_not_matter():
    assert planned(app_py="", requirements_txt="no-such-package; python_version < '3'").notes
