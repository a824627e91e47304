"""A text as tokens that people can read."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import CanineTokenizer, PreTrainedTokenizerFast

from hflearn.errors import CourseError
from hflearn.widgets.pieces import pieces

texts = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def shown(found):
    return [piece.shown for piece in found]


def test_words_and_what_the_tokenizer_adds(wordpiece):
    found = pieces("My parcel.", wordpiece)
    assert shown(found) == ["[CLS]", "My", "parcel", ".", "[SEP]"]
    assert [piece.mark for piece in found] == ["special", "", "", "", "special"]
    assert [(piece.start, piece.end) for piece in found[1:-1]] == [(0, 2), (3, 9), (9, 10)]


def test_the_ids_are_the_tokenizers_own(wordpiece, bpe):
    for tokenizer in (wordpiece, bpe):
        text = "Unbelievably late, el paquete 🚢"
        assert [piece.id for piece in pieces(text, tokenizer)] == tokenizer(text)["input_ids"]


def test_a_word_in_pieces_is_joined(wordpiece):
    found = pieces("the unbelievably", wordpiece)[1:-1]
    assert [piece.joined for piece in found] == [False, False] + [True] * (len(found) - 2)
    assert found[2].entry.startswith("##")
    assert not found[2].shown.startswith("##")


def test_an_unknown_word_is_marked_and_shown_as_it_was_written(wordpiece):
    [piece] = pieces("☃", wordpiece)[1:-1]
    assert (piece.shown, piece.mark) == ("☃", "unknown")


def test_bytes_of_one_character_are_numbered(bpe):
    found = pieces("a 🚢!", bpe)
    assert [piece.part for piece in found] == ["", "1 of 3", "2 of 3", "3 of 3", ""]
    assert shown(found) == ["a", "␣🚢", "🚢", "🚢", "!"]


def test_spaces_and_line_ends_can_be_seen(bpe):
    assert "".join(shown(pieces("a b\n\tc", bpe))) == "a␣b⏎⇥c"


def test_a_special_token_that_was_typed_is_special(wordpiece, bpe):
    assert [piece.mark for piece in pieces("a [MASK]", wordpiece)[1:-1]] == ["", "special"]
    # Its tokenizer has the same token for the unknown, of which there is none in bytes.
    assert [piece.mark for piece in pieces(f"a{bpe.unk_token}", bpe)] == ["", "special"]


def test_a_space_that_the_offsets_leave_out_is_shown(bpe):
    gpt2_like = Tokenizer(models.BPE({"a": 0, "Ġ": 1, "b": 2, "Ġb": 3}, [("Ġ", "b")]))
    gpt2_like.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    gpt2_like.post_processor = processors.ByteLevel(trim_offsets=True)
    found = pieces("a b", PreTrainedTokenizerFast(tokenizer_object=gpt2_like))
    assert (found[1].start, found[1].shown) == (2, "␣b")


def test_a_slow_tokenizer_is_refused_in_a_sentence():
    with pytest.raises(CourseError, match=r"CanineTokenizer is a slow tokenizer .* AutoTokenizer"):
        pieces("late", CanineTokenizer())


@given(text=st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=40))
@texts
def test_every_character_is_in_the_stretch_of_a_byte_level_token(bpe, text):
    found = pieces(text, bpe)
    covered = {at for piece in found for at in range(piece.start, piece.end)}
    assert covered == set(range(len(text)))
    assert all(piece.shown for piece in found)


@given(text=st.text(min_size=1, max_size=40))
@texts
def test_no_text_breaks_a_tokenizer(wordpiece, bpe, text):
    for tokenizer in (wordpiece, bpe):
        assert [piece.id for piece in pieces(text, tokenizer)] == tokenizer(text)["input_ids"]
