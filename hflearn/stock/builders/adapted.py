"""`embed` with an adapter that comes with the course, in ``weights/ROLE``: merged, a model like any other."""

from collections.abc import Sequence
from pathlib import Path

import torch
from peft import PeftConfig, PeftModel
from transformers import (
    AutoModelForSequenceClassification,
    AutoModelForTokenClassification,
    AutoTokenizer,
    PreTrainedModel,
)

from hflearn.stock.build import WEIGHTS
from hflearn.stock.recipes.half import save_in_half

CLASSES = {"SEQ_CLS": AutoModelForSequenceClassification, "TOKEN_CLS": AutoModelForTokenClassification}
LONGEST = 256  # tokens: what `embed` was made for


def build(sources: Sequence[Path], folder: Path) -> None:
    base, adapter = sources[0], WEIGHTS / folder.parent.name  # the stock keeps an item's files in ROLE/KEY
    save_in_half(merged(base, adapter), folder)
    AutoTokenizer.from_pretrained(base, model_max_length=LONGEST).save_pretrained(folder)


def merged(base: Path, adapter: Path) -> PreTrainedModel:
    """The model of the folder ``base`` with the adapter of the folder ``adapter`` added to its weights."""
    config = PeftConfig.from_pretrained(adapter)
    names = labels(adapter)
    model = CLASSES[config.task_type].from_pretrained(
        base, id2label=names, label2id={name: number for number, name in names.items()}, dtype=torch.float32
    )
    return PeftModel.from_pretrained(model, adapter).merge_and_unload()


def labels(adapter: Path) -> dict[int, str]:
    """What the adapter's head chooses among."""
    return dict(enumerate((adapter / "labels.txt").read_text(encoding="utf-8").splitlines()))
