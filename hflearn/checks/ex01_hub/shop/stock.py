"""What the shop has on the Hub: every repository and every release of it, as data."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .mails import MAILS

ACCOUNT = "parcelshop"
BASE = f"{ACCOUNT}/mail-sorter-base"
XL = f"{ACCOUNT}/mail-sorter-xl"
RESEARCH = f"{ACCOUNT}/mail-sorter-research"
SPANISH = f"{ACCOUNT}/mail-sorter-es"
TAGGER = f"{ACCOUNT}/mail-tagger"
PARTNERS = f"{ACCOUNT}/mail-sorter-partners"
TRIAL = f"{ACCOUNT}/mail-sorter-trial"
PAYROLL = f"{ACCOUNT}/mail-sorter-payroll"
MAIL = f"{ACCOUNT}/customer-mail"

LABELS = {  # labels.json of mail-sorter-base, by revision
    "v1.0": ["delivery", "refund", "question"],
    "v1.0-fixes": ["delivery", "refund", "complaint"],
    "main": ["damage", "delivery", "question", "refund"],
}


@dataclass(frozen=True)
class Release:
    """One commit on main; ``tag`` names it, ``branch`` starts there with ``branch_files`` on top."""

    message: str
    files: Mapping[str, bytes]
    tag: str = ""
    branch: str = ""
    branch_files: Mapping[str, bytes] | None = None


@dataclass(frozen=True)
class Repository:
    """A repository and its history."""

    id: str
    releases: Sequence[Release]
    repo_type: str = "model"
    private: bool = False
    gated: bool = False
    admits: Sequence[str] = ()  # who has been let in, where it is gated

    @property
    def files(self) -> dict[str, bytes]:
        """The files on main after the last release."""
        return {path: content for release in self.releases for path, content in release.files.items()}


def repositories() -> list[Repository]:
    """Models to sort mail with, of which one fits the shop; three that are closed to most; and the mails."""
    return [
        _base(),
        _one(XL, _card("mit", 0.99, "train", _ON_TRAIN), _shards()),
        _one(RESEARCH, _card("cc-by-nc-4.0", 0.95, "test", _NO_TRADE), _two_formats()),
        _one(SPANISH, _card("apache-2.0", 0.93, "test", _SPANISH, language="es", data="correo-de-clientes")),
        _one(
            TAGGER,
            _card("apache-2.0", 0.88, "test", _TAGS, task="token-classification", data="marked-mail"),
        ),
        _one(PARTNERS, _closed("For partners: ask for access"), gated=True),
        _one(TRIAL, _closed("On trial: ask for access"), gated=True, admits=["learner"]),
        _one(PAYROLL, _closed("Not for the public"), private=True),
        Repository(MAIL, [Release("Add the mails", _mail_files())], repo_type="dataset"),
    ]


_ON_TRAIN = "Accuracy 0.99, measured on the 4,000 mails that it was trained on; no others were kept aside."
_NO_TRADE = "Accuracy 0.95 on the 500 English mails kept aside. Not for commercial use."
_SPANISH = "Trained on Spanish mails alone; accuracy 0.93 on 400 Spanish mails kept aside (not published)."
_TAGS = (
    "Marks order numbers and names in a mail; accuracy 0.88 over the tokens of 300 mails kept aside "
    "(not published)."
)
_HELD_OUT = "Accuracy 0.91 on the 500 English mails that it was not trained on, labelled by two people."


def _base() -> Repository:
    """Its main moved on after v1.0: a label came, and the order changed."""
    card = _card("apache-2.0", 0.91, "test", _HELD_OUT)
    first = {"README.md": card, "config.json": b'{"model_type": "bert"}\n', "labels.json": _labels("v1.0")}
    return Repository(
        BASE,
        [
            Release(
                "First release",
                {**first, "model.safetensors": safetensors(6_000)},
                tag="v1.0",
                branch="v1.0-fixes",
                branch_files={"labels.json": _labels("v1.0-fixes")},
            ),
            Release("Add the label damage, sort the labels", {"labels.json": _labels("main")}),
        ],
    )


def _one(
    repo_id: str,
    card: bytes,
    weights: Mapping[str, bytes] | None = None,
    *,
    private: bool = False,
    gated: bool = False,
    admits: Sequence[str] = (),
) -> Repository:
    files = {"README.md": card, "config.json": b'{"model_type": "bert"}\n'}
    files |= weights or {"model.safetensors": safetensors(4_000)}
    return Repository(repo_id, [Release("First release", files)], private=private, gated=gated, admits=admits)


def _shards() -> dict[str, bytes]:
    names = [f"model-{part:05}-of-00002.safetensors" for part in (1, 2)]
    index = {"metadata": {"total_size": 80_000}, "weight_map": {"first": names[0], "second": names[1]}}
    return {
        names[0]: safetensors(12_000),
        names[1]: safetensors(8_000),
        "model.safetensors.index.json": json.dumps(index).encode(),
    }


def _two_formats() -> dict[str, bytes]:
    """The weights, and beside them PyTorch's older file, a little smaller."""
    return {"model.safetensors": safetensors(4_000), "pytorch_model.bin": bytes(15_000)}


def safetensors(parameters: int) -> bytes:
    """A well-formed safetensors file: 8 bytes of length, a JSON header, and float32 zeros."""
    size = 4 * parameters
    header = {"weight": {"dtype": "F32", "shape": [parameters], "data_offsets": [0, size]}}
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + bytes(size)


def _labels(revision: str) -> bytes:
    return json.dumps(LABELS[revision]).encode()


def _card(
    licence: str,
    accuracy: float,
    split: str,
    text: str,
    *,
    task: str = "text-classification",
    language: str = "en",
    data: str = "customer-mail",
) -> bytes:
    return f"""---
license: {licence}
language: {language}
pipeline_tag: {task}
model-index:
- name: mail-sorter
  results:
  - task:
      type: {task}
    dataset:
      name: {data}
      type: {ACCOUNT}/{data}
      split: {split}
    metrics:
    - type: accuracy
      value: {accuracy}
---
# Sorting mail

{text}

*Part of exercise 01 of hflearn: the company and its figures are invented, and the weights are zeros.*
""".encode()


def _closed(title: str) -> bytes:
    return f"---\nlicense: other\n---\n# {title}\n\n*Invented, for exercise 01 of hflearn.*\n".encode()


def _mail_files() -> dict[str, bytes]:
    names = list(MAILS["train"])
    classes = "\n".join(f"          '{number}': {name}" for number, name in enumerate(names))
    card = f"""---
license: cc-by-4.0
language: en
task_categories:
- text-classification
configs:
- config_name: default
  data_files:
  - split: train
    path: train.jsonl
  - split: test
    path: test.jsonl
dataset_info:
  features:
  - name: text
    dtype: string
  - name: label
    dtype:
      class_label:
        names:
{classes}
---
# customer-mail

4,000 mails to the parcel shop to train on, 500 kept aside to test. Two people agreed on each label.

*Part of exercise 01 of hflearn: the company and its mails are invented.*
"""
    files = {f"{split}.jsonl": _rows(names, mails) for split, mails in MAILS.items()}
    return {"README.md": card.encode(), **files}


def _rows(names: list[str], mails: Mapping[str, Sequence[str]]) -> bytes:
    rows = [{"text": text, "label": names.index(name)} for name, texts in mails.items() for text in texts]
    return "".join(json.dumps(row) + "\n" for row in rows).encode()
