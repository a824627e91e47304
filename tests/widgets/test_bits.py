"""The explorer of bits, driven in Python as a front end drives it."""

import pytest
import torch
from transformers import BertConfig, BertForSequenceClassification

from hflearn import widgets
from hflearn.errors import CourseError
from hflearn.widgets.bits import MOST
from hflearn.widgets.rounded import CHANNEL, SHARED, TENSOR, grid

TEXTS = ["The lamp is fine, and I like it a great deal.", "Late.", "It came broken.", "Where is it?"]


@pytest.fixture
def classifier(wordpiece):
    """Was never trained, and has a weight far out."""
    torch.manual_seed(0)
    sizes = {"hidden_size": 64, "intermediate_size": 96, "num_hidden_layers": 1, "num_attention_heads": 2}
    model = BertForSequenceClassification(
        BertConfig(vocab_size=len(wordpiece), num_labels=5, initializer_range=0.5, **sizes)
    )
    with torch.no_grad():
        model.bert.pooler.dense.weight[3, 5] = 40
    return model.eval()


@pytest.fixture
def explorer(classifier, wordpiece):
    return widgets.bits(classifier, wordpiece, TEXTS, [0, 1, 2, 3])


@pytest.fixture
def runs(classifier):
    """How often the model ran: a list that grows."""
    seen = []
    classifier.register_forward_hook(lambda *_: seen.append(1))
    return seen


def answers(model, wordpiece):
    with torch.no_grad():
        return [model(**wordpiece(text, return_tensors="pt")).logits.argmax().item() for text in TEXTS]


def test_the_answers_are_those_of_a_model_with_rounded_weights(explorer, classifier, wordpiece):
    explorer.bits.field.value, explorer.scale.value = 3, CHANNEL
    with torch.no_grad():
        for layer in classifier.modules():
            if isinstance(layer, torch.nn.Linear):
                layer.weight.copy_(grid(layer.weight, 3, CHANNEL).weights())
    assert explorer.answers[3, CHANNEL] == answers(classifier, wordpiece)


def test_the_learners_model_keeps_its_weights_its_mode_and_its_answers(classifier, wordpiece):
    before = {name: weights.clone() for name, weights in classifier.train().state_dict().items()}
    explorer = widgets.bits(classifier, wordpiece, TEXTS)
    explorer.bits.field.value = 2
    assert classifier.training
    assert all(torch.equal(before[name], weights) for name, weights in classifier.state_dict().items())
    assert explorer.unrounded == answers(classifier.eval(), wordpiece)


def test_each_setting_runs_the_model_once_and_the_matrix_never_does(explorer, runs):
    for bits in (4, 3, 4, 3):
        explorer.bits.field.value = bits
    assert len(runs) == 2
    before = explorer.picture.value
    explorer.matrix.field.value = 0
    explorer.scale.value = explorer.none
    assert len(runs) == 2
    assert explorer.picture.value != before


def test_it_opens_at_the_matrix_with_the_weight_furthest_out(explorer):
    assert "bert.pooler.dense has 4,096 weights" in explorer.picture.value
    assert "the largest is 40.00" in explorer.picture.value


def test_not_rounded_agrees_with_itself_and_has_no_grid(explorer):
    explorer.scale.value = "none: float32"
    assert "Not rounded: 4 of 4 answers" in explorer.picture.value
    assert "step" not in explorer.picture.value


@pytest.mark.parametrize("shared", SHARED)
def test_every_choice_says_what_a_weight_costs(explorer, shared):
    explorer.bits.field.value, explorer.scale.value = 4, shared
    assert "With the scales, a weight costs 4." in explorer.picture.value


def test_the_table_fills_with_what_was_tried(explorer):
    explorer.bits.field.value = 5
    picture = explorer.picture.value
    assert picture.count("<td>·</td>") == 21 - 2
    assert picture.count('<td class="chosen">') == 1
    words = explorer.in_words(explorer.look())
    assert "8 bits, one scale for the tensor: 4; 5 bits, one scale for the tensor: " in words


def test_where_the_truth_is_known_the_right_ones_are_counted(explorer, classifier, wordpiece):
    right = sum(given == true for given, true in zip(answers(classifier, wordpiece), range(4), strict=True))
    assert f"(unrounded: {right})" in explorer.picture.value
    assert "are right" not in widgets.bits(classifier, wordpiece, TEXTS).picture.value


def test_too_many_texts_are_cut_and_that_is_said(classifier, wordpiece):
    texts = [f"Lamp {number}" for number in range(MOST + 3)]
    explorer = widgets.bits(classifier, wordpiece, texts, [0] * len(texts))
    assert f"Only the first {MOST} of {MOST + 3} texts are classified." in explorer.picture.value
    assert len(explorer.unrounded) == MOST


def test_a_model_without_classes_is_a_sentence(writer, bpe):
    bpe.pad_token = bpe.pad_token or bpe.eos_token
    assert "gives a text no class" in widgets.bits(writer, bpe, TEXTS).picture.value


def test_a_model_without_linear_layers_is_refused(wordpiece):
    class Lists(torch.nn.Module):
        config, get_input_embeddings = None, None

    with pytest.raises(CourseError, match=r"Lists has no linear layers"):
        widgets.bits(Lists(), wordpiece, TEXTS)


def test_a_model_that_is_rounded_already_is_refused(classifier, wordpiece):
    weight = classifier.classifier.weight
    classifier.classifier.weight = torch.nn.Parameter(weight.to(torch.int8), requires_grad=False)
    with pytest.raises(CourseError, match=r"rounded already: load it in float32"):
        widgets.bits(classifier, wordpiece, TEXTS)


def test_texts_and_right_classes_go_together(classifier, wordpiece):
    with pytest.raises(CourseError, match=r"4 texts and 1 right classes"):
        widgets.bits(classifier, wordpiece, TEXTS, [0])
    with pytest.raises(CourseError, match=r"a few texts to classify, and was given none"):
        widgets.bits(classifier, wordpiece, [])
    with pytest.raises(CourseError, match=r"bits\(\) wants a model first, then its tokenizer"):
        widgets.bits(wordpiece, classifier, TEXTS)


def test_the_still_figure_compares_settings_and_says_the_same_in_words(explorer):
    figure = explorer.still()
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles[0] == "The weights"
    assert [title.partition(":")[0] for title in titles[1:]] == [
        "8 bits, one scale for the tensor",
        "4 bits, one scale for the tensor",
        "4 bits, one scale a channel",
    ]
    assert all(title.partition(":")[0] in figure.alt for title in titles[1:])
    assert explorer.setting == (8, TENSOR)
