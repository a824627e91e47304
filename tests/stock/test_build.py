"""Building: one process does it, the others wait; a full disk or a failing builder is one sentence."""

import shutil
from collections import namedtuple
from dataclasses import replace

import pytest

from hflearn import stock
from hflearn.errors import CourseError
from hflearn.home import stock_dir as where
from hflearn.stock import build as building

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def empty_stock(tmp_path, monkeypatch):
    monkeypatch.setenv("HFLEARN_STOCK", str(tmp_path / "stock"))


def test_a_disk_without_room_is_noticed_before_fetching(empty_stock, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(1e9, 1e9, 5e6))
    with pytest.raises(CourseError, match=r"the disk is full: chat needs 458 MB and .* has 5 MB free"):
        building.build(stock.roles()["chat"], progress=False)
    assert not (where() / "downloads").exists()


def test_a_builder_that_fails_is_one_sentence_and_leaves_nothing_built(empty_stock):
    item = replace(stock.roles()["news"], build="no_such_builder", sources=())
    (where() / "unused").mkdir(parents=True)
    with pytest.raises(CourseError, match="making news failed: ModuleNotFoundError"):
        building._make(item, [])
    assert building.built(stock.roles()["news"]) is None


def test_another_source_is_another_key():
    item = stock.roles()["news"]
    other = replace(item, sources=(replace(item.sources[0], sha256="0" * 64),))
    assert building.key(item) != building.key(other)
