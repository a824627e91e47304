"""The cinema of exercise 02: its dataset says what the model says, and stands on a practice Hub."""

from collections import Counter
from itertools import islice
from random import Random

import pytest

from hflearn.checks.ex02_pipeline import cinema
from hflearn.checks.ex02_pipeline.summary import Asked

EVERY = 40  # one row in so many is asked again: all 800 would take a minute


def test_the_rows_are_as_many_as_the_card_says():
    assert [len(cinema.judged(split)) for split in cinema.SPLITS] == [400, 400]


def test_the_rows_are_what_the_model_says_and_people_gave(stock_dir):
    from transformers import pipeline

    from hflearn.stock.quality import folder, ratings

    rated = ratings.split("test")
    places = list(range(800))
    Random(cinema.SEED).shuffle(places)
    films = rated[rated.source == "movie"].iloc[places[::EVERY]]
    rows = list(islice([*cinema.judged("known"), *cinema.judged("fresh")], 0, None, EVERY))
    said = pipeline("text-classification", model=str(folder("sentiment")))(list(films.text))
    assert [row["label"] for row in rows] == [answer["label"] for answer in said]
    assert [row["score"] for row in rows] == pytest.approx([answer["score"] for answer in said], abs=1e-3)
    assert [row["stars"] for row in rows] == (films.rating.clip(-2, 2) + 3.5).astype(int).tolist()


def test_both_splits_hold_the_same_kind_of_rows():
    known, fresh = (Counter(row["stars"] for row in cinema.judged(split)) for split in cinema.SPLITS)
    for stars in range(1, 6):
        assert abs(known[stars] - fresh[stars]) < 0.1 * 400, stars


def test_preparing_it_again_changes_nothing(tmp_path):
    from huggingface_hub import HfApi

    from hflearn import hub

    store = hub.Store(tmp_path / "hub")
    store.ensure_account(cinema.ACCOUNT)
    running = hub.start(tmp_path / "hub")
    try:
        api = HfApi(endpoint=running.url, token=store.create_token(cinema.ACCOUNT))
        commits = []
        for _ in range(2):
            cinema.put(api)
            commits.append([c.commit_id for c in api.list_repo_commits(cinema.JUDGED, repo_type="dataset")])
        assert commits[0] == commits[1]
    finally:
        running.stop()


def test_a_setting_counts_wherever_it_was_given():
    from types import SimpleNamespace

    assert Asked("", {"do_sample": False}, "").setting("do_sample") is False
    assert (
        Asked("", {"generation_config": SimpleNamespace(do_sample=False)}, "").setting("do_sample") is False
    )
    assert Asked("", {}, "").setting("do_sample") is None
