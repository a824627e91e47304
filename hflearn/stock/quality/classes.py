"""What a stocked text classifier says."""

import numpy as np
import torch
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from hflearn.stock.quality import folder


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
