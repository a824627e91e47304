"""A learner's progress of its own for each test."""

import pytest


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("HFLEARN_HOME", str(tmp_path))
    return tmp_path
