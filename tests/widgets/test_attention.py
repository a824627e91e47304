"""The explorer of attention, driven in Python as a front end drives it."""

import pytest
import torch
from transformers import AutoModel, BertConfig, BertModel, MambaConfig, MambaModel, T5Config, T5Model

from hflearn import widgets
from hflearn.errors import CourseError
from hflearn.widgets.attention import MOST, weights

TEXT = "The parcel was lost."


@pytest.fixture
def explorer(reader, wordpiece):
    return widgets.attention(reader, wordpiece, TEXT)


def test_the_weights_are_the_models_own(explorer, reader, wordpiece):
    with torch.no_grad():
        theirs = reader(**wordpiece(TEXT, return_tensors="pt"), output_attentions=True).attentions
    explorer.layer.field.value, explorer.head.field.value = 3, 7
    assert torch.allclose(torch.tensor(explorer.look()), theirs[3][0, 7], atol=1e-6)


def test_a_token_spreads_one_whole(explorer):
    assert [sum(row) for row in explorer.look()] == pytest.approx([1.0] * len(explorer.labels), abs=1e-5)


def test_layer_head_and_token_change_the_picture_without_the_model(explorer, reader):
    runs, pictures = [], {explorer.picture.value}
    hook = reader.register_forward_hook(lambda *_: runs.append(1))
    for dial in (explorer.layer, explorer.head, explorer.token):
        dial.field.value = 1
        pictures.add(explorer.picture.value)
    hook.remove()
    assert (len(pictures), runs) == (4, [])


def test_the_dials_end_where_the_model_and_the_text_do(explorer, reader):
    assert explorer.layer.field.max == reader.config.num_hidden_layers - 1
    assert explorer.head.field.max == reader.config.num_attention_heads - 1
    assert explorer.token.field.max == len(explorer.labels) - 1


def test_the_row_of_the_chosen_token_is_told_in_numbers(explorer):
    explorer.token.field.value = 2
    row = dict(zip(explorer.labels, explorer.look()[2], strict=True))
    most = max(row, key=row.__getitem__)
    assert f"Token 2, parcel, attends most to: {most} {row[most]:.2f}" in explorer.picture.value


def test_a_shorter_text_takes_the_chosen_token_with_it(explorer):
    explorer.token.field.value = explorer.token.field.max
    explorer.text.value = "Lost"
    assert explorer.labels == ["[CLS]", "lost", "[SEP]"]
    assert explorer.token.value == 2
    assert "Token 2, [SEP]" in explorer.picture.value


def test_a_long_text_is_cut_and_that_is_said(reader, wordpiece):
    explorer = widgets.attention(reader, wordpiece, "lamp " * 100)
    assert f"The model was given only the first {MOST} of 102 tokens." in explorer.picture.value
    assert len(explorer.look()) == MOST


def test_fast_attention_is_a_sentence_and_its_cure_works(embed, wordpiece):
    model = AutoModel.from_pretrained(embed)
    explorer = widgets.attention(model, wordpiece, TEXT)
    assert "model.set_attn_implementation(&quot;eager&quot;)" in explorer.picture.value
    model.set_attn_implementation("eager")
    assert "<table" in widgets.attention(model, wordpiece, TEXT).picture.value


def test_a_model_without_attention_is_a_sentence(wordpiece):
    config = MambaConfig(vocab_size=len(wordpiece), hidden_size=16, state_size=4, num_hidden_layers=1)
    picture = widgets.attention(MambaModel(config), wordpiece, TEXT).picture.value
    assert "MambaModel gave no attention weights" in picture


def test_of_a_model_with_two_halves_the_encoder_is_shown(wordpiece):
    sizes = {"d_model": 16, "d_kv": 8, "d_ff": 32, "num_layers": 2, "num_heads": 2}
    model = T5Model._from_config(T5Config(vocab_size=len(wordpiece), **sizes), attn_implementation="eager")
    ids, found = weights(model, wordpiece, TEXT)
    assert found.shape == (2, 2, len(ids), len(ids))


def test_dropout_is_off_and_the_model_keeps_its_mode(wordpiece):
    sizes = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2}
    config = BertConfig(vocab_size=len(wordpiece), attention_probs_dropout_prob=0.9, **sizes)
    model = BertModel._from_config(config, attn_implementation="eager").train()
    first, second = (weights(model, wordpiece, TEXT)[1] for _ in range(2))
    assert torch.equal(first, second)
    assert model.training


def test_no_text_is_a_sentence_and_the_next_mends_it(explorer):
    explorer.text.value = ""
    assert "There is no text to read" in explorer.picture.value
    explorer.text.value = TEXT
    assert "<table" in explorer.picture.value


def test_tags_in_the_text_are_shown_and_not_obeyed(reader, wordpiece):
    explorer = widgets.attention(reader, wordpiece, "<b>late</b>")
    assert "<b>" not in explorer.picture.value + explorer.words.value


def test_what_is_no_model_is_refused(wordpiece):
    with pytest.raises(CourseError, match=r"attention\(\) wants a model first, then its tokenizer"):
        widgets.attention("bert", wordpiece, TEXT)


def test_the_still_figure_says_what_it_shows(explorer):
    alt = explorer.still().alt
    assert alt.startswith("Heat map of attention. Layer 0, head 0 of ")
    assert TEXT in alt
