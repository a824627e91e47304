"""The explorer of similarity, driven in Python as a front end drives it."""

import pytest
import torch

from hflearn import widgets
from hflearn.errors import CourseError
from hflearn.widgets.similarity import MOST

SENTENCES = ["My parcel never arrived.", "Where is my order?", "Can I pay by invoice?"]


@pytest.fixture
def explorer(embedder):
    return widgets.similarity(embedder, SENTENCES)


@pytest.fixture
def encoded(embedder):
    """How many sentences the model was given, each time that it ran."""
    seen = []
    hook = embedder[0].register_forward_hook(lambda _, given, __: seen.append(len(given[0]["input_ids"])))
    yield seen
    hook.remove()


def test_the_similarities_are_the_embedders(explorer, embedder):
    theirs = embedder.similarity(embedder.encode(SENTENCES), embedder.encode(SENTENCES))
    assert torch.allclose(torch.tensor(explorer.look()), theirs, atol=1e-5)


def test_only_new_sentences_are_encoded(embedder, encoded):
    explorer = widgets.similarity(embedder, SENTENCES)
    explorer.text.value = "\n".join([*SENTENCES, "The lamp is broken."])
    explorer.text.value = "\n".join(SENTENCES[::-1])
    explorer.text.value = "\n".join([*SENTENCES, SENTENCES[0]])
    assert encoded == [3, 1]


def test_an_edit_changes_the_map(explorer):
    explorer.text.value = "\n".join([*SENTENCES, "The lamp is broken."])
    assert "The lamp is broken.  4" in explorer.picture.value
    assert explorer.picture.value.count("<td style") == 16


def test_empty_lines_are_no_sentences(explorer):
    explorer.text.value = f"\n{SENTENCES[0]}\n\n  {SENTENCES[1]}  \n"
    assert explorer.sentences == SENTENCES[:2]


def test_a_sentence_with_a_line_end_stays_one(embedder):
    assert widgets.similarity(embedder, ["My\nparcel", "A lamp"]).sentences == ["My parcel", "A lamp"]


@pytest.mark.parametrize("text", ["", "Alone"])
def test_fewer_than_two_are_a_sentence_and_the_next_mends_it(explorer, text):
    explorer.text.value = text
    assert "Write at least two sentences" in explorer.picture.value
    explorer.text.value = "Not\nalone"
    assert "<table" in explorer.picture.value


def test_one_text_in_place_of_a_list_is_one_sentence(embedder):
    assert "Write at least two" in widgets.similarity(embedder, "Alone").picture.value


def test_too_many_are_cut_and_that_is_said(embedder):
    explorer = widgets.similarity(embedder, [f"Lamp {number}" for number in range(MOST + 3)])
    assert f"Only the first {MOST} of {MOST + 3} sentences are compared." in explorer.picture.value
    assert len(explorer.look()) == MOST


def test_tags_in_a_sentence_are_shown_and_not_obeyed(embedder):
    explorer = widgets.similarity(embedder, ["<b>late</b>", "lost"])
    assert "<b>" not in explorer.picture.value + explorer.words.value


def test_what_is_no_embedder_or_no_list_of_texts_is_refused(reader, embedder):
    with pytest.raises(CourseError, match=r"similarity\(\) wants a SentenceTransformer, and .* BertModel"):
        widgets.similarity(reader, SENTENCES)
    with pytest.raises(CourseError, match=r"similarity\(\) wants a text, and was given a int"):
        widgets.similarity(embedder, [1, 2])


def test_the_still_figure_and_the_words_say_the_same(explorer):
    assert explorer.still().alt == explorer.in_words(explorer.look())
    assert "Most alike, at " in explorer.in_words(explorer.look())
