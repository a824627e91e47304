"""The explorer of sampling, driven in Python as a front end drives it."""

import pytest

from hflearn import widgets
from hflearn.errors import CourseError
from hflearn.widgets.sampling import SHOWN


@pytest.fixture
def explorer(writer, bpe):
    return widgets.sampling(writer, bpe, "My parcel")


@pytest.fixture
def runs(writer):
    """How often the model ran: a list that grows."""
    seen = []
    hook = writer.register_forward_hook(lambda *_: seen.append(1))
    yield seen
    hook.remove()


def test_the_model_runs_once_and_the_dials_do_the_rest(writer, bpe, runs):
    explorer = widgets.sampling(writer, bpe, "My parcel")
    pictures = {explorer.picture.value}
    for dial, value in ((explorer.temperature, 0.5), (explorer.top_k, 7), (explorer.top_p, 0.5)):
        dial.field.value = value
        pictures.add(explorer.picture.value)
    assert len(pictures) == 4
    assert len(runs) == 1


def test_another_prompt_is_asked_once_whether_the_press_or_the_prompt_arrives_first(explorer, runs):
    before = explorer.picture.value
    explorer.ask.click()
    explorer.prompt.value = "A lamp"
    explorer.ask.click()
    assert len(runs) == 1
    assert "After “A lamp”" in explorer.picture.value
    assert explorer.picture.value != before


def test_top_k_leaves_k_and_says_which_it_cut(explorer):
    explorer.top_k.field.value = 7
    picture = explorer.picture.value
    assert f"<strong>7 of {len(explorer.logits):,} tokens</strong> can be chosen" in picture
    assert picture.count("cut by top-k") == SHOWN - 7


def test_a_token_cut_by_top_p_says_so(explorer):
    explorer.temperature.field.value = 0.1
    explorer.top_p.field.value = 0.05
    assert "cut by top-p" in explorer.picture.value
    assert "cut by top-k" not in explorer.picture.value


def test_heat_opens_the_choice(explorer):
    open_choice = []
    for temperature in (0.2, 1.0, 2.0):
        explorer.temperature.field.value = temperature
        open_choice.append(explorer.look().perplexity)
    assert open_choice == sorted(open_choice)


def test_no_prompt_is_a_sentence(explorer):
    explorer.prompt.value = ""
    explorer.ask.click()
    assert "There is no prompt" in explorer.picture.value
    explorer.prompt.value = "A lamp"
    explorer.ask.click()
    assert "After “A lamp”" in explorer.picture.value


def test_a_model_that_does_not_write_is_a_sentence(reader, wordpiece):
    assert "does not continue a text" in widgets.sampling(reader, wordpiece, "My parcel").picture.value


def test_tags_in_the_prompt_are_shown_and_not_obeyed(writer, bpe):
    explorer = widgets.sampling(writer, bpe, "<b>late</b>")
    assert "<b>late" not in explorer.picture.value + explorer.words.value


def test_arguments_in_the_wrong_order_are_refused(writer, bpe):
    with pytest.raises(CourseError, match=r"sampling\(\) wants a model first, then its tokenizer"):
        widgets.sampling(bpe, writer, "My parcel")


def test_the_still_figure_compares_settings(explorer):
    figure = explorer.still()
    assert [axes.get_title(loc="left") for axes in figure.axes] == [
        "temperature 1.0",
        "temperature 2.0",
        "temperature 1.0, top-p 0.90",
    ]
    assert "With temperature 2.0: " in figure.alt
