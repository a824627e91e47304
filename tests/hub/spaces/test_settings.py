"""What a Space's owner sets, on disk."""

import sqlite3

import pytest

from hflearn.hub import Store
from hflearn.hub.problems import BadRequest
from hflearn.hub.spaces import settings


@pytest.fixture
def owned(store):
    """A Space without settings, and a transaction to change them in, which is undone."""
    store.ensure_repo("space", "ada/set")
    repo = store.repo("space", "ada/set")
    with pytest.raises(InterruptedError), store.database.writing() as db:
        yield db, repo
        raise InterruptedError


def test_variables_and_secrets_reach_the_program(owned):
    settings.put(*owned, "MODEL", "ada/m", secret=False)
    settings.put(*owned, "KEY", "s3cret", secret=True)
    assert settings.environment(*owned) == {"MODEL": "ada/m", "KEY": "s3cret"}


def test_a_new_value_replaces_the_old(owned):
    for value in ("1", "2"):
        settings.put(*owned, "A", value, secret=False)
    assert [entry.value for entry in settings.entries(*owned, secret=False)] == ["2"]


def test_a_name_is_a_variable_or_a_secret(owned):
    settings.put(*owned, "A", "1", secret=True)
    with pytest.raises(BadRequest, match="a secret called A already"):
        settings.put(*owned, "A", "1", secret=False)


@pytest.mark.parametrize("key", ["", "1A", "A-B", "A=B", "Ä"])
def test_a_name_must_be_one_that_programs_can_ask_for(owned, key):
    with pytest.raises(BadRequest, match="cannot be a variable's name"):
        settings.put(*owned, key, "1", secret=False)


def test_what_is_not_there_cannot_be_removed(owned):
    with pytest.raises(BadRequest, match="no variable called A"):
        settings.remove(*owned, "A", secret=False)


def test_a_store_of_the_first_version_learns_of_spaces(tmp_path):
    store = Store(tmp_path)
    store.ensure_repo("space", "ada/old")
    store.close()
    old = sqlite3.connect(tmp_path / "hub.sqlite")
    old.executescript("DROP TABLE space_settings; DROP TABLE space_environment; PRAGMA user_version = 1")
    old.close()
    store = Store(tmp_path)
    repo = store.repo("space", "ada/old")
    with store.database.reading() as db:
        assert settings.sleep_time(db, repo) == settings.SLEEP_S
