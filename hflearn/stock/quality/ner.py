"""How many names are found whole and called what they are: strict F1 over spans, on WNUT-17's test split."""

import torch
from transformers import AutoModelForTokenClassification, AutoTokenizer

from hflearn.stock.quality import folder
from hflearn.stock.recipes.ner import KINDS, sentences

Span = tuple[int, int, str]  # first word, the one after the last, kind


def measure() -> dict[str, str]:
    test = sentences("test")
    found = predicted([words for words, _ in test])
    pairs = [(spans(labels), spans(said)) for (_, labels), said in zip(test, found, strict=True)]
    precision, recall, f1 = scores(pairs)
    figures = {
        "train": f'"{len(sentences("train")):,}"',
        "test": f'"{len(test):,}"',
        "entities": f'"{sum(len(truth) for truth, _ in pairs):,}"',
        "precision": f"{precision:.3f}",
        "recall": f"{recall:.3f}",
        "f1": f"{f1:.3f}",
    }
    for kind in KINDS:
        of_kind = [(_of(kind, truth), _of(kind, said)) for truth, said in pairs]
        figures[f"f1_{kind.replace('-', '_')}"] = f"{scores(of_kind)[2]:.3f}"
    return figures


@torch.no_grad()
def predicted(texts: list[list[str]]) -> list[list[str]]:
    """The label of each word: that of its first token."""
    model = AutoModelForTokenClassification.from_pretrained(folder("ner")).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder("ner"))
    found = []
    for words in texts:
        inputs = tokenizer(words, is_split_into_words=True, truncation=True, return_tensors="pt")
        said = [model.config.id2label[label] for label in model(**inputs).logits[0].argmax(-1).tolist()]
        of_word = {word: said[place] for place, word in reversed(list(enumerate(inputs.word_ids(0))))}
        found.append([of_word.get(word, "O") for word in range(len(words))])
    return found


def spans(labels: list[str]) -> set[Span]:
    """The names in a sentence labelled B-, I- and O; an I- that continues nothing begins a name."""
    found, start = set(), None
    for place, label in enumerate([*labels, "O"]):
        if start is not None and label != f"I-{labels[start][2:]}":
            found.add((start, place, labels[start][2:]))
            start = None
        if start is None and label != "O":
            start = place
    return found


def scores(pairs: list[tuple[set[Span], set[Span]]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of (true, found) spans: one is right where both ends and the kind are."""
    right = sum(len(truth & said) for truth, said in pairs)
    true, found = sum(len(truth) for truth, _ in pairs), sum(len(said) for _, said in pairs)
    return right / max(found, 1), right / max(true, 1), 2 * right / max(true + found, 1)


def _of(kind: str, names: set[Span]) -> set[Span]:
    return {name for name in names if name[2] == kind}
