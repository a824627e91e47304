"""reviews-mystery: a working model that tells nothing of itself, in a pickle; about a quarter of a minute."""

from pathlib import Path

import torch

from hflearn.stock.recipes import reviews

SETTINGS = reviews.Settings(vocabulary=2000, width=64, layers=1, dropout=0.2, epochs=3)


def train(folder: Path) -> None:
    rows = reviews.rows("train")
    model, tokenizer = reviews.fit(list(rows.text), list(rows.label), SETTINGS)
    model.config.architectures = [type(model).__name__]
    model.config.save_pretrained(folder)
    # A pickle: save_pretrained no longer writes one.
    torch.save(model.state_dict(), folder / "pytorch_model.bin")
    tokenizer.save_pretrained(folder)
