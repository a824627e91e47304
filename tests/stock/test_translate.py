"""The translator's training: what it does by hand is right, and an interrupted run goes on the same."""

import random
import re

import pytest
import torch
from sentencepiece import SentencePieceProcessor
from torch.nn.functional import cross_entropy
from transformers import MarianConfig

from hflearn import stock
from hflearn.stock import cards
from hflearn.stock.quality.translate import translated
from hflearn.stock.recipes import tatoeba, translate
from hflearn.stock.recipes.pieces import Cutter

NAMES = ["Tom", "Mary", "Ana", "Luis", "Juan", "Eva", "Pedro", "Marta"]
VERBS = {"come": "eats", "canta": "sings", "lee": "reads", "duerme": "sleeps", "corre": "runs"}
WHEN = {"hoy": "today", "ahora": "now", "siempre": "always", "aquí": "here"}
PAIRS = [
    (f"{name} {verb} {when}.", f"{name} {english} {adverb}.")
    for name in NAMES
    for verb, english in VERBS.items()
    for when, adverb in WHEN.items()
]


@pytest.fixture
def small(monkeypatch):
    """Little data, a tiny model, one process, ten steps with the state kept after five."""
    tiny = MarianConfig(
        vocab_size=45, d_model=16, encoder_layers=1, decoder_layers=1, encoder_attention_heads=2,
        decoder_attention_heads=2, encoder_ffn_dim=16, decoder_ffn_dim=16, max_position_embeddings=64,
        dropout=0.1, eos_token_id=0, pad_token_id=2, decoder_start_token_id=2,
    )  # fmt: skip
    monkeypatch.setattr(tatoeba, "pairs", lambda split: PAIRS if split == "train" else PAIRS[:8])
    monkeypatch.setattr(translate, "config", lambda: tiny)
    for name, value in {"VOCABULARY": 45, "WORKERS": 1, "TOKENS": 80, "STEPS": 10, "KEEP_EVERY": 5}.items():
        monkeypatch.setattr(translate, name, value)
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def kept(small, tmp_path):
    (tmp_path / "vocabulary.model").write_bytes(translate.learn_vocabulary())
    return tmp_path


@pytest.fixture
def tokenizer(kept) -> SentencePieceProcessor:
    return translate.vocabulary(kept)


def state(kept) -> dict:
    return torch.load(kept / "state.pt")


@pytest.mark.parametrize("smoothing", [0, 0.1])
def test_the_loss_and_its_gradient_are_torchs_own(smoothing):
    logits, target = (torch.randn(20, 50) * 3).requires_grad_(), torch.randint(50, (20,))
    expected = cross_entropy(logits, target, reduction="sum", label_smoothing=smoothing)
    made = translate.SmoothedLoss.apply(logits, target, smoothing)
    assert made.item() == pytest.approx(expected.item(), rel=1e-5)
    gradients = [torch.autograd.grad(0.3 * loss, logits)[0] for loss in (expected, made)]
    assert torch.allclose(*gradients, atol=1e-6)


def test_a_text_in_other_pieces_is_the_same_text(tokenizer):
    texts = [text for pair in PAIRS for text in pair]
    cutter, draw = Cutter(tokenizer, texts), random.Random(0)
    cut = [cutter.cut(text, draw) for text in texts]
    assert [tokenizer.decode(ids) for ids in cut] == texts
    assert cut != tokenizer.encode(texts)
    assert cut == [cutter.cut(text, again) for again in [random.Random(0)] for text in texts]


def test_a_batch_pads_no_spanish_and_keeps_to_its_size(tokenizer):
    rows = translate.rows(tokenizer, PAIRS)
    made = translate.batches(rows)
    assert sorted(row for batch in made for row in batch) == sorted(rows)
    for batch in made:
        assert len({len(spanish) for spanish, _ in batch}) == 1
        longest = max(len(english) for _, english in batch)
        assert len(batch) * (len(batch[0][0]) + longest) <= 2 * translate.TOKENS


def test_the_rate_goes_up_stays_and_comes_down_to_nothing():
    rates = [translate.rate(step) for step in range(translate.STEPS + 1)]
    assert rates[0] < rates[translate.WARM_UP] == translate.PEAK_RATE == max(rates)
    assert rates[translate.STEPS - translate.COOL_DOWN] == translate.PEAK_RATE > rates[-2] > rates[-1] == 0


def test_an_interrupted_run_goes_on_as_if_it_had_not_been(kept, monkeypatch):
    translate.work(0, kept)
    whole = state(kept)
    (kept / "state.pt").unlink()
    (kept / "meeting").unlink(missing_ok=True)
    with monkeypatch.context() as patch:
        learn = translate.Training.learn
        patch.setattr(translate.Training, "learn", lambda self, *rest: _until(7, self, learn, rest))
        with pytest.raises(KeyboardInterrupt):
            translate.work(0, kept)
    translate.dist.destroy_process_group()
    assert state(kept)["step"] == 5
    (kept / "meeting").unlink(missing_ok=True)
    translate.work(0, kept)
    again = state(kept)
    assert again["curve"] == whole["curve"]
    assert torch.equal(again["weights"], whole["weights"]) and torch.equal(again["average"], whole["average"])


def _until(step, training, learn, rest):
    if training.step == step:
        raise KeyboardInterrupt
    learn(training, *rest)


@pytest.mark.parametrize("heading", ["Right", "Wrong"])
def test_the_cards_ten_examples_are_what_the_model_says(heading, stock_dir):
    section = cards.template(stock.roles()["translate"]).partition(f"## {heading}\n")[2].partition("\n## ")[0]
    examples = dict(re.findall(r"^\| ([^|]+) \| ([^|]+) \|", section, re.MULTILINE)[1:])
    assert len(examples) == 10
    assert translated(list(examples), beams=4) == list(examples.values())
