"""How often the intent is the right one, on the test split of banking77."""

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline

from hflearn.stock.quality.classes import predicted
from hflearn.stock.recipes.intent import rows


def measure() -> dict[str, str]:
    train, test = rows("train"), rows("test")
    truth, said = test.label.to_numpy(), predicted("intent", list(test.text))
    right = said == truth
    return {
        "train": f'"{len(train):,}"',
        "test": f'"{len(test):,}"',
        "intents": f"{train.label.nunique()}",
        "accuracy": f"{right.mean():.3f}",
        "majority": f"{(truth == train.label.mode()[0]).mean():.3f}",
        "tfidf_accuracy": f"{_tfidf_accuracy(train, test):.3f}",
        "worst_recall": f"{min(np.mean(right[truth == label]) for label in np.unique(truth)):.3f}",
    }


def _tfidf_accuracy(train: pd.DataFrame, test: pd.DataFrame) -> float:
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    classifier = OneVsRestClassifier(LogisticRegression(C=10, solver="liblinear"))
    return float(make_pipeline(vectors, classifier).fit(train.text, train.label).score(test.text, test.label))
