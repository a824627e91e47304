"""What all tests share: a home that is nobody's, this machine's stock, and a practice Hub that holds it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from xdist.scheduler import LoadScopeScheduling

from hflearn import home

if TYPE_CHECKING:
    from hflearn.hub import RunningHub

LEARNERS_OWN = ("HFLEARN_HUB", "HFLEARN_HUB_URL", "HF_ENDPOINT", "HF_HOME", "HF_TOKEN", "HF_HUB_OFFLINE")


class ByFileAndNotebook(LoadScopeScheduling):
    """A test file goes to one worker, as under loadscope; each notebook is work of its own."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid if "test_runs.py" in nodeid else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return ByFileAndNotebook(config, log) if config.getvalue("dist") == "loadscope" else None


@pytest.fixture(scope="session", autouse=True)
def course_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """HFLEARN_HOME for the whole run: an empty folder. The stock stays the machine's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HFLEARN_STOCK", str(home.stock_dir()))
        patch.setenv("HFLEARN_HOME", str(tmp_path_factory.mktemp("home")))
        for name in LEARNERS_OWN:
            patch.delenv(name, raising=False)
        yield home.home()


@pytest.fixture(scope="session")
def stock_dir(course_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stock, complete: the first worker to ask builds what is missing, the others wait."""
    from hflearn import hub, stock

    stock.ensure(stock.roles(), hub.Store(tmp_path_factory.mktemp("stock")), progress=False)
    return home.stock_dir()


@pytest.fixture(scope="session")
def filled_hub(stock_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator["RunningHub"]:
    """A practice Hub on loopback that holds the whole stock. Shared: write to repositories of your own."""
    from hflearn import hub, stock

    root = tmp_path_factory.mktemp("filled") / "hub"
    stock.ensure(stock.roles(), hub.Store(root), progress=False)
    running = hub.start(root)
    yield running
    running.stop()
