"""LoRA adapters on `embed`: what the recipes share that fine-tune it. The adapter is kept, not the model."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pad_sequence
from transformers import AutoTokenizer, PreTrainedModel, PreTrainedTokenizerBase

from hflearn import machine
from hflearn.stock.catalog import roles
from hflearn.stock.quality import folder
from hflearn.stock.recipes.batches import batches

IGNORED = -100  # the label of a token that is not judged: cross_entropy's own default


@dataclass(frozen=True)
class Settings:
    task: str  # peft's name for it: SEQ_CLS, TOKEN_CLS
    epochs: int
    peak_rate: float
    longest: int  # tokens
    batch: int = 32


def tokenizer() -> PreTrainedTokenizerBase:
    return AutoTokenizer.from_pretrained(folder("embed"))


def fit(
    model: PreTrainedModel, encoded: list[list[int]], targets: Sequence[torch.Tensor], settings: Settings
) -> PeftModel:
    """`model` with an adapter and a head, trained on these rows.

    A row's target is a vector: the probability of each class, or the class of each of its tokens.
    """
    adapted = get_peft_model(model, _lora(settings.task)).train()
    steps = settings.epochs * -(-len(encoded) // settings.batch)
    trained = [weights for weights in adapted.parameters() if weights.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=settings.peak_rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, settings.peak_rate, steps, pct_start=0.1)
    for _ in range(settings.epochs):
        for rows in batches([len(ids) for ids in encoded], settings.batch):
            target = pad_sequence([targets[row] for row in rows], batch_first=True, padding_value=IGNORED)
            _loss(adapted, [encoded[row] for row in rows], target).backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
    return adapted


def save(adapted: PeftModel, folder: Path) -> None:
    """The adapter and the head, as float16 (half the bytes, and nothing else changed), and the labels."""
    adapted.peft_config["default"].base_model_name_or_path = roles()["embed"].id  # not a folder here
    adapted.half().save_pretrained(folder)
    names = adapted.config.id2label
    (folder / "labels.txt").write_text("".join(f"{names[number]}\n" for number in range(len(names))))
    (folder / "README.md").unlink()  # peft's own card; ours is in cards/


def _lora(task: str) -> LoraConfig:
    linear = ["query", "key", "value", "dense"]  # every matrix of BERT but the head, which is trained whole
    return LoraConfig(task_type=task, r=16, lora_alpha=16, lora_dropout=0.05, target_modules=linear)


def _loss(model: PeftModel, encoded: list[list[int]], target: torch.Tensor) -> torch.Tensor:
    ids = [torch.tensor(row) for row in encoded]
    mask = pad_sequence([torch.ones_like(row) for row in ids], batch_first=True)
    # Where a CPU multiplies bfloat16 by itself it does so 2.6 times faster; elsewhere it would be slower.
    with torch.autocast("cpu", torch.bfloat16, enabled=machine.cpu().bfloat16):
        logits = model(input_ids=pad_sequence(ids, batch_first=True), attention_mask=mask).logits
    return cross_entropy(logits.float().movedim(-1, 1), target)
