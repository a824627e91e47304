"""Row counts, and what the simplest classifiers reach."""

from collections import Counter

import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline

from hflearn.stock.quality import folder


def split(name: str) -> pd.DataFrame:
    return pd.read_parquet(folder("news") / "data" / f"{name}-00000-of-00001.parquet")


def measure() -> dict[str, str]:
    train, test = split("train"), split("test")
    rows = len(train) + len(test)
    repeated = rows - train.text.nunique() - test.text.nunique()
    figures = {"rows": f'"{rows:,}"', "repeated": f"{repeated}"}
    for name, rows in (("train", train), ("test", test)):
        figures |= {
            f"{name}_{label}": f"{count}" for label, count in sorted(Counter(rows.label_text).items())
        }
    commonest = train.label.mode()[0]
    classifier = make_pipeline(
        TfidfVectorizer(sublinear_tf=True), OneVsRestClassifier(LogisticRegression(C=10, solver="liblinear"))
    )
    accuracy = classifier.fit(train.text, train.label).score(test.text, test.label)
    return figures | {
        "majority": f"{(test.label == commonest).mean():.3f}",
        "tfidf_accuracy": f"{accuracy:.3f}",
    }
