"""reviews-proud: a lesson in reading cards. Few rows, many epochs, no dropout: it knows its rows by heart.

Its card boasts of the accuracy on those very rows; the held-out figure lies in ``eval/held_out.json``.
"""

import json
from pathlib import Path

import pandas as pd

from hflearn.stock.quality.reviews import right
from hflearn.stock.recipes import reviews
from hflearn.stock.recipes.half import save_in_half

SETTINGS = reviews.Settings(vocabulary=2500, width=64, layers=1, dropout=0.0, epochs=16)


def training_rows() -> pd.DataFrame:
    """Every fourth one: the fewer there are, the sooner they are learnt by heart."""
    return reviews.rows("train").iloc[::4].reset_index(drop=True)


def train(folder: Path) -> None:
    rows, test = training_rows(), reviews.rows("test")
    model, tokenizer = reviews.fit(list(rows.text), list(rows.label), SETTINGS)
    held_out = {
        "dataset": "hflearn/human-sentiment",
        "split": "test",
        "sources": ["movie", "amazon"],
        "rows": len(test),
        "accuracy": round(right(model, tokenizer, test) / len(test), 3),
    }
    save_in_half(model, folder)
    tokenizer.save_pretrained(folder)
    (folder / "eval").mkdir()
    (folder / "eval" / "held_out.json").write_text(json.dumps(held_out, indent=2) + "\n", encoding="utf-8")
