"""A card says where its item is from, and nothing that was not measured."""

from importlib import import_module

import pytest
from huggingface_hub import DatasetCard, ModelCard

from hflearn import stock
from hflearn.stock import build, cards
from hflearn.stock.recipes import outside

TO_BE_SEEN_THROUGH = ("reviews_b", "reviews_c")  # bad cards, on purpose: test_recipes.py
ITEMS = [item for item in stock.roles().values() if item.role not in TO_BE_SEEN_THROUGH]
MEASURED_OUTSIDE = ("intent", "ner", "translate")
EACH = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.role)


@pytest.fixture
def text(item, stock_dir) -> str:
    folder = build.built(item)
    assert folder is not None
    return cards.card(item, folder)


@EACH
def test_the_front_matter_is_what_the_real_library_reads(item, text):
    card = (ModelCard if item.repo_type == "model" else DatasetCard)(text)
    assert card.data.language == (["es", "en"] if item.role == "translate" else "en")
    assert card.data.license in ("apache-2.0", "mit", "cc-by-4.0", "cc-by-2.0", "other")
    if item.repo_type == "model":
        assert card.data.pipeline_tag and card.data.library_name
        made_from_another = bool(item.sources or item.base)  # otherwise it was trained from scratch
        assert bool(card.data.base_model) == made_from_another


@EACH
def test_it_names_source_licence_and_digest(item, text):
    assert item.licence in text
    assert item.attribution in text
    for source in item.sources:
        assert f"{source.package} {source.version}" in text
        assert source.sha256 in text
        assert source.member_sha256 in text


@EACH
def test_a_stand_in_says_so(item, text):
    assert ("**It stands in for**" in text) == bool(item.stands_in_for)
    assert item.online in text


@EACH
def test_it_says_what_it_is_not_for(item, text):
    assert "imits\n" in text


@EACH
def test_it_names_the_command_that_measured_it(item, text):
    assert f"python -m hflearn.stock.quality {item.role}" in text


@EACH
def test_every_figure_is_what_measuring_again_gives(item, stock_dir):
    if item.role in MEASURED_OUTSIDE and not outside.root().is_dir():
        pytest.skip(f"the data that {item.role} is measured on lies outside the project: {outside.root()}")
    stated = cards.measured()[item.role]
    for name, value in import_module(f"hflearn.stock.quality.{item.role}").measure().items():
        value = value.strip('"')
        if value.isdigit() or "," in value:
            assert str(stated[name]) == value, name
        else:  # rounding differs between CPUs
            assert float(stated[name]) == pytest.approx(float(value), rel=0.01), name
