"""Filling a store: quick, repeatable, and safe to do twice at once."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from hflearn import stock
from hflearn.hub import Store
from hflearn.stock import shelve

FILL = (
    "import sys; from pathlib import Path; from hflearn import hub, stock\n"
    "stock.ensure(stock.roles(), hub.Store(Path(sys.argv[1])), progress=False)\n"
    "print({'torch', 'transformers', 'huggingface_hub', 'datasets'} & set(sys.modules))"
)


@pytest.fixture
def root(tmp_path: Path, stock_dir: Path) -> Path:
    return tmp_path / "hub"


@pytest.fixture
def store(root: Path) -> Store:
    """Holds the datasets: the models take a second to hash."""
    store = Store(root)
    stock.ensure(["news", "ratings"], store, progress=False)
    return store


def heads(store: Store) -> dict[str, str | None]:
    return {item.role: store.head(item.repo_type, item.id) for item in stock.roles().values()}


def test_only_what_was_asked_for_is_stocked(store):
    assert {role for role, head in heads(store).items() if head} == {"news", "ratings"}


def test_a_second_store_has_the_same_commits(store, tmp_path):
    second = Store(tmp_path / "second")
    stock.ensure(["news", "ratings"], second, progress=False)
    assert heads(second) == heads(store)


def test_with_nothing_to_do_it_takes_milliseconds(store):
    start = time.perf_counter()
    stock.ensure(["news", "ratings"], store, progress=False)
    assert time.perf_counter() - start < 0.05


def test_what_a_learner_deleted_comes_back(store):
    (store.root / "stock.json").write_text("{}")
    before = heads(store)
    stock.ensure(["news"], store, progress=False)
    assert heads(store) == before


def test_a_new_card_is_a_new_commit(store, monkeypatch):
    before = heads(store)
    template = shelve.cards.template
    monkeypatch.setattr(shelve.cards, "template", lambda item: template(item) + "\nOne more line.\n")
    stock.ensure(["news"], store, progress=False)
    assert heads(store)["news"] != before["news"]


def test_two_processes_fill_one_store_at_once_and_import_no_heavy_library(root):
    processes = [
        subprocess.Popen([sys.executable, "-c", FILL, str(root)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [process.communicate(timeout=60)[0].strip() for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert said == ["set()", "set()"]
    assert all(heads(Store(root)).values())


def test_the_models_are_linked_into_the_store_not_copied(root):
    store = Store(root)
    stock.ensure(["embed"], store, progress=False)
    item = stock.roles()["embed"]
    weights = shelve.build.built(item) / "model.safetensors"
    assert weights.stat().st_nlink > 1
