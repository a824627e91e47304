"""minilm-wnut17: `embed` learns to find names in what people post: token classification on WNUT-17."""

from pathlib import Path

import torch
from transformers import AutoModelForTokenClassification, BatchEncoding

from hflearn.stock.quality import folder as stocked
from hflearn.stock.recipes import adapters, outside

FILES = {
    "train": "wnut17/wnut17train.conll",
    "dev": "wnut17/emerging.dev.conll",
    "test": "wnut17/emerging.test.annotated",
}
KINDS = ["corporation", "creative-work", "group", "location", "person", "product"]
NAMES = ["O", *(f"{mark}-{kind}" for kind in KINDS for mark in "BI")]
SETTINGS = adapters.Settings("TOKEN_CLS", epochs=6, peak_rate=1e-3, longest=128)

Sentence = tuple[list[str], list[str]]  # words, and their labels


def sentences(split: str) -> list[Sentence]:
    """Of a file with a word and its label on a line, and an empty line between sentences."""
    found: list[Sentence] = [([], [])]
    for line in outside.read(FILES[split]).splitlines():
        word, _, label = line.strip().partition("\t")
        if word:
            found[-1][0].append(word)
            found[-1][1].append(label)
        elif found[-1][0]:
            found.append(([], []))
    return [sentence for sentence in found if sentence[0]]


def train(folder: Path) -> None:
    known = sentences("train")
    tokenizer = adapters.tokenizer()
    encoded = tokenizer(
        [words for words, _ in known], is_split_into_words=True, truncation=True, max_length=SETTINGS.longest
    )
    targets = [token_labels(encoded, row, labels) for row, (_, labels) in enumerate(known)]
    names = dict(enumerate(NAMES))
    model = AutoModelForTokenClassification.from_pretrained(
        stocked("embed"), num_labels=len(NAMES), id2label=names, label2id={names[n]: n for n in names}
    )
    adapters.save(adapters.fit(model, encoded["input_ids"], targets, SETTINGS), folder)


def token_labels(encoded: BatchEncoding, row: int, labels: list[str]) -> torch.Tensor:
    """The label of each token of the row: its word's; a name goes on (I-) in the later pieces of a word."""
    places, before = [], None
    for word in encoded.word_ids(row):
        if word is None:
            places.append(adapters.IGNORED)
        else:
            label = labels[word].replace("B-", "I-") if word == before else labels[word]
            places.append(NAMES.index(label))
        before = word
    return torch.tensor(places)
