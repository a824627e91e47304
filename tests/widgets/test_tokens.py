"""The explorer of tokens, driven in Python as a front end drives it."""

import pytest
from transformers import CanineTokenizer

from hflearn import widgets
from hflearn.errors import CourseError
from hflearn.widgets.tokens import MOST


@pytest.fixture
def explorer(wordpiece, bpe):
    return widgets.tokens("My parcel never arrived.", wordpiece, bpe)


def test_typing_shows_other_tokens(explorer):
    assert "parcel" in explorer.picture.value
    explorer.text.value = "A lamp"
    assert "lamp" in explorer.picture.value
    assert "parcel" not in explorer.picture.value + explorer.words.value


def test_each_token_has_its_id_and_its_place_in_print(explorer, wordpiece):
    id = wordpiece.convert_tokens_to_ids("parcel")
    assert f"<b>parcel</b><span>{id}</span><span>3–9</span>" in explorer.picture.value


def test_special_and_unknown_tokens_say_so_in_words(wordpiece):
    picture = widgets.tokens("☃", wordpiece).picture.value
    assert picture.count("<span>special</span>") == 2
    assert picture.count("<span>unknown</span>") == 1


def test_tokens_and_characters_per_token_are_counted(wordpiece):
    picture = widgets.tokens("My parcel", wordpiece).picture.value
    assert "4 tokens (2 special); 4.5 characters per token" in picture


def test_two_tokenizers_are_compared(explorer, wordpiece, bpe):
    explorer.text.value = "El paquete llegó el martes."
    one, two = len(wordpiece(explorer.text.value)["input_ids"]), len(bpe(explorer.text.value)["input_ids"])
    word = "more" if two > one else "fewer"
    assert f"needs {abs(two - one)} {word} than" in explorer.picture.value


def test_tags_in_the_text_are_shown_and_not_obeyed(wordpiece, bpe):
    # No tokenizer keeps this word whole, but its signs come through one by one.
    explorer = widgets.tokens("<script>&</script>", wordpiece, bpe)
    for shown in (explorer.picture.value, explorer.words.value):
        assert "<script" not in shown
        assert "&lt;" in shown


@pytest.mark.parametrize("text", ["", " \n"])
def test_no_text_is_a_sentence_and_the_next_letter_mends_it(explorer, text):
    explorer.text.value = text
    assert "There is no text to cut: type a word." in explorer.picture.value
    explorer.text.value = "a"
    assert "There is no text" not in explorer.picture.value


def test_a_text_that_a_tokenizer_drops_is_no_tokens(wordpiece, bpe):
    assert bpe("\x06")["input_ids"] == []
    explorer = widgets.tokens("\x06", bpe, wordpiece)
    assert "0 tokens" in explorer.picture.value
    assert "needs 2 more than" in explorer.picture.value
    assert "0 tokens" in explorer.still().alt


def test_a_long_text_is_cut_and_that_is_said(wordpiece):
    explorer = widgets.tokens("lamp " * 1000, wordpiece)
    assert f"Only the first {MOST:,} of 5,000 characters" in explorer.picture.value
    assert explorer.picture.value.count("<li") == MOST // 5 + 2


def test_a_slow_tokenizer_is_a_sentence():
    assert "is a slow tokenizer" in widgets.tokens("late", CanineTokenizer()).picture.value


def test_what_is_no_tokenizer_or_no_text_is_refused(wordpiece):
    with pytest.raises(CourseError, match=r"tokens\(\) wants a tokenizer, and was given a str"):
        widgets.tokens("late", "bert-base-uncased")
    with pytest.raises(CourseError, match=r"tokens\(\) wants a text, and was given a list"):
        widgets.tokens(["late"], wordpiece)


def test_the_still_figure_and_the_words_say_the_same(explorer):
    assert explorer.still().alt == explorer.in_words(explorer.look())
    assert "parcel" in explorer.in_words(explorer.look())
