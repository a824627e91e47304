"""How often a review classifier is right; what the three measurements share."""

import pandas as pd
import torch
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from transformers import AutoModelForSequenceClassification, AutoTokenizer

from hflearn.stock.quality import folder


@torch.no_grad()
def accuracy(role: str, rows: pd.DataFrame) -> float:
    tokenizer = AutoTokenizer.from_pretrained(folder(role))
    model = AutoModelForSequenceClassification.from_pretrained(folder(role))
    right = 0
    for start in range(0, len(rows), 128):
        some = rows.iloc[start : start + 128]
        inputs = tokenizer(list(some.text), truncation=True, padding=True, return_tensors="pt")
        right += int((model(**inputs).logits.argmax(-1).numpy() == some.label.to_numpy()).sum())
    return right / len(rows)


def tfidf_accuracy(train: pd.DataFrame, test: pd.DataFrame) -> float:
    vectors = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    classifier = make_pipeline(vectors, LogisticRegression(C=10, max_iter=1000))
    return float(classifier.fit(train.text, train.label).score(test.text, test.label))
