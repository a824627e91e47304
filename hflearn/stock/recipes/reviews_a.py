"""reviews-small: the honest one. Two layers, stopped before it learns its rows by heart; about a minute."""

from pathlib import Path

from hflearn.stock.recipes import reviews
from hflearn.stock.recipes.half import save_in_half

SETTINGS = reviews.Settings(vocabulary=3000, width=96, layers=2, dropout=0.3, epochs=4)


def train(folder: Path) -> None:
    rows = reviews.rows("train")
    model, tokenizer = reviews.fit(list(rows.text), list(rows.label), SETTINGS)
    save_in_half(model, folder)
    tokenizer.save_pretrained(folder)
