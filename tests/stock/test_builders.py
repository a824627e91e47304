"""What is built is what it claims to be: splits without leaks, a tokenizer that reads as it was taught."""

import json
from dataclasses import replace

import pandas as pd
import pytest
from tokenizers import Tokenizer

from hflearn import stock
from hflearn.stock import build
from hflearn.stock.builders import held_out
from hflearn.stock.fetch import sha256
from hflearn.stock.quality import folder, news, ratings


@pytest.fixture(scope="module")
def articles(stock_dir) -> dict[str, pd.DataFrame]:
    return {name: news.split(name) for name in ("train", "test")}


@pytest.fixture(scope="module")
def rated(stock_dir) -> dict[str, pd.DataFrame]:
    return {name: ratings.split(name) for name in ("train", "test")}


@pytest.fixture(scope="module")
def tokenizer(stock_dir) -> Tokenizer:
    return Tokenizer.from_file(str(folder("chat") / "tokenizer.json"))


def test_the_held_out_share_does_not_depend_on_the_order():
    groups = [f"group {number}" for number in range(100)]
    assert held_out(groups, 0.2) == held_out(reversed(groups), 0.2)
    assert len(held_out(groups, 0.2)) == 20


def test_no_article_is_on_both_sides(articles):
    assert not set(articles["train"].text) & set(articles["test"].text)


def test_every_class_of_the_news_is_held_out_alike(articles):
    shares = articles["test"].label_text.value_counts() / (
        articles["train"].label_text.value_counts() + articles["test"].label_text.value_counts()
    )
    assert shares.min() > 0.18 and shares.max() < 0.22


def test_no_review_and_no_editorial_is_on_both_sides(rated):
    assert not set(rated["train"].document) & set(rated["test"].document)


def test_no_rated_text_is_on_both_sides_of_its_source(rated):
    train, test = (set(rows.source + rows.text.str.casefold()) for rows in rated.values())
    assert not train & test


def test_ratings_lie_between_minus_four_and_four(rated):
    both = pd.concat(rated.values())
    assert both.rating.between(-4, 4).all() and both.rating.min() < -3 and both.rating.max() > 3


def test_no_html_entity_is_left_in_a_tweet(rated):
    assert not pd.concat(rated.values()).text.str.contains("&(?:amp|lt|gt|quot|#[0-9]+);").any()


def test_each_digit_is_a_token_of_its_own(tokenizer):
    assert tokenizer.encode("In 2026:  7").tokens == ["In", "Ġ", "2", "0", "2", "6", ":", "ĠĠ", "7"]


def test_the_tokenizer_gives_back_what_it_read(tokenizer):
    text = "Der Zug fährt um 17:45 — don't miss it 🚆\n\tok"
    assert tokenizer.decode(tokenizer.encode(text).ids) == text


def test_the_chat_template_is_the_models_own(stock_dir):
    assert "named SmolLM, trained by Hugging Face" in (folder("chat") / "chat_template.jinja").read_text()


def test_embed_is_the_authors_file_byte_for_byte(stock_dir):
    expected = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert sha256(folder("embed") / "model.safetensors") == expected


def test_the_image_models_channels_are_weighed_by_exactly_one(stock_dir):
    import torch
    from safetensors.torch import load_file

    weights = load_file(folder("image") / "model.safetensors")
    biases = [tensor for name, tensor in weights.items() if name.endswith("squeeze_excite.expand.bias")]
    others = [tensor for name, tensor in weights.items() if name.endswith("squeeze_excite.expand.weight")]
    assert len(biases) == len(others) == 16
    assert all((tensor.sigmoid() == 1).all() for tensor in biases) and not any(map(torch.any, others))


def test_every_class_of_the_image_model_has_a_name_of_its_own(stock_dir):
    config = json.loads((folder("image") / "config.json").read_text())
    assert len(set(config["id2label"].values())) == len(config["label2id"]) == 1000


def test_an_adapted_models_base_is_part_of_its_key():
    item = stock.roles()["sentiment"]
    assert build.key(item) != build.key(replace(item, base="chat"))
