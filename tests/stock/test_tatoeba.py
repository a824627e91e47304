"""The pairs of Tatoeba: what is tested on was not trained on."""

import pytest

from hflearn.stock.recipes import outside, tatoeba

if not (outside.root() / "spa-eng.zip").exists():
    pytest.skip(f"Tatoeba's pairs lie outside the project: {outside.root()}", allow_module_level=True)


def test_the_sizes_that_the_card_names():
    assert {split: len(tatoeba.pairs(split)) for split in ("train", "dev", "test")} == {
        "train": 116_402,
        "dev": 500,
        "test": 1_500,
    }


@pytest.mark.parametrize("split", ["dev", "test"])
@pytest.mark.parametrize("side", [0, 1], ids=["spanish", "english"])
def test_no_sentence_that_is_kept_out_is_trained_on_in_either_language(split, side):
    kept_out = {pair[side] for pair in tatoeba.pairs(split)}
    assert not kept_out & {pair[side] for pair in tatoeba.pairs("train")}


def test_each_english_sentence_is_tested_once():
    english = [english for _, english in tatoeba.pairs("test")]
    assert len(english) == len(set(english))


def test_spanish_comes_first():
    assert ("Ve.", "Go.") in tatoeba.pairs("train")
