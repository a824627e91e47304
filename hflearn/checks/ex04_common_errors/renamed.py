"""q9: arguments that a new release renamed; taking them out silences the error and changes the training."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..describe import describe
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip

_RENAMED = ("evaluation_strategy", "warmup_ratio", "group_by_length", "no_cuda")


def _examine(settings: Any) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        said = run(settings, "a folder", folder)
        return _Seen(said, folder)


@dataclass(frozen=True)
class _Seen:
    said: Any
    folder: str

    @property
    def evaluates(self) -> str:
        return _value(self.said.eval_strategy)

    @property
    def saves(self) -> str:
        return _value(self.said.save_strategy)

    @property
    def warmup(self) -> float:
        return float(self.said.warmup_steps)


def _value(strategy: Any) -> str:
    return str(getattr(strategy, "value", strategy))


def _complain(seen: _Seen) -> str | None:
    from transformers import TrainingArguments

    said = seen.said
    if said is None:
        return NOTHING
    if type(said) is not TrainingArguments:
        return f"Expected `TrainingArguments`, got {describe(said)}."
    wishes = {
        "evaluate after every epoch": seen.evaluates == "epoch",
        "save after every epoch": seen.saves == "epoch",
        "keep the best model at the end": said.load_best_model_at_end is True,
        "warm up over a tenth of the steps": abs(seen.warmup - 0.1) < 1e-9,
        "put texts of like length together": said.train_sampling_strategy == "group_by_length",
        "use the CPU": said.use_cpu is True,
        "report to nobody": list(said.report_to) == [],
        "write into the folder that it is given": Path(said.output_dir) == Path(seen.folder),
    }
    lost = [wish for wish, granted in wishes.items() if not granted]
    return (
        f"It runs, but it no longer does what it did. Lost or changed: {'; '.join(lost)}." if lost else None
    )


_LINES = {
    "evaluate": 'eval_strategy="epoch"',
    "save": 'save_strategy="epoch"',
    "best": "load_best_model_at_end=True",
    "warm": "warmup_steps=0.1",
    "group": 'train_sampling_strategy="group_by_length"',
    "cpu": "use_cpu=True",
    "report": 'report_to="none"',
}


def _sample(**changed: str) -> str:
    """The reference with these lines changed, or left out where they are empty."""
    lines = "\n".join(f"    {line}," for line in {**_LINES, **changed}.values() if line)
    return f"return TrainingArguments(\n    output_dir=folder,\n{lines}\n)"


_OLD = {
    "evaluate": 'evaluation_strategy="epoch"',
    "warm": "warmup_ratio=0.1",
    "group": "group_by_length=True",
    "cpu": "no_cuda=True",
}

question = Question(
    title="“got an unexpected keyword argument”",
    expects=lambda: Patient(_examine, _complain),
    reference=_sample(),
    alternatives=[
        """
        settings = TrainingArguments(folder, eval_strategy="epoch", save_strategy="epoch",
                                     load_best_model_at_end=True, report_to="none", use_cpu=True)
        settings.warmup_steps = 0.1
        settings.train_sampling_strategy = "group_by_length"
        return settings
        """,
    ],
    hints=[
        "The error names one argument. How many others did the release rename? "
        "`inspect.signature(TrainingArguments)` lists what it takes today.",
        "Search that list for what an old name meant: evaluate, warm up, lengths, CPU.",
        "`eval_strategy`, `warmup_steps` (below 1 it is a share), `use_cpu`, "
        '`train_sampling_strategy="group_by_length"`.',
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            _sample(**_OLD),
            when=lambda seen: isinstance(seen, TypeError) and "evaluation_strategy" in str(seen),
            says="`evaluation_strategy` is still there, and no argument of that name is. It was renamed, not "
            "dropped: look for what it has become.",
        ),
        Misconception(
            "the error names all of them",
            _sample(**{**_OLD, "evaluate": _LINES["evaluate"]}),
            when=lambda seen: isinstance(seen, TypeError) and any(name in str(seen) for name in _RENAMED),
            says="One mended, and the next one raises: Python names the first argument that it does not "
            "know. Hold every argument against the signature, then run again.",
            also=[
                _sample(group=_OLD["group"], cpu=_OLD["cpu"]),
                _sample(cpu=_OLD["cpu"]),
            ],
        ),
        Misconception(
            "half of a pair",
            _sample(evaluate=""),
            when=lambda seen: isinstance(seen, ValueError) and "strateg" in str(seen),
            says="Taking the argument out made another one complain, and rightly: the best model can only be "
            "kept if models are compared, so it has to evaluate as often as it saves. "
            "`evaluation_strategy` has a new name.",
            also=[_sample(evaluate='eval_strategy="steps"')],
        ),
        Misconception(
            "what raises is taken out",
            _sample(evaluate="", best="", warm="", group="", cpu=""),
            when=lambda seen: seen.evaluates == "no",
            says="No error, and no evaluation: it trains, and never once looks at the held-out reviews. An "
            "argument taken out is a decision taken back. Find its new name.",
            also=[_sample(evaluate="", best=""), _sample(evaluate='eval_strategy="no"', best="")],
        ),
        Misconception(
            "a share became a number of steps",
            _sample(warm="warmup_steps=10"),
            when=lambda seen: seen.evaluates == "epoch" and seen.warmup >= 1,
            says="The warm-up has a fixed number of steps now, however long the training is. A tenth was "
            "asked for, and `warmup_steps` takes that, too: below 1 it is a share.",
            also=[_sample(warm="warmup_steps=1")],
        ),
        Misconception(
            "defaults will do",
            _sample(warm="", group="", cpu=""),
            when=lambda seen: (
                seen.evaluates == "epoch"
                and [
                    seen.warmup == 0,
                    seen.said.train_sampling_strategy == "random",
                    seen.said.use_cpu is False,
                ].count(True)
                > 1
            ),
            says="It evaluates again, and other things went quietly: each of the arguments `warmup_ratio`, "
            "`group_by_length` and `no_cuda` has a successor, and more than one of the three is not set. The "
            "default is not what was asked for.",
            also=[_sample(warm="", cpu=""), _sample(group="", cpu="")],
        ),
    ],
    slips=[
        Slip(_sample(warm=""), "Lost or changed: warm up over a tenth of the steps."),
        Slip(_sample(group=""), "Lost or changed: put texts of like length together."),
        Slip(_sample(cpu=""), "Lost or changed: use the CPU."),
        Slip(_sample(best=""), "Lost or changed: keep the best model at the end"),
        Slip(_sample(save='save_strategy="no"', best=""), "Lost or changed: save after"),
        Slip(_sample().replace("return ", ""), "gave nothing back"),
        Slip(_sample().replace("output_dir=folder", 'output_dir="elsewhere"'), "write into the folder"),
        Slip("return dict(eval_strategy='epoch')", "Expected `TrainingArguments`"),
    ],
    follows="Pin the versions that a script was written for, read the release notes before you lift the pin, "
    "and translate arguments: leaving one out is a change of plan.",
)
