"""The Lantern, a cinema, invented: its one dataset on the practice Hub, and the model that gives stars."""

import csv
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..learner import api, practice_only

ACCOUNT = "lantern"
JUDGED = "lantern/judged-sentences"
SPLITS = ("known", "fresh")
SEED = 4  # of the shuffle before the split: the ratings come sorted, praise first

_CARD = """---
license: mit
configs:
- config_name: default
  data_files:
  - split: known
    path: known.csv
  - split: fresh
    path: fresh.csv
---
# What the star model said of 800 sentences about films

The cinema is invented, the answers are not: `label` and `score` are what `hflearn/minilm-stars` said of the
first 800 film sentences in the test split of `hflearn/human-sentiment` (vaderSentiment 0.5, MIT), `stars` is
what the people who rated them gave, from 1 to 5. The rows are shuffled: the
first 400 are `known`, the others `fresh`.
"""

if TYPE_CHECKING:
    from huggingface_hub import HfApi

Row = dict[str, Any]


def prepare() -> None:
    """Put the dataset on the Hub of this session.

    :raises CourseError: this is no practice Hub, or ``hflearn.start()`` has not run.
    """
    practice_only("checks the answers of the practice Hub's models")
    put(api(ACCOUNT))


def put(api: "HfApi") -> None:
    """Make the dataset, or make it anew where a newer course has changed a file."""
    from huggingface_hub import CommitOperationAdd

    files = _files()
    api.create_repo(JUDGED, repo_type="dataset", exist_ok=True)
    if any(not _stands(api, name, content) for name, content in files.items()):
        adds = [CommitOperationAdd(name, content) for name, content in files.items()]
        api.create_commit(JUDGED, adds, commit_message="800 sentences, judged", repo_type="dataset")


def judged(split: str) -> list[Row]:
    """The rows of a split, as ``load_dataset(JUDGED, split=split).to_list()`` gives them."""
    with (_FOLDER / f"{split}.csv").open(encoding="utf-8", newline="") as file:
        return [
            {"label": row["label"], "score": float(row["score"]), "stars": int(row["stars"])}
            for row in csv.DictReader(file)
        ]


@cache
def rate() -> Any:
    """The check's own pipeline that gives stars: the learner's may have been changed."""
    import hflearn

    role = hflearn.model("sentiment")
    from transformers import pipeline

    return pipeline("text-classification", model=role)


_FOLDER = Path(__file__).parent / "judged"


def _files() -> dict[str, bytes]:
    splits = {f"{split}.csv": (_FOLDER / f"{split}.csv").read_bytes() for split in SPLITS}
    return {"README.md": _CARD.encode(), **splits}


def _stands(api: "HfApi", name: str, content: bytes) -> bool:
    """Whether the file stands there as it is here."""
    info = api.get_paths_info(JUDGED, name, repo_type="dataset")
    return bool(info) and getattr(info[0], "blob_id", None) == _blob_id(content)


def _blob_id(content: bytes) -> str:
    return sha1(b"blob %d\0" % len(content) + content).hexdigest()  # git's way
