"""An explorer as a cell's output: for a live front end, for GitHub, for a comparison with the last run."""

import pytest

from hflearn.notebooks.normalise import WIDGET_VIEW, normalised_outputs
from hflearn.widgets.explorer import Explorer
from tests import kernel

LOAD = """
from hflearn import widgets
from sentence_transformers import SentenceTransformer
from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM
import torch
embedder = SentenceTransformer("{embed}")
reader, tokenizer = embedder[0].auto_model, AutoTokenizer.from_pretrained("{embed}")
reader.set_attn_implementation("eager")
shape = dict(hidden_size=16, intermediate_size=32, num_hidden_layers=2, num_attention_heads=2)
torch.manual_seed(0)
writer = LlamaForCausalLM(LlamaConfig(vocab_size=len(tokenizer), **shape))
"""
CALLS = {
    "tokens": "widgets.tokens('My parcel never arrived. 🚢 $5', tokenizer)",
    "sampling": "widgets.sampling(writer, tokenizer, 'My parcel')",
    "attention": "widgets.attention(reader, tokenizer, 'The parcel was lost. 🚢 $5 <b>')",
    "similarity": "widgets.similarity(embedder, ['My parcel is late. 🚢 $5', 'Where is it?'])",
    "nothing": "widgets.tokens('', tokenizer)",
}


@pytest.fixture(scope="module")
def cells(embed):
    """The outputs of each call, made twice."""
    code = [LOAD.format(embed=embed), *CALLS.values(), *CALLS.values()]
    outputs = kernel.outputs(*code, seconds=120)[1:]
    count = len(CALLS)
    return {name: pair for name, *pair in zip(CALLS, outputs[:count], outputs[count:], strict=True)}


PICTURED = [name for name in CALLS if name != "nothing"]


@pytest.mark.parametrize("name", PICTURED)
def test_a_front_end_may_choose_widget_picture_or_text(cells, name):
    image, words = cells[name][0]
    assert set(image.data) == {WIDGET_VIEW, "image/png", "text/plain"}
    assert set(words.data) == {WIDGET_VIEW, "text/html", "text/plain"}


@pytest.mark.parametrize("name", PICTURED)
def test_the_picture_has_alt_text_and_the_same_words_stand_below(cells, name):
    image, words = cells[name][0]
    alt = image.metadata["image/png"]["alt"]
    assert image.data["text/plain"] == f"<Figure: {alt}>"
    assert words.data["text/plain"] == f"The figure in words: {alt}"


@pytest.mark.parametrize("name", CALLS)
def test_what_is_kept_has_no_widget_and_is_the_same_every_time(cells, name):
    first, second = (normalised_outputs(outputs) for outputs in cells[name])
    assert first == second
    assert not any(WIDGET_VIEW in output.data for output in first)


def test_where_there_is_nothing_to_show_the_sentence_is_kept(cells):
    [output] = normalised_outputs(cells["nothing"][0])
    assert output.data == {"text/plain": "There is no text to cut: type a word."}


class Counting(Explorer):
    looked = 0

    def look(self):
        self.looked += 1
        return f"look {self.looked}"

    def render(self, seen):
        return seen

    def in_words(self, seen):
        return seen


def test_a_change_is_looked_at_once_for_the_picture_and_for_its_words():
    explorer = Counting()
    explorer.draw()
    assert explorer.picture.value == "look 2"
    assert "look 2" in explorer.words.value
