"""The catalogue is complete, and true of what it describes."""

import re
from importlib import import_module
from importlib.util import find_spec

import pytest

from hflearn import stock
from hflearn.errors import CourseError
from hflearn.stock import build, cards
from hflearn.stock.catalog import chosen

ITEMS = list(stock.roles().values())
EACH = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.role)


def test_the_ids_that_lessons_rely_on():
    assert {item.role: (item.repo_type, item.id) for item in ITEMS} == {
        "embed": ("model", "sentence-transformers/all-MiniLM-L6-v2"),
        "chat": ("model", "hflearn/SmolLM2-135M-Instruct"),
        "news": ("dataset", "hflearn/bbc-news"),
        "ratings": ("dataset", "hflearn/human-sentiment"),
        "vit": ("model", "hflearn/vit-mini-digits"),
        "diffuse": ("model", "hflearn/ddpm-mini-digits"),
        "reviews_a": ("model", "hflearn-examples/reviews-small"),
        "reviews_b": ("model", "hflearn-examples/reviews-proud"),
        "reviews_c": ("model", "hflearn-examples/reviews-mystery"),
        "image": ("model", "hflearn/efficientnet-lite0"),
        "sentiment": ("model", "hflearn/minilm-stars"),
        "intent": ("model", "hflearn/minilm-banking77"),
        "ner": ("model", "hflearn/minilm-wnut17"),
        "transcribe": ("model", "hflearn/whisper-tiny.en"),
        "translate": ("model", "hflearn/marian-mini-es-en"),
    }


@EACH
def test_a_stand_in_has_a_name_of_its_own(item):
    assert (item.id == item.online) == (item.stands_in_for == "")


@EACH
def test_a_stand_in_names_what_it_stands_in_for(item):
    assert item.stands_in_for == "" or item.stands_in_for.startswith(item.online)


@EACH
def test_every_source_is_pinned_to_its_bytes(item):
    for source in item.sources:
        assert re.fullmatch(r"[0-9a-f]{64}", source.sha256)
        assert source.version in source.file
        assert bool(source.member) == bool(re.fullmatch(r"[0-9a-f]{64}", source.member_sha256))


@EACH
def test_the_commit_has_a_date_with_a_time_zone(item):
    assert item.date.tzinfo is not None


@EACH
def test_every_item_has_a_builder_a_card_and_a_measurement(item):
    assert find_spec(f"hflearn.stock.builders.{item.build}")
    assert cards.template(item)
    assert callable(import_module(f"hflearn.stock.quality.{item.role}").measure)


@EACH
def test_the_size_in_the_catalogue_is_the_size_on_disk(item, stock_dir):
    folder = build.built(item)
    assert folder is not None
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
    assert size == pytest.approx(item.size_mb, abs=0.06)


def test_an_unknown_role_is_refused_with_the_names_of_those_there_are():
    with pytest.raises(CourseError, match=r"no role 'chta' in the stock; it has embed, chat, news, ratings"):
        chosen(["embed", "chta"])


def test_a_role_asked_for_twice_is_one_item():
    assert [item.role for item in chosen(["news", "embed", "news"])] == ["news", "embed"]
