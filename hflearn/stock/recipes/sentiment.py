"""minilm-stars: `embed` learns to give one to five stars, from film and product reviews."""

from pathlib import Path

import pandas as pd
import torch
from transformers import AutoModelForSequenceClassification

from hflearn.stock.quality import folder as stocked
from hflearn.stock.quality import ratings
from hflearn.stock.recipes import adapters

NAMES = ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"]
SETTINGS = adapters.Settings("SEQ_CLS", epochs=4, peak_rate=7e-4, longest=64)


def rows(split: str) -> pd.DataFrame:
    """Film and product reviews: columns text, place (0 to 4, fractions too), label (the nearest star)."""
    rated = ratings.split(split)
    chosen = rated[rated.source.isin(["movie", "amazon"])]
    place = (chosen.rating + 2).clip(
        0, 4
    )  # of −4 … 4, what lies beyond −2 and 2 is the first or the last star
    return pd.DataFrame({"text": chosen.text, "place": place, "label": (place + 0.5).astype(int)})


def train(folder: Path) -> None:
    known, tokenizer = rows("train"), adapters.tokenizer()
    encoded = tokenizer(list(known.text), truncation=True, max_length=SETTINGS.longest)["input_ids"]
    names = dict(enumerate(NAMES))
    model = AutoModelForSequenceClassification.from_pretrained(
        stocked("embed"), num_labels=len(NAMES), id2label=names, label2id={names[n]: n for n in names}
    )
    adapters.save(adapters.fit(model, encoded, soft_labels(known.place), SETTINGS), folder)


def soft_labels(places: pd.Series) -> torch.Tensor:
    """Shape (n, 5): each place shared out between the stars beside it; 3.25 is a quarter fifth star."""
    distances = (torch.tensor(places.to_numpy())[:, None] - torch.arange(len(NAMES))).abs()
    return (1 - distances).clamp(min=0).float()
