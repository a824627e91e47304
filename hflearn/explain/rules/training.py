"""Trainer, its arguments, and the loss."""

import inspect
import re
import sys

from .. import ask
from ..diagnosis import Diagnosis
from ..raised import Raised
from ..rule import rule
from ..words import did_you_mean, every

_ARGUMENTS = {
    "evaluation_strategy": ("eval_strategy", ""),
    "no_cuda": ("use_cpu", ""),
    "use_mps_device": ("", "the Mac's GPU is found by itself"),
    "per_gpu_train_batch_size": ("per_device_train_batch_size", ""),
    "per_gpu_eval_batch_size": ("per_device_eval_batch_size", ""),
    "group_by_length": ('train_sampling_strategy="group_by_length"', ""),
    "overwrite_output_dir": ("", "an existing folder is always written to"),
    "logging_dir": ("", "the environment variable TENSORBOARD_LOGGING_DIR names the folder"),
    "tokenizer": ("processing_class", ""),
    "warmup_ratio": ("warmup_steps", "a number below 1 is a share"),
}


@rule(
    "07_fine_tuning",
    "builtins.TypeError",
    r"^((?:\w*)(?:TrainingArguments|Trainer))\.__init__\(\) got an unexpected keyword argument '(\w+)'",
    samples={
        'TrainingArguments(output_dir=EMPTY, evaluation_strategy="epoch")': (
            "`evaluation_strategy`",
            "eval_strategy",
        ),
        "TrainingArguments(output_dir=EMPTY, no_cuda=True)": ("use_cpu",),
        "TrainingArguments(output_dir=EMPTY, group_by_length=True)": ("train_sampling_strategy",),
        "TrainingArguments(output_dir=EMPTY, overwrite_output_dir=True)": ("dropped",),
        "TrainingArguments(output_dir=EMPTY, learning_rat=1e-3)": ("`learning_rate`",),
        "Trainer(model=None, tokenizer=None)": ("`tokenizer`", "processing_class"),
    },
)
def renamed_argument(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    transformers = sys.modules.get("transformers")
    kind = getattr(transformers, match[1]) if transformers else None
    if (
        kind is None or raised.frames[-1].f_globals.get(match[1], kind) is not kind
    ):  # a class of the learner's
        return None
    name = match[2]
    happened = f"`{match[1]}` in transformers {_version()} has no argument `{name}`."
    if name not in _ARGUMENTS:
        near = ask.near(name, inspect.signature(kind).parameters)
        return Diagnosis(
            happened, did_you_mean(near) or "It is misspelt, or was dropped.", f"See `help({match[1]})`."
        )
    new, note = _ARGUMENTS[name]
    if not new:
        return Diagnosis(happened, "The argument was dropped.", f"Leave it out: {note}.")
    return Diagnosis(
        happened,
        f"It was renamed: the code is older than the library{f' ({note})' if note else ''}.",
        "Use the new name.",
        new if "=" in new else f"{new}=…",
    )


def _version() -> str:
    return str(sys.modules["transformers"].__version__)


@rule(
    "07_fine_tuning",
    "builtins.IndexError",
    r"^Target (-?\d+) is out of bounds",
    by="torch",
    samples={
        "AutoModelForSequenceClassification.from_pretrained(CLASSIFIER)(torch.tensor([[1]]), "
        "labels=torch.tensor([5]))": (
            "label is 5",
            "2 classes",
            "num_labels=6",
        )
    },
)
def label_out_of_range(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    if not raised.passed("transformers"):
        return None
    classes = raised.local("input", "^cross_entropy$").shape[1]
    label = int(match[1])
    cause = f"The model has {classes} classes, so labels run from 0 to {classes - 1}."
    if label == classes:
        cause += " Do yours start at 1?"
    return Diagnosis(
        f"A label is {label}, and the model knows no such class.",
        cause,
        "Number the labels from 0 and tell the model how many there are.",
        f"AutoModelForSequenceClassification.from_pretrained(model_id, num_labels={max(label + 1, classes)})",
    )


@rule(
    "07_fine_tuning",
    "builtins.RuntimeError",
    r"^expected target dtype to be Long or Byte, but got (\w+)",
    by="torch",
    samples={
        "model = AutoModelForSequenceClassification.from_pretrained(CLASSIFIER)\n"
        "for labels in (torch.tensor([1]), torch.tensor([1.0])): model(torch.tensor([[1]]), labels=labels)": (
            "`Float`",
            "class_encode_column",
        )
    },
)
def labels_are_no_classes(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    if raised.local("input", "^cross_entropy$") is None:
        return None
    return Diagnosis(
        f"The loss for classes wants whole numbers as labels, and got `{match[1]}`.",
        "The label column holds decimals (or was read as such from a file).",
        "Turn it into classes; to predict a number, load the model with `num_labels=1`.",
        'dataset = dataset.class_encode_column("label")',
    )


@rule(
    "07_fine_tuning",
    "builtins.ValueError",
    r"^Target size \(torch\.Size\((\[.*?\])\)\) must be the same as input size \(torch\.Size\((\[.*?\])\)\)",
    by="torch",
    samples={
        "AutoModelForSequenceClassification.from_pretrained(CLASSIFIER)(torch.tensor([[1]]), "
        "labels=torch.tensor([1.0]))": (
            "decimals",
            "several labels at once",
            "class_encode_column",
        )
    },
)
def labels_taken_for_several(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    if not raised.passed("transformers"):
        return None
    return Diagnosis(
        f"The labels have the shape {match[1]} and the model's answer {match[2]}, and the loss "
        "wants them alike.",
        "The labels are decimals, so the model took the task for one with several labels at once.",
        "One label a text: make them whole numbers. Several: one row of 0.0 and 1.0 a text. A "
        "number: `num_labels=1`.",
        'dataset = dataset.class_encode_column("label")',
    )


@rule(
    "07_fine_tuning",
    "builtins.ValueError",
    r"^The model did not return a loss from the inputs, only the following keys: (.*?)\. For "
    r"reference, the inputs it received are (\S+?)\.",
    by="transformers",
    samples={
        "Trainer(model=AutoModelForSequenceClassification.from_pretrained(CLASSIFIER), args=ARGS, "
        'train_dataset=datasets.Dataset.from_dict({"input_ids": [[1]], "target": [1]})).train()': (
            "`input_ids`",
            "labels",
        )
    },
)
def no_labels(raised: Raised, match: re.Match[str]) -> Diagnosis:
    got = every(match[2].split(","))
    return Diagnosis(
        f"The model was given {got} and no labels, so there is no loss to learn from.",
        "The column with the answers has another name: Trainer drops what the model's "
        "`forward` does not ask for.",
        "Call it `label` or `labels`.",
        'dataset = dataset.rename_column("…", "labels")',
    )


@rule(
    "07_fine_tuning",
    "builtins.ValueError",
    r"^You must specify exactly one of input_ids or inputs_embeds|^No columns in the dataset "
    r"match the model's forward",
    by="transformers",
    samples={
        "Trainer(model=AutoModelForSequenceClassification.from_pretrained(CLASSIFIER), args=ARGS, "
        'train_dataset=datasets.Dataset.from_dict({"text": ["late"], "label": [1]})).train()': (
            "tokenized",
            ".map(",
        )
    },
)
def not_tokenized(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    if raised.local("self", r"^Trainer\.") is None:
        return None
    return Diagnosis(
        "Trainer had no `input_ids` to give to the model.",
        "The dataset was not tokenized: it drops the text column, since a model cannot read text.",
        "Tokenize it first.",
        'dataset = dataset.map(lambda rows: tokenizer(rows["text"], truncation=True), batched=True)',
    )


@rule(
    "07_fine_tuning",
    "builtins.ValueError",
    r"^expected sequence of length (\d+) at dim 1 \(got (\d+)\)",
    by="transformers",
    samples={
        "Trainer(model=AutoModelForSequenceClassification.from_pretrained(CLASSIFIER), args=ARGS, "
        'train_dataset=datasets.Dataset.from_dict({"input_ids": [[1], [1, 2]], "label": [1, 0]})).train()': (
            "DataCollatorWithPadding",
        )
    },
)
def batch_not_padded(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    if raised.local("features", "collator") is None:
        return None
    return Diagnosis(
        f"Texts of {match[1]} and of {match[2]} tokens came into one batch, and nobody padded them.",
        "Without a tokenizer, Trainer puts rows together as they are.",
        "Let a collator pad each batch to its longest text (`processing_class=tokenizer` does the same).",
        "Trainer(…, data_collator=DataCollatorWithPadding(tokenizer))",
    )


@rule(
    "07_fine_tuning",
    "builtins.ValueError",
    r"load_best_model_at_end requires the save and eval strategy to match.*Strategy\.(\w+).*Strategy\.(\w+)",
    by="transformers",
    samples={
        "TrainingArguments(output_dir=EMPTY, load_best_model_at_end=True, "
        'eval_strategy="epoch", save_strategy="steps")': (
            "`epoch`",
            "`steps`",
        )
    },
)
def strategies_differ(raised: Raised, match: re.Match[str]) -> Diagnosis:
    evaluated, saved = match[1].lower(), match[2].lower()
    return Diagnosis(
        f"It evaluates by `{evaluated}` and saves by `{saved}`: the best model may then never be saved.",
        "`load_best_model_at_end` needs a checkpoint for every evaluation.",
        "Give both the same.",
        f'TrainingArguments(…, eval_strategy="{evaluated}", save_strategy="{evaluated}", '
        "load_best_model_at_end=True)",
    )


@rule(
    "07_fine_tuning",
    "builtins.ValueError",
    r"^Trainer: (training|evaluation) requires an? (train_dataset|eval_dataset)",
    by="transformers",
    samples={
        "Trainer(model=AutoModelForSequenceClassification.from_pretrained(CLASSIFIER), args=ARGS).train()": (
            "train_dataset",
        )
    },
)
def no_dataset(raised: Raised, match: re.Match[str]) -> Diagnosis:
    return Diagnosis(
        f"Trainer was made without a `{match[2]}`.",
        f"There is nothing to use for {match[1]}.",
        "Give it when you make the Trainer.",
        f"Trainer(…, {match[2]}=dataset)",
    )


RULES = [
    renamed_argument,
    label_out_of_range,
    labels_are_no_classes,
    labels_taken_for_several,
    no_labels,
    not_tokenized,
    batch_not_padded,
    strategies_differ,
    no_dataset,
]
