"""``hflearn stock``: what it prints."""

import pytest

from hflearn import stock
from hflearn.errors import CourseError


@pytest.fixture
def empty_home(tmp_path, monkeypatch, stock_dir):
    monkeypatch.setenv("HFLEARN_HOME", str(tmp_path))


def state(printed: str, role: str) -> str:
    line = next(line for line in printed.splitlines() if line.startswith(role))
    return next(word for word in ("stocked", "built", "missing") if f"  {word}  " in line)


def test_the_list_shows_id_sizes_licence_and_state(empty_home, capsys):
    stock.command(["news"], list_only=True)
    head, line = capsys.readouterr().out.splitlines()
    assert head.split() == ["role", "id", "download", "on", "disk", "state", "licence"]
    for fact in ("hflearn/bbc-news", "3.0 MB", "built", "MIT package"):
        assert fact in line


def test_listing_fetches_nothing(empty_home, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("HFLEARN_STOCK", str(tmp_path / "none"))
    stock.command([], list_only=True)
    printed = capsys.readouterr().out
    assert [state(printed, role) for role in stock.roles()] == ["missing"] * len(stock.roles())
    assert not (tmp_path / "none").exists()


def test_stocking_one_role_leaves_the_others(empty_home, capsys):
    stock.command(["news"])
    stock.command([], list_only=True)
    printed = capsys.readouterr().out.split("role  ")[-1]
    assert (state(printed, "news"), state(printed, "ratings")) == ("stocked", "built")


def test_an_unknown_role_is_an_error_with_the_known_ones(empty_home):
    with pytest.raises(CourseError, match="no role 'foo' in the stock; it has embed"):
        stock.command(["foo"])


def test_on_the_real_hub_there_is_nothing_to_stock(empty_home, monkeypatch):
    monkeypatch.setenv("HFLEARN_HUB", "huggingface.co")
    with pytest.raises(CourseError, match="nothing to stock"):
        stock.command(["news"])
