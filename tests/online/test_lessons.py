"""With HFLEARN_HUB set, every lesson runs from top to bottom on a Hub that holds the real ids."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hflearn import course, hub
from hflearn.course import REPOSITORY
from hflearn.notebooks.execute import execute, fresh_home
from tests.online.real_ids import fill

LESSONS = sorted(REPOSITORY.glob("notebooks/*.ipynb"))


@pytest.fixture(scope="module")
def real_ids(stock_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a Hub with the ids of huggingface.co, and a token of somebody's there."""
    folder = tmp_path_factory.mktemp("online")
    store = hub.Store(folder / "hub")
    fill(store, folder)
    store.ensure_account("ines")
    running = hub.start(folder / "hub")
    yield running.url, store.create_token("ines")
    running.stop()


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_no_cell_of_the_lesson_fails_there(lesson, real_ids, monkeypatch):
    url, token = real_ids
    with fresh_home(hub=url) as home:
        monkeypatch.setenv("HF_HOME", str(home / "hf"))
        monkeypatch.setenv(
            "HF_HUB_DISABLE_XET", "1"
        )  # a service beside the Hub, which this one does not have
        (home / "hf").mkdir()
        (home / "hf" / "token").write_text(token)  # where `hf auth login` puts it
        notebook = execute(lesson)
    assert f"Hub:       {url}" in "".join(str(output) for output in notebook.cells[1].outputs)


def test_every_lesson_is_there():
    assert [path.stem for path in LESSONS] == [lesson.id for lesson in course.lessons()]
