"""How many stars a review gets, against how many people gave it."""

import numpy as np
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from hflearn.stock.quality import folder
from hflearn.stock.recipes.sentiment import NAMES, rows


def measure() -> dict[str, str]:
    train, test = rows("train"), rows("test")
    truth, said = test.label.to_numpy(), predicted("sentiment", list(test.text))
    commonest = train.label.mode()[0]
    matrix = {
        f"is_{is_ + 1}_said_{says + 1}": f"{((truth == is_) & (said == says)).sum()}"
        for is_ in range(len(NAMES))
        for says in range(len(NAMES))
    }
    return {
        "train": f'"{len(train):,}"',
        "test": f'"{len(test):,}"',
        "exact": f"{(said == truth).mean():.3f}",
        "within_one": f"{(abs(said - truth) <= 1).mean():.3f}",
        "majority_exact": f"{(truth == commonest).mean():.3f}",
        "majority_within_one": f"{(abs(truth - commonest) <= 1).mean():.3f}",
    } | matrix


@torch.no_grad()
def predicted(role: str, texts: list[str]) -> np.ndarray:
    """The number of the class that the stocked model gives each text."""
    model = AutoModelForSequenceClassification.from_pretrained(folder(role)).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder(role))
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))  # alike in length: less padding
    said = np.zeros(len(texts), dtype=int)
    for start in range(0, len(order), 64):
        some = order[start : start + 64]
        inputs = tokenizer([texts[row] for row in some], truncation=True, padding=True, return_tensors="pt")
        said[some] = model(**inputs).logits.argmax(-1).numpy()
    return said
