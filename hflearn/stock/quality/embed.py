"""Does a headline find its own article? And what do a few labelled articles teach, against TF-IDF?"""

import numpy as np
import pandas as pd
from sentence_transformers import SentenceTransformer
from sklearn.feature_extraction.text import TfidfVectorizer

from hflearn.stock.quality import folder
from hflearn.stock.quality.news import split

SHOTS = 8  # labelled articles a class
TESTED = 20  # articles a class


def measure() -> dict[str, str]:
    test = split("test").drop_duplicates("text").groupby("label").head(TESTED)
    examples = split("train").drop_duplicates("text").groupby("label").head(SHOTS)
    figures = {"articles": f"{len(test)}", "shots": f"{SHOTS}"}
    model = SentenceTransformer(str(folder("embed")), device="cpu")
    tfidf = TfidfVectorizer(sublinear_tf=True).fit(split("train").text)
    for prefix, encode in (("", model.encode), ("tfidf_", lambda texts: tfidf.transform(texts).toarray())):
        headlines, bodies = encode(_part(test, 0)), encode(_part(test, 1))
        few = _nearest_mean(encode(_part(examples, 1)), examples.label, bodies)
        figures[f"{prefix}recall_at_1"] = f"{_recall_at_1(headlines, bodies):.3f}"
        figures[f"{prefix}few_shot"] = f"{np.mean(few == test.label.to_numpy()):.3f}"
    return figures


def _part(articles: pd.DataFrame, part: int) -> list[str]:
    """The headlines (0) or the bodies (1)."""
    return [text.split("\n", 1)[part].strip() for text in articles.text]


def _recall_at_1(queries: np.ndarray, documents: np.ndarray) -> float:
    """The share of queries whose nearest document is that of the same row; rows are of unit length."""
    return float(np.mean((queries @ documents.T).argmax(axis=1) == np.arange(len(queries))))


def _nearest_mean(examples: np.ndarray, labels: pd.Series, vectors: np.ndarray) -> np.ndarray:
    """For each vector the label whose examples' mean is most like it."""
    means = np.stack([examples[labels == label].mean(axis=0) for label in range(labels.nunique())])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    return (vectors @ means.T).argmax(axis=1)
