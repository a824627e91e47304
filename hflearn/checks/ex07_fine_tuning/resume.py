"""q11: from which checkpoint a killed training can go on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .. import plain
from ..expect import Expectation, Same, Text
from ..function import Case, Function
from ..question import Misconception, Question, Slip
from ..rules import giving

Listing = dict[str, list[str]]

WHOLE = [
    "config.json",
    "model.safetensors",
    "optimizer.pt",
    "rng_state.pth",
    "scheduler.pt",
    "trainer_state.json",
    "training_args.bin",
]
"""What Trainer 5.23 writes for each checkpoint; tests/checks/test_release.py asks it."""
_NEEDED = {
    "model.safetensors": "what was learnt",
    "optimizer.pt": "the optimizer's moments",
    "scheduler.pt": "the learning rate's place",
    "rng_state.pth": "the random numbers",
    "trainer_state.json": "the count of steps",
}
"""What changes while it trains, and would be lost."""


def _without(*names: str) -> list[str]:
    return [name for name in WHOLE if name not in names]


_CUT_OFF = _without("optimizer.pt", "rng_state.pth", "scheduler.pt", "trainer_state.json")
_LIGHT = _without("optimizer.pt", "rng_state.pth", "scheduler.pt")  # save_only_model
CASES: list[Listing] = [
    {"checkpoint-500": WHOLE, "checkpoint-1000": WHOLE, "checkpoint-900": WHOLE},
    {"checkpoint-800": WHOLE, "checkpoint-1200": _CUT_OFF, "checkpoint-400": WHOLE, "checkpoint-1000": WHOLE},
    {"checkpoint-100": WHOLE, "checkpoint-300": _LIGHT, "checkpoint-200": WHOLE},
    {
        "runs": ["events.out"],
        "checkpoint-best": WHOLE,
        "checkpoint-60": WHOLE,
        "checkpoint-7": WHOLE,
        "final": WHOLE,
    },
    {"checkpoint-50": _CUT_OFF, "checkpoint-100": _without("optimizer.pt")},
    {},
    {"checkpoint-30": _without("trainer_state.json"), "checkpoint-20": WHOLE, "checkpoint-3": WHOLE},
    {"checkpoint-40": _without("model.safetensors"), "checkpoint-9": WHOLE, "checkpoint-10": WHOLE},
    {"checkpoint-90": _without("training_args.bin"), "checkpoint-80": WHOLE},
    {
        "checkpoint-12": _without("scheduler.pt"),
        "checkpoint-11": _without("rng_state.pth"),
        "checkpoint-6": WHOLE,
    },
]
_NAMED_OTHERWISE = 3
_NONE = (4, 5)
_EMPTY = 5
_SPARE = 8  # the arguments' file is not needed: whoever resumes hands over arguments


def _step(name: str) -> int | None:
    head, _, number = name.rpartition("-")
    return int(number) if head == "checkpoint" and number.isdigit() else None


def _whole(files: list[str]) -> bool:
    return set(files) >= set(_NEEDED)


def _last(
    fits: Callable[[list[str]], bool] = _whole, order: Callable[[str], Any] = _step, most: bool = True
) -> Callable[[Listing], str | None]:
    def rule(listing: Listing) -> str | None:
        left = [name for name, files in listing.items() if _step(name) is not None and fits(files)]
        return (max if most else min)(left, key=order) if left else None

    return rule


right = _last()


_gives = giving(lambda: [(listing,) for listing in CASES])


def _last_listed(listing: Listing) -> str | None:
    left = [name for name, files in listing.items() if _step(name) is not None and _whole(files)]
    return left[-1] if left else None


def _has(*names: str) -> Callable[[list[str]], bool]:
    return lambda files: set(names) <= set(files)


@dataclass(frozen=True)
class _Folder(Expectation):
    """The right folder of a listing, or None; of another one it is said what is missing there."""

    listing: Listing

    def complaint(self, seen: Any) -> str | None:
        wanted, name = right(self.listing), plain.text(seen)
        files = self.listing.get(name or "", WHOLE)
        if lost := {file: what for file, what in _NEEDED.items() if file not in files}:
            missing = ", ".join(f"`{file}`" for file in lost)
            return f"{name} has no {missing}: {', '.join(lost.values())} would be lost."
        said = Same(None) if wanted is None else Text(wanted, kind="the name of a folder")
        return said.complaint(seen)


def _expected(listing: Listing) -> Expectation:
    return _Folder(listing) if listing else Same(None)


_CODE = """
{needed}
left = [name for name in listing if {fits}]
return {pick}
"""
_ALL = 'needed = {"model.safetensors", "optimizer.pt", "scheduler.pt", "rng_state.pth", "trainer_state.json"}'
_FITS = 'name.removeprefix("checkpoint-").isdigit() and needed <= set(listing[name])'
_PICK = 'max(left, key=lambda name: int(name.split("-")[1]), default=None)'


def _sample(needed: str = _ALL, fits: str = _FITS, pick: str = _PICK) -> str:
    return _CODE.format(needed=needed, fits=fits, pick=pick)


question = Question(
    title="The laptop went off at four in the morning",
    expects=lambda: Function([Case((case,), _expected(case)) for case in CASES]),
    reference=_sample(),
    alternatives=[
        """
        import re

        best = None
        for name, files in listing.items():
            found = re.fullmatch(r"checkpoint-(\\d+)", name)
            if not found or {"config.json", "training_args.bin"}.union(files) < set(
                ["config.json", "model.safetensors", "optimizer.pt", "rng_state.pth", "scheduler.pt",
                 "trainer_state.json", "training_args.bin"]
            ):
                continue
            if best is None or int(found[1]) > best[0]:
                best = int(found[1]), name
        return best and best[1]
        """,
        """
        parts = "model.safetensors optimizer.pt scheduler.pt rng_state.pth trainer_state.json".split()
        steps = []
        for name, files in listing.items():
            start, dash, number = name.partition("-")
            if start == "checkpoint" and number.isnumeric() and all(part in files for part in parts):
                steps.append(int(number))
        return f"checkpoint-{max(steps)}" if steps else None
        """,
    ],
    hints=[
        "Which of the seven files change while it trains? Whatever changes and is missing starts anew.",
        "`config.json` and `training_args.bin` were the same at the first step. The weights, the "
        "optimizer's moments, the place on the learning rate's curve, the random numbers and the count of "
        "steps were not.",
        "Of the folders `checkpoint-N` that hold those five, take the one with the largest N, compared as "
        "a number.",
    ],
    misconceptions=[
        Misconception(
            "names are in order",
            _sample(pick="max(left, default=None)"),
            when=_gives(_last(order=str)),
            says="You compared names, letter by letter: there checkpoint-900 comes after checkpoint-1000. "
            "Compare the steps as numbers.",
            also=[_sample(pick="sorted(left)[-1] if left else None")],
        ),
        Misconception(
            "the newest is whole",
            _sample(fits='name.removeprefix("checkpoint-").isdigit()'),
            when=_gives(_last(lambda files: True)),
            says="The newest folder, whatever it holds. One of them was being written when the power "
            "went, another was saved without its optimizer: the training would start anew from there, or "
            "not at all.",
        ),
        Misconception(
            "weights are all there is to a training",
            _sample(needed='needed = {"model.safetensors"}'),
            when=_gives(_last(_has("model.safetensors"))),
            says="Weights are enough to *use* the model. To go on as if nothing had happened, the "
            "optimizer's moments, the learning rate's place and the count of steps are needed, too.",
        ),
        Misconception(
            "the optimizer is all that is missing",
            _sample(needed='needed = {"model.safetensors", "optimizer.pt"}'),
            when=lambda seen: any(
                _gives(
                    _last(_has("model.safetensors", "optimizer.pt", *more)),
                    _last(_has("optimizer.pt", *more)),
                )(seen)
                for more in (
                    (),
                    ("scheduler.pt",),
                    ("trainer_state.json",),
                    ("scheduler.pt", "trainer_state.json"),
                )
            ),
            says="You asked for the optimizer, and one of the others that change is missing from a folder "
            "you chose: without `scheduler.pt` the rate begins with its warm-up again, without "
            "`rng_state.pth` the dice fall otherwise, without `trainer_state.json` nobody knows which "
            "step it was.",
            also=[
                _sample(needed='needed = {"model.safetensors", "optimizer.pt", "scheduler.pt"}'),
                _sample(
                    needed='needed = {"model.safetensors", "optimizer.pt", "scheduler.pt", '
                    '"trainer_state.json"}'
                ),
            ],
        ),
        Misconception(
            "the state is written last",
            _sample(needed='needed = {"trainer_state.json"}'),
            when=_gives(
                _last(_has("trainer_state.json")), _last(_has("trainer_state.json", "model.safetensors"))
            ),
            says="`trainer_state.json` is indeed written last, so it shows that a save came to its end. "
            "With `save_only_model` it does, too, and there is no optimizer in the folder.",
            also=[_sample(needed='needed = {"trainer_state.json", "model.safetensors"}')],
        ),
        Misconception(
            "every file is needed",
            _sample(needed=_ALL.replace("{", '{"training_args.bin", "config.json", ')),
            when=_gives(_last(lambda files: set(files) >= set(WHOLE))),
            says="You passed over a folder that only lacks `training_args.bin`. Nothing in that file "
            "changes while it trains, and whoever resumes hands the arguments over anyway.",
            also=[
                _sample(
                    needed="", fits='name.removeprefix("checkpoint-").isdigit() and len(listing[name]) == 7'
                )
            ],
        ),
        Misconception(
            "the last in the list",
            _sample(pick="left[-1] if left else None"),
            when=_gives(_last_listed),
            says="You took the last in the listing. A folder's listing has no order that means anything: "
            "compare the steps.",
        ),
        Misconception(
            "the first is the safest",
            _sample(pick=_PICK.replace("max", "min")),
            when=_gives(_last(most=False)),
            says="That is the oldest whole one: it is safe, and most of the night would be trained again.",
        ),
        Misconception(
            "a checkpoint is called by its step",
            _sample(fits="needed <= set(listing[name])"),
            when=lambda seen: isinstance(seen, ValueError | IndexError),
            says="Not every folder is a `checkpoint-` and a number: there are *runs*, *final*, "
            "*checkpoint-best*, and a name like that could not be read as a step. Pass over them. (Or "
            "there was no folder left to choose from: give None.)",
            also=[_sample(pick='max(left, key=lambda name: int(name.split("-")[1]))')],
        ),
        Misconception(
            "the step is the answer",
            _sample(pick='max((int(name.split("-")[1]) for name in left), default=None)'),
            when=lambda seen: plain.number(seen[0]) == 1000,
            says="That is the step. `resume_from_checkpoint` wants the folder: give its name.",
        ),
        Misconception(
            "something has to be chosen",
            _sample(pick=_PICK.replace("default=None", 'default="checkpoint-0"')),
            when=lambda seen: _gives(right, but=_NONE)(seen) and seen[_EMPTY] is not None,
            says="Right as long as there is a whole one. Where there is none, the training starts from "
            "the beginning, and you should say so: None.",
        ),
    ],
    slips=[
        Slip(_sample().replace("return ", ""), "gave nothing back"),
        Slip('return "checkpoint-1"', "is not the right one"),
        Slip(
            _sample(needed=_ALL.replace(', "trainer_state.json"', "")),
            "checkpoint-30 has no `trainer_state.json`: the count of steps would be lost",
        ),
        Slip(
            _sample(needed=_ALL.replace('"optimizer.pt", ', "")),
            "checkpoint-100 has no `optimizer.pt`: the optimizer's moments would be lost",
        ),
        Slip(
            _sample(needed=_ALL.replace('"model.safetensors", ', "")),
            "checkpoint-40 has no `model.safetensors`: what was learnt would be lost",
        ),
    ],
    follows="`trainer.train(resume_from_checkpoint=True)` takes the largest number, whole or not: look "
    "before you trust it. And kill a training of your own once, on purpose, before the power does.",
)
