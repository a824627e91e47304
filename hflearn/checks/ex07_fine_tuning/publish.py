"""q12: what a folder has to hold before it is pushed, so that a stranger's pipeline says "4 stars"."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ..loaded import quiet
from ..patient import Patient, run
from ..question import Misconception, Question, Slip
from ..raised import LearnersError
from . import tiny

NAMES = {0: "1 star", 1: "2 stars", 2: "3 stars", 3: "4 stars", 4: "5 stars"}
_WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "the",
    "ride",
    "was",
    "lovely",
    "and",
    "brakes",
    "squeal",
]


@dataclass(frozen=True)
class _Seen:
    """What a stranger finds who loads the folder."""

    files: frozenset[str] = frozenset()
    id2label: dict[int, str] = field(default_factory=dict)
    label2id: dict[str, int] = field(default_factory=dict)
    words: int = 0  # in the tokenizer's vocabulary
    same_weights: bool = False

    @property
    def named(self) -> bool:
        return self.id2label == NAMES

    @property
    def whole(self) -> bool:
        return self.same_weights and self.words == len(_WORDS)


@cache
def _tokenizer() -> Any:
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import PreTrainedTokenizerFast

    ids = {word: number for number, word in enumerate(_WORDS)}
    words = Tokenizer(WordLevel(ids, unk_token="[UNK]"))
    words.pre_tokenizer = Whitespace()
    return PreTrainedTokenizerFast(
        tokenizer_object=words,
        unk_token="[UNK]",
        pad_token="[PAD]",
        cls_token="[CLS]",
        sep_token="[SEP]",
        mask_token="[MASK]",
    )


def _examine(prepare: Any) -> _Seen:
    model = deepcopy(tiny.bert())
    with tempfile.TemporaryDirectory() as folder, quiet(), _without_bars():
        run(prepare, "a small model", model, deepcopy(_tokenizer()), folder)
        return _look(Path(folder))


@contextmanager
def _without_bars() -> Iterator[None]:
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()


def _look(folder: Path) -> _Seen:
    files = frozenset(file.name for file in folder.iterdir())
    if not {"config.json", "model.safetensors"} <= files:
        return _Seen(files)
    from safetensors.torch import load_file
    from transformers import AutoConfig

    try:
        config = AutoConfig.from_pretrained(folder)
    except Exception as error:  # whatever was written into it
        raise LearnersError("Loading the folder's config.json", error) from None
    weights = load_file(folder / "model.safetensors")
    return _Seen(
        files, dict(config.id2label), dict(config.label2id), _vocabulary(folder, files), _same(weights)
    )


def _vocabulary(folder: Path, files: frozenset[str]) -> int:
    """Without its files, AutoTokenizer makes one of five words and says nothing."""
    from transformers import AutoTokenizer

    return len(AutoTokenizer.from_pretrained(folder)) if "tokenizer.json" in files else 0


def _same(weights: Any) -> bool:
    import torch

    ours = tiny.bert().state_dict()
    return set(weights) == set(ours) and all(torch.equal(weights[name], ours[name]) for name in ours)


def _complain(seen: _Seen) -> str | None:
    if not seen.id2label:
        held = ", ".join(sorted(seen.files)) or "nothing"
        return f"Expected config.json and model.safetensors in the folder; it holds {held}."
    if not seen.named:
        first, last = seen.id2label.get(0), seen.id2label.get(4)
        return f"Loaded from the folder, class 0 is {first!r} and class 4 {last!r}."
    if not seen.same_weights:
        return "The names are right, and the weights in the folder are not the model's."
    if not seen.words:
        return _NO_TOKENIZER
    if seen.words != len(_WORDS):
        return "The names are right, and the tokenizer in the folder is not the model's."
    if seen.label2id != {name: number for number, name in NAMES.items()}:
        return _ONE_WAY
    return None


_NO_TOKENIZER = (
    "Names and weights are right, and the folder has no tokenizer: a stranger's `AutoTokenizer` makes one "
    "of five words there, without an error, and the model reads nothing but `[UNK]`. Save the tokenizer, "
    "too."
)
_ONE_WAY = (
    "Loaded back, it says the right names, and `label2id`, the way back, still has others: whoever trains "
    'it further with "4 stars" as a label gets an error or another class. Set both.'
)

_NAMES = """
names = ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"]
"""
_BOTH = """
model.config.id2label = dict(enumerate(names))
model.config.label2id = {name: number for number, name in enumerate(names)}
"""
_SAVE = """
model.save_pretrained(folder)
tokenizer.save_pretrained(folder)
"""
UNREPAIRED = """
model.id2label = {1: "1 star", 2: "2 stars", 3: "3 stars", 4: "4 stars", 5: "5 stars"}
model.save_pretrained(folder)
"""


def _sample(names: str = _NAMES, config: str = _BOTH, save: str = _SAVE) -> str:
    return names + config.lstrip("\n") + save.lstrip("\n")


question = Question(
    title="LABEL_3, says the model on the Hub",
    expects=lambda: Patient(_examine, _complain),
    reference=_sample(),
    alternatives=[
        """
        for number in range(model.config.num_labels):
            name = f"{number + 1} star" + "s" * (number > 0)
            model.config.id2label[number] = name
        model.config.label2id = {name: number for number, name in model.config.id2label.items()}
        for part in (tokenizer, model):
            part.save_pretrained(folder)
        """,
        """
        from transformers import pipeline

        names = {0: "1 star", 1: "2 stars", 2: "3 stars", 3: "4 stars", 4: "5 stars"}
        model.config.update({"id2label": names, "label2id": {name: n for n, name in names.items()}})
        pipeline("text-classification", model=model, tokenizer=tokenizer).save_pretrained(folder)
        """,
    ],
    hints=[
        "What a pipeline says is in the folder's `config.json`. Save, open that file, and look for the "
        "names.",
        "`model.config.id2label` is a dict from the class's number, as the head counts, to its name, and "
        "`model.config.label2id` the way back. How does the head count?",
        "What else does a stranger need, to make ids of a text?",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            UNREPAIRED,
            when=lambda seen: seen.id2label.get(0) == "LABEL_0",
            says="Loaded back, class 0 is still called LABEL_0: the names did not reach the `config.json` "
            "in the folder. They belong into `model.config`, *before* it is saved; an attribute of the "
            "model is not saved at all.",
            also=[
                _sample(config="model.id2label = dict(enumerate(names))\n"),
                _sample(config="", save=_SAVE + _BOTH.lstrip("\n")),
                _sample(config="model.config.names = names\n"),
                _sample(
                    config="model.config.label2id = {name: number for number, name in enumerate(names)}\n"
                ),
            ],
        ),
        Misconception(
            "classes count from one",
            _sample(config=_BOTH.replace("enumerate(names)", "enumerate(names, start=1)")),
            when=lambda seen: (
                (bool(seen.id2label) and 0 not in seen.id2label)
                or seen.id2label == {0: "LABEL_0", **{n + 1: w for n, w in NAMES.items()}}
            ),
            says="Your classes are 1 to 5, the head's are 0 to 4: for one star a pipeline finds no name, "
            "and every other message gets a star too few. Stars were shifted by one before training; the "
            "names have to be, too.",
        ),
        Misconception(
            "as many stars as the class's number",
            _sample(names='\nnames = ["0 stars", "1 star", "2 stars", "3 stars", "4 stars"]\n'),
            when=lambda seen: (
                seen.id2label.get(0) in ("0 stars", "0 star", "0") or seen.id2label.get(1) == "1 star"
            ),
            says="Class 0 is *one* star: before training, a star was taken off each label, since the head "
            "counts from 0. Yours says a star too few.",
            also=[_sample(names='\nnames = [f"{n} stars" for n in range(5)]\n')],
        ),
        Misconception(
            "the best comes first",
            _sample(names='\nnames = ["5 stars", "4 stars", "3 stars", "2 stars", "1 star"]\n'),
            when=lambda seen: seen.id2label.get(0) == "5 stars",
            says="The other way up: class 0 is one star. Every complaint would be praise.",
        ),
        Misconception(
            "a name is a number",
            _sample(names="\nnames = [1, 2, 3, 4, 5]\n"),
            when=lambda seen: [str(word) for word in seen.id2label.values()] == list("12345"),
            says="Those are bare numbers; on the Hub's page somebody has to read them. The names were to "
            'be "1 star", "2 stars" and so on, as in the first model.',
            also=[_sample(names='\nnames = ["1", "2", "3", "4", "5"]\n')],
        ),
        Misconception(
            "every number is plural",
            _sample(names='\nnames = [f"{n} stars" for n in range(1, 6)]\n'),
            when=lambda seen: seen.id2label == {**NAMES, 0: "1 stars"},
            says='Nearly: class 0 says "1 stars", and whoever looks for "1 star" never finds it. Names '
            "are compared letter by letter.",
        ),
        Misconception(
            "a dict is turned round",
            _sample(config="model.config.id2label = {name: number for number, name in enumerate(names)}\n"),
            when=lambda seen: isinstance(seen, ValueError) and "invalid literal for int()" in str(seen),
            says="`id2label` goes from the number to the name, and yours the other way: its keys could "
            "not be read as numbers.",
        ),
        Misconception(
            "weights are a model",
            """
            names = ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"]
            model.config.id2label = dict(enumerate(names))
            torch.save(model.state_dict(), f"{folder}/model.bin")
            tokenizer.save_pretrained(folder)
            """,
            when=lambda seen: bool(seen.files) and not seen.id2label,
            says="In that folder no `from_pretrained` finds a model: it wants `config.json`, which says "
            "what is built and what the classes are called, and `model.safetensors`. `save_pretrained` "
            "writes both.",
            also=["tokenizer.save_pretrained(folder)"],
        ),
        Misconception(
            "the tokenizer is known",
            _sample(save="model.save_pretrained(folder)\n"),
            when=lambda seen: seen.named and seen.same_weights and not seen.words,
            says=_NO_TOKENIZER,
        ),
        Misconception(
            "a number in quotes is a number",
            _sample(config=_BOTH.replace("{name: number", "{name: str(number)")),
            when=lambda seen: (
                seen.named
                and seen.whole
                and seen.label2id == {name: str(number) for number, name in NAMES.items()}
            ),
            says='`id2label` is right, and `label2id` gives the numbers as text, `"0"` for `0`: whoever '
            "trains it further gets strings for labels, and no tensor is made of those. Leave the quotes "
            "away.",
        ),
        Misconception(
            "one way is enough",
            _sample(config="model.config.id2label = dict(enumerate(names))\n"),
            when=lambda seen: (
                seen.named
                and seen.whole
                and seen.label2id != {name: number for number, name in NAMES.items()}
            ),
            says=_ONE_WAY,
        ),
    ],
    slips=[
        Slip("return model", "it holds nothing"),
        Slip(
            _sample(names='\nnames = ["one", "two", "three", "four", "five"]\n'),
            "class 0 is 'one' and class 4 'five'",
        ),
        Slip(
            _sample(config=_BOTH + "torch.nn.init.zeros_(model.classifier.weight)\n"),
            "the weights in the folder are not the model's",
        ),
    ],
    follows="Then `push_to_hub`, and the one test that counts: load it back by its id, on another machine "
    "if you can, and ask it about three messages whose stars you know.",
)
