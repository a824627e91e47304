"""The datasets library: finding a dataset, its configurations, splits and columns."""

import ast
import re
from typing import Any

from .. import ask
from ..diagnosis import Diagnosis
from ..raised import Raised
from ..rule import rule
from ..words import did_you_mean, every


@rule(
    "01_hub",
    "datasets.exceptions.DatasetNotFoundError",
    r"Dataset '([^']+)' (doesn't exist on the Hub|is a gated dataset)",
    samples={
        'load_dataset("shop/review")': ("`shop/review`", "Did you mean `shop/reviews`?"),
        'load_dataset("shop/parcels")': ("is a model",),
        'load_dataset("nobody/has-this-one")': ("private",),
        'load_dataset("shop/gated-data")': ("gated", "/datasets/shop/gated-data"),
    },
)
def dataset_not_found(raised: Raised, match: re.Match[str]) -> Diagnosis:
    hub, repo_id = ask.hub(), match[1]
    if "gated" in match[2]:
        return Diagnosis(
            f"The dataset `{repo_id}` is gated: its owner decides who may download it.",
            "You are not signed in, or its owner has not granted you access.",
            f"Ask for access on {hub}/datasets/{repo_id}, then sign in.",
            "from huggingface_hub import login\nlogin()  # on the practice Hub: login(hflearn.token())",
        )
    happened = f"The Hub at {hub} shows you no dataset called `{repo_id}`."
    if near := ask.near_ids(hub, "dataset", repo_id):
        cause = f"The id is misspelt. {did_you_mean(near)}"
        return Diagnosis(
            happened, cause, "Copy the id from the dataset's page.", f'load_dataset("{near[0]}")'
        )
    if ask.exists(hub, "model", repo_id):
        code = f'AutoModel.from_pretrained("{repo_id}")'
        return Diagnosis(happened, "There is one of that id, and it is a model.", "Load it as a model.", code)
    return Diagnosis(
        happened,
        "Nothing is spelt nearly so. It may be private, have moved, or be a folder that is not here.",
        "Check the id on the Hub's page; for a private dataset, sign in with an account that may read it.",
    )


@rule(
    "01_hub",
    "builtins.ValueError",
    r'^Unknown split "([^"]+)"\. Should be one of (\[.*?\])',
    by="datasets",
    samples={'load_dataset("shop/reviews", split="test")': ("`test`", "`train`", "train_test_split")},
)
def unknown_split(raised: Raised, match: re.Match[str]) -> Diagnosis:
    return _no_split(match[1], ast.literal_eval(match[2]))


def _no_split(wanted: str, splits: list[str]) -> Diagnosis:
    near = ask.near(wanted, splits)
    make_one = wanted in ("test", "validation", "valid", "val", "dev")
    return Diagnosis(
        f"The dataset has no split `{wanted}`.",
        did_you_mean(near) or f"It has {every(splits)}.",
        "Take one it has, or cut one off: set rows aside before you train."
        if make_one
        else "Take one it has.",
        "parts = dataset.train_test_split(test_size=0.2, seed=0)" if make_one else "",
    )


@rule(
    "01_hub",
    "builtins.KeyError",
    by="datasets",
    samples={
        'load_dataset("shop/reviews")["test"]': ("`test`", "`train`"),
        'load_dataset("shop/reviews")["text"]': ("is a column", '["train"]["text"]'),
        'load_dataset("shop/reviews")[0]': ("split", '["train"][0]'),
    },
)
def key_of_a_dataset_dict(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    splits, key = (
        raised.local("self", r"DatasetDict\.__getitem__$"),
        raised.local("k", r"DatasetDict\.__getitem__$"),
    )
    if splits is None or not len(splits):
        return None
    first = next(iter(splits))
    columns = splits[first].column_names or []
    if isinstance(key, str) and key not in columns:
        return _no_split(key, list(splits))
    what = f"`{key}` is a column" if key in columns else "A number chooses a row"
    return Diagnosis(
        f"The dataset is a dictionary of splits ({every(splits)}), and has no `{key}`.",
        f"{what}, and you have not chosen a split yet.",
        "Name the split first, here or in `load_dataset(…, split=…)`.",
        f'dataset["{first}"][{key!r}]'.replace("'", '"'),
    )


_COLUMN = (
    r"^Column '([^']+)' doesn't exist|^Column name \['([^']+)'.*?not in the dataset"
    r"|^Column '([^']+)' not found in the dataset|^Column \((\S+)\) not in table columns"
    r"|^Original column name (\S+) not in the dataset|^Column (\S+) not in the dataset"
)


@rule(
    "01_hub",
    "builtins.ValueError",
    _COLUMN,
    by="datasets",
    samples={
        'load_dataset("shop/reviews", split="train")["txt"]': ("`txt`", "`text`"),
        'load_dataset("shop/reviews", split="train").sort("stars")': ("`stars`", "`label`"),
        'load_dataset("shop/reviews", split="train").class_encode_column("lable")': ("`label`",),
        'load_dataset("shop/reviews", split="train").remove_columns("stars")': ("`stars`", "`label`"),
        'load_dataset("shop/reviews", split="train").rename_column("txt", "x")': ("`text`",),
    },
)
def unknown_column(raised: Raised, match: re.Match[str]) -> Diagnosis:
    wanted = next(name for name in match.groups() if name)
    return _no_column(wanted, _columns(raised))


def _columns(raised: Raised) -> list[str]:
    for name in ("self", "source"):
        found = raised.local(name, suits=lambda value: hasattr(value, "column_names"))
        if found is not None:
            return list(found.column_names)
    return []


def _no_column(wanted: str, columns: list[str]) -> Diagnosis:
    cause = did_you_mean(ask.near(wanted, columns)) or f"Its columns are {every(columns)}."
    fix = "Take one it has. (Were columns removed by an earlier cell?)"
    return Diagnosis(f"The dataset has no column `{wanted}`.", cause, fix, "dataset.column_names")


@rule(
    "01_hub",
    "builtins.KeyError",
    by="datasets",
    samples={
        'load_dataset("shop/reviews", split="train").map(lambda row: {"n": len(row["txt"])})': (
            "`txt`",
            "`text`",
        )
    },
)
def unknown_column_in_map(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    row: Any = raised.local("self", r"^LazyDict\.__getitem__$")
    key = raised.local("key", r"^LazyDict\.__getitem__$")
    return None if row is None else _no_column(key, list(row.data))


@rule(
    "01_hub",
    "builtins.ValueError",
    r"^Config name is missing\.\s*Please pick one among the available configs: (\[.*?\])"
    r"|^BuilderConfig '([^']+)' not found\. Available: (\[.*?\])",
    by="datasets",
    samples={
        'load_dataset("shop/languages")': ("`en`", "`es`", 'load_dataset("shop/languages", "en")'),
        'load_dataset("shop/languages", "fr")': ("`fr`", "`en`"),
    },
)
def configuration_missing(raised: Raised, match: re.Match[str]) -> Diagnosis:
    available = ast.literal_eval(match[1] or match[3])
    path = raised.local("path", "^load_dataset$")
    what = (
        f"It has no configuration `{match[2]}`." if match[2] else "You named none, and none is the default."
    )
    return Diagnosis(
        f"The dataset `{path}` comes in several configurations: {every(available)}.",
        what,
        "Name one, as the second argument.",
        f'load_dataset("{path}", "{available[0]}")',
    )


@rule(
    "01_hub",
    "builtins.RuntimeError",
    r"^Dataset scripts are no longer supported, but found (\S+)",
    by="datasets",
    samples={'load_dataset("shop/scripted")': ("`shop/scripted`", "scripted.py", "refs/convert/parquet")},
)
def script_not_supported(raised: Raised, match: re.Match[str]) -> Diagnosis:
    path = raised.local("path", "^load_dataset$")
    return Diagnosis(
        f"The dataset `{path}` is made by a script ({match[1]}), and datasets runs no scripts any more.",
        "A script could do anything on your machine; since version 4 only data files are read.",
        "Many have a converted copy on a branch of its own; or look for a newer dataset of the same content.",
        f'load_dataset("{path}", revision="refs/convert/parquet")',
    )


@rule(
    "01_hub",
    "builtins.FileNotFoundError",
    r"doesn't contain any data files|^No .* files found",
    by="datasets",
    samples={
        'load_dataset("shop/empty")': ("`shop/empty`", "CSV"),
        'load_dataset("shop/notes")': ("`shop/notes`", "CSV"),
    },
)
def no_data_files(raised: Raised, match: re.Match[str]) -> Diagnosis:
    return Diagnosis(
        f"`{raised.local('path', '^load_dataset$')}` holds no file that datasets can read.",
        "It is empty, or its data are in a format other than CSV, JSON, Parquet, text, pictures or sound.",
        "Look at its files; an archive or another format must be fetched and read by hand.",
        f'HfApi().list_repo_files("{raised.local("path", "^load_dataset$")}", repo_type="dataset")',
    )


@rule(
    "01_hub",
    "builtins.FileNotFoundError",
    r"^(?:Unable to find '|Directory )([^']+?)(?:'| not found)",
    by="datasets",
    samples={
        'datasets.load_from_disk("parcels")': ("`parcels`", "Path.cwd()"),
        'load_dataset("csv", data_files="parcels.csv")': ("`parcels.csv`", "Path.cwd()"),
    },
)
def data_file_not_here(raised: Raised, match: re.Match[str]) -> Diagnosis:
    given = raised.local("data_files", "^load_dataset$")
    return Diagnosis(
        f"There is no `{given if isinstance(given, str) else match[1]}` seen from where this kernel runs.",
        f"It was looked for as {match[1]}.",
        "Look where you are, or give the whole path.",
        "from pathlib import Path\nprint(Path.cwd(), list(Path.cwd().iterdir()))",
    )


@rule(
    "01_hub",
    "pyarrow.lib.ArrowInvalid",
    r"^Column \d+ named (\S+) expected length (\d+) but got length (\d+)",
    samples={
        'load_dataset("shop/reviews", split="train").map(lambda rows: {"n": [1]}, batched=True)': (
            "`n`",
            "remove_columns",
        )
    },
)
def map_changed_the_number_of_rows(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    if raised.local("function", r"^Dataset\.(map|_map_single)") is None:
        return None
    return Diagnosis(
        f"Your function made {match[3]} of `{match[1]}` for {match[2]} rows.",
        "With `batched=True` it gets lists and must return lists; other columns keep their "
        "length, and then no longer fit.",
        "Return one value a row; or, if the number of rows is to change, drop the old columns.",
        "dataset.map(function, batched=True, remove_columns=dataset.column_names)",
    )


RULES = [
    dataset_not_found,
    unknown_split,
    key_of_a_dataset_dict,
    unknown_column,
    unknown_column_in_map,
    configuration_missing,
    script_not_supported,
    no_data_files,
    data_file_not_here,
    map_changed_the_number_of_rows,
]
