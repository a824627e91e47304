"""minilm-banking77: `embed` learns to tell what a bank's customer wants, among 77 intents."""

import io
from pathlib import Path

import pandas as pd
import torch
from torch.nn.functional import one_hot
from transformers import AutoModelForSequenceClassification

from hflearn.stock.quality import folder as stocked
from hflearn.stock.recipes import adapters, outside

SETTINGS = adapters.Settings("SEQ_CLS", epochs=5, peak_rate=1.5e-3, longest=64)
SMOOTHING = 0.1  # of the labels: some questions of the data would fit two intents


def rows(split: str) -> pd.DataFrame:
    """Customers' questions: columns text, label_text, label (0 to 76, in alphabetical order)."""
    known = pd.read_csv(io.StringIO(outside.read(f"banking77/{split}.csv")))
    known["label_text"] = known.category
    known["label"] = known.category.astype("category").cat.codes
    return known


def train(folder: Path) -> None:
    known, tokenizer = rows("train"), adapters.tokenizer()
    encoded = tokenizer(list(known.text), truncation=True, max_length=SETTINGS.longest)["input_ids"]
    names = dict(enumerate(sorted(known.label_text.unique())))
    model = AutoModelForSequenceClassification.from_pretrained(
        stocked("embed"), num_labels=len(names), id2label=names, label2id={names[n]: n for n in names}
    )
    targets = one_hot(torch.tensor(known.label.to_numpy(), dtype=torch.long), len(names)).float()
    targets = targets * (1 - SMOOTHING) + SMOOTHING / len(names)
    adapters.save(adapters.fit(model, encoded, targets, SETTINGS), folder)
