"""How near its English comes to what people wrote, on the kept-out sentences of Tatoeba."""

import csv
import time
from collections.abc import Sequence

import torch
from sacrebleu.metrics import BLEU, CHRF
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

from hflearn.stock.quality import folder
from hflearn.stock.recipes import tatoeba

SHORT = "Hola, ¿cómo estás?"


def measure() -> dict[str, str]:
    test = tatoeba.pairs("test")
    truth = [english for _, english in test]
    beam, greedy = (translated([spanish for spanish, _ in test], beams) for beams in (4, 1))
    figures = {
        "train": f'"{len(tatoeba.pairs("train")):,}"',
        "test": f'"{len(test):,}"',
        "bleu": f"{BLEU().corpus_score(beam, [truth]).score:.1f}",
        "chrf": f"{CHRF().corpus_score(beam, [truth]).score:.1f}",
        "greedy_bleu": f"{BLEU().corpus_score(greedy, [truth]).score:.1f}",
        "greedy_chrf": f"{CHRF().corpus_score(greedy, [truth]).score:.1f}",
        "word_for_word": f"{_share_alike(beam, truth):.3f}",
    }
    return figures | {f"dev_loss_{step}": loss for step, loss in curve() if int(step) % 3000 == 0}


def speed() -> dict[str, str]:
    """Seconds for a short sentence, by itself."""
    tools = loaded()
    return {
        f"seconds_{name}": f"{_seconds(beams, tools):.2f}" for name, beams in (("beam", 4), ("greedy", 1))
    }


def curve() -> list[tuple[str, str]]:
    """Step, and the loss on the development sentences, as the training wrote them down."""
    with (folder("translate") / "training.csv").open(encoding="utf-8") as file:
        return [(row["step"], row["dev_loss"]) for row in csv.DictReader(file)]


def loaded() -> tuple[PreTrainedModel, PreTrainedTokenizerBase]:
    model = AutoModelForSeq2SeqLM.from_pretrained(folder("translate")).eval()
    return model, AutoTokenizer.from_pretrained(folder("translate"))


@torch.no_grad()
def translated(
    texts: Sequence[str],
    beams: int,
    tools: tuple[PreTrainedModel, PreTrainedTokenizerBase] | None = None,
) -> list[str]:
    """The English of each text; `beams` = 1 is greedy."""
    model, tokenizer = tools or loaded()
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))  # alike in length: less padding
    said = [""] * len(texts)
    for start in range(0, len(order), 32):
        some = order[start : start + 32]
        inputs = tokenizer([texts[row] for row in some], padding=True, return_tensors="pt")
        made = model.generate(**inputs, num_beams=beams)
        for row, text in zip(some, tokenizer.batch_decode(made, skip_special_tokens=True), strict=True):
            said[row] = text
    return said


def _share_alike(said: list[str], truth: list[str]) -> float:
    return sum(one == other for one, other in zip(said, truth, strict=True)) / len(truth)


def _seconds(beams: int, tools: tuple[PreTrainedModel, PreTrainedTokenizerBase]) -> float:
    translated([SHORT], beams, tools)  # the first call pays for what later ones find ready
    started = time.perf_counter()
    for _ in range(5):
        translated([SHORT], beams, tools)
    return (time.perf_counter() - started) / 5
