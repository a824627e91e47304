"""Tiny BERT classifiers of reviews, from scratch, with their own vocabularies: what three recipes share."""

from dataclasses import dataclass

import pandas as pd
import torch
from tokenizers.implementations import BertWordPieceTokenizer
from transformers import BertConfig, BertForSequenceClassification, BertTokenizer, PreTrainedModel

from hflearn.stock.quality import ratings
from hflearn.stock.recipes.batches import batches

LONGEST = 128  # tokens
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
LABELS = {0: "negative", 1: "positive"}


@dataclass(frozen=True)
class Settings:
    vocabulary: int
    width: int
    layers: int
    dropout: float
    epochs: int
    peak_rate: float = 2e-3
    batch: int = 64


def rows(split: str) -> pd.DataFrame:
    """Sentences of film and product reviews that people were clear about: columns text, label (0 or 1)."""
    rated = ratings.split(split)
    chosen = rated[rated.source.isin(["movie", "amazon"]) & (rated.rating.abs() >= ratings.CLEAR)]
    return pd.DataFrame({"text": list(chosen.text), "label": [int(rating > 0) for rating in chosen.rating]})


def fit(texts: list[str], labels: list[int], settings: Settings) -> tuple[PreTrainedModel, BertTokenizer]:
    """A model and its tokenizer, trained on these rows alone."""
    tokenizer = _tokenizer(texts, settings.vocabulary)
    model = BertForSequenceClassification(_config(settings, len(tokenizer))).train()
    encoded, truth = tokenizer(texts, truncation=True)["input_ids"], torch.tensor(labels)
    steps = settings.epochs * -(-len(texts) // settings.batch)
    optimizer = torch.optim.AdamW(model.parameters(), lr=settings.peak_rate, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, settings.peak_rate, steps, pct_start=0.2)
    for _ in range(settings.epochs):
        for batch in batches([len(ids) for ids in encoded], settings.batch):
            padded = tokenizer.pad({"input_ids": [encoded[row] for row in batch]}, return_tensors="pt")
            model(**padded, labels=truth[batch]).loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
    return model, tokenizer


def _tokenizer(texts: list[str], size: int) -> BertTokenizer:
    trained = BertWordPieceTokenizer()
    # Named beforehand, the letters are numbered in this order; the trainer would take them from a hash table.
    letters = sorted(set("".join(trained.normalize(text) for text in texts)) - {" "})
    named = [*SPECIAL, *letters, *(f"##{letter}" for letter in letters)]
    trained.train_from_iterator(
        texts, vocab_size=size, min_frequency=2, special_tokens=named, show_progress=False
    )
    return BertTokenizer(vocab=trained.get_vocab(), model_max_length=LONGEST)


def _config(settings: Settings, vocabulary: int) -> BertConfig:
    return BertConfig(
        vocab_size=vocabulary, hidden_size=settings.width, num_hidden_layers=settings.layers,
        num_attention_heads=settings.width // 32, intermediate_size=2 * settings.width,
        max_position_embeddings=LONGEST, type_vocab_size=1,
        hidden_dropout_prob=settings.dropout, attention_probs_dropout_prob=settings.dropout,
        id2label=LABELS, label2id={name: label for label, name in LABELS.items()},
    )  # fmt: skip
