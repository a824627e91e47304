"""The chances are those that generate() draws from."""

import math

import pytest
import torch

from hflearn.errors import CourseError
from hflearn.widgets.distribution import CONTEXT, next_logits, shape

SETTINGS = [
    (1.0, 0, 1.0),
    (0.3, 0, 1.0),
    (2.0, 0, 1.0),
    (1.0, 5, 1.0),
    (1.0, 0, 0.6),
    (1.5, 20, 0.8),
    (0.7, 50, 0.3),
]


def generated(writer, bpe, **settings):
    return writer.generate(
        **bpe("My parcel", return_tensors="pt"),
        **settings,
        do_sample=True,
        max_new_tokens=1,
        output_logits=True,
        output_scores=True,
        return_dict_in_generate=True,
    )


@pytest.mark.parametrize(("temperature", "top_k", "top_p"), SETTINGS)
def test_the_chances_are_those_that_generate_draws_from(writer, bpe, temperature, top_k, top_p):
    theirs = generated(writer, bpe, temperature=temperature, top_k=top_k, top_p=top_p)
    chances = theirs.scores[0][0].softmax(-1)
    shaped = shape(theirs.logits[0][0], temperature, top_k, top_p)
    assert torch.allclose(shaped.after, chances, atol=1e-6, rtol=0)
    assert shaped.kept == (chances > 0).sum()


def test_the_scores_are_those_of_generate(writer, bpe):
    theirs = generated(writer, bpe, temperature=1.0).logits[0][0]
    assert torch.allclose(next_logits(writer, bpe, "My parcel"), theirs, atol=1e-4)


def test_equally_likely_tokens_are_as_open_a_choice_as_there_are_tokens():
    shaped = shape(torch.zeros(8), 1.0, 0, 1.0)
    assert shaped.entropy == pytest.approx(3)
    assert shaped.perplexity == pytest.approx(8)


def test_what_was_cut_knows_by_which():
    logits = torch.tensor([0.5, 0.3, 0.15, 0.05]).log()
    shaped = shape(logits, 1.0, 3, 0.7)
    assert [shaped.cut_by(index) for index in range(4)] == ["", "", "top-p", "top-k"]
    assert shaped.kept == 2
    assert shaped.after[:2].tolist() == pytest.approx([0.625, 0.375])


def test_the_likeliest_are_the_models_whatever_is_cut():
    logits = torch.tensor([0.1, 3.0, 2.0])
    assert shape(logits, 2.0, 1, 1.0).likeliest(2) == [1, 2]
    assert shape(logits, 2.0, 1, 1.0).likeliest(9) == [1, 2, 0]


def test_one_certain_token_leaves_no_choice():
    shaped = shape(torch.tensor([0.0, 50.0, 0.0]), 0.1, 0, 1.0)
    assert shaped.entropy == 0
    assert math.isclose(shaped.perplexity, 1)


def test_a_prompt_longer_than_the_model_reads_keeps_its_end(writer, bpe):
    most = writer.config.max_position_embeddings
    assert most < CONTEXT
    ids = bpe("lamp " * 200)["input_ids"][-most:]
    with torch.no_grad():
        theirs = writer(input_ids=torch.tensor([ids])).logits[0, -1]
    assert torch.allclose(next_logits(writer, bpe, "lamp " * 200), theirs)


def test_the_model_runs_without_dropout_and_keeps_its_mode(writer, bpe):
    writer.train()
    try:
        next_logits(writer, bpe, "My parcel")
        assert writer.training
    finally:
        writer.eval()


def test_a_model_that_does_not_write_is_refused_in_a_sentence(reader, wordpiece):
    with pytest.raises(CourseError, match=r"BertModel does not continue a text: .* AutoModelForCausalLM"):
        next_logits(reader, wordpiece, "My parcel")


@pytest.mark.parametrize("prompt", ["", "\x06"])  # this tokenizer has no token for the second
def test_no_prompt_is_refused_in_a_sentence(writer, bpe, prompt):
    with pytest.raises(CourseError, match="There is no prompt"):
        next_logits(writer, bpe, prompt)
