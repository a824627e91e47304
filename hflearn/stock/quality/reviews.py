"""How often a review classifier is right; what the three measurements share."""

import pandas as pd
import torch
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from transformers import (
    AutoModelForSequenceClassification,
    AutoTokenizer,
    PreTrainedModel,
    PreTrainedTokenizerBase,
)

from hflearn.stock.quality import folder


def accuracy(role: str, rows: pd.DataFrame) -> float:
    """The share of the rows (columns text, label) that the stocked model gets right."""
    model = AutoModelForSequenceClassification.from_pretrained(folder(role))
    return right(model, AutoTokenizer.from_pretrained(folder(role)), rows) / len(rows)


@torch.no_grad()
def right(model: PreTrainedModel, tokenizer: PreTrainedTokenizerBase, rows: pd.DataFrame) -> int:
    """How many of the rows the model gets right."""
    model.eval()
    count = 0
    for start in range(0, len(rows), 128):
        some = rows.iloc[start : start + 128]
        inputs = tokenizer(list(some.text), truncation=True, padding=True, return_tensors="pt")
        count += int((model(**inputs).logits.argmax(-1).numpy() == some.label.to_numpy()).sum())
    return count


def tfidf_accuracy(train: pd.DataFrame, test: pd.DataFrame) -> float:
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    classifier = make_pipeline(vectors, LogisticRegression(C=10, solver="liblinear"))
    return float(classifier.fit(train.text, train.label).score(test.text, test.label))
