"""q6: a metric by which a model that never reports danger does not win."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from .. import plain
from ..called import NOTHING
from ..describe import describe
from ..expect import Expectation, Number
from ..function import Case, Function
from ..question import Misconception, Question, Slip

_TABLES: list[list[list[int]]] = [  # rows that are (fine, repair, danger), counted by what was said
    [[40, 0, 0], [7, 0, 0], [3, 0, 0]],  # fine, whatever was written
    [[30, 6, 2], [2, 9, 1], [1, 1, 4]],
    [[10, 3, 0], [1, 20, 0], [2, 2, 0]],  # danger is never said
]
_KEYS = ("accuracy", "macro_f1")


@cache
def cases() -> list[tuple[list[int], list[int]]]:
    """(said, labels) for each table."""
    pairs = [
        [
            (said, label)
            for label, row in enumerate(table)
            for said, count in enumerate(row)
            for _ in range(count)
        ]
        for table in _TABLES
    ]
    return [([said for said, _ in rows], [label for _, label in rows]) for rows in pairs]


@cache
def _predictions() -> list[Any]:
    """As Trainer hands them over: logits, and labels, with the rows shuffled."""
    import numpy as np
    from transformers import EvalPrediction

    class Said(EvalPrediction):
        def __repr__(self) -> str:
            return f"logits and labels of {len(self.label_ids)} messages"

    handed = []
    for said, labels in cases():
        chance = np.random.default_rng(5)
        logits = chance.normal(-3, 0.5, (len(said), 3))
        logits[np.arange(len(said)), said] = -0.5  # the largest, and negative like the others
        order = chance.permutation(len(said))
        handed.append(Said(predictions=logits[order], label_ids=np.array(labels)[order]))
    return handed


def _accuracy(said: Sequence[int], labels: Sequence[int]) -> float:
    return sum(a == b for a, b in zip(said, labels, strict=True)) / len(labels)


def _counts(said: Sequence[int], labels: Sequence[int], of: int) -> tuple[int, int, int]:
    """(right, said, there) of a class."""
    right = sum(a == b == of for a, b in zip(said, labels, strict=True))
    return right, list(said).count(of), list(labels).count(of)


def _f1(right: int, said: int, there: int) -> float:
    return 2 * right / (said + there)


def _recall(right: int, said: int, there: int) -> float:
    return right / there


def _precision(right: int, said: int, there: int) -> float:
    return right / said if said else 0.0


def _mean(of: Callable[[int, int, int], float]) -> Callable[..., float]:
    def rule(said: Sequence[int], labels: Sequence[int]) -> float:
        return sum(of(*_counts(said, labels, c)) for c in range(3)) / 3

    return rule


def _weighted(said: Sequence[int], labels: Sequence[int]) -> float:
    return sum(_f1(*_counts(said, labels, c)) * list(labels).count(c) for c in range(3)) / len(labels)


def _f1_of_means(said: Sequence[int], labels: Sequence[int]) -> float:
    recall, precision = _mean(_recall)(said, labels), _mean(_precision)(said, labels)
    return 2 * recall * precision / (recall + precision)


def _of_those_said(said: Sequence[int], labels: Sequence[int]) -> float:
    return sum(_f1(*_counts(said, labels, c)) for c in set(said)) / len(set(said))


def _of_danger(said: Sequence[int], labels: Sequence[int]) -> float:
    return _f1(*_counts(said, labels, 2))


_right = _mean(_f1)


@dataclass(frozen=True)
class _Figures(Expectation):
    """A dict with these two numbers."""

    accuracy: float
    macro_f1: float

    def complaint(self, seen: Any) -> str | None:
        if seen is None:
            return NOTHING
        if type(seen) is not dict or set(seen) != set(_KEYS):
            got = f"a dict with {', '.join(map(repr, seen))}"[:80] if type(seen) is dict else describe(seen)
            return f"Expected a dict with `accuracy` and `macro_f1`, which Trainer will log, got {got}."
        for key in _KEYS:
            if said := Number(getattr(self, key), abs=0.006).complaint(seen[key]):
                return f"`{key}`: {said}"
        return None


def _gives(
    macro: Callable[..., float] = _right, accuracy: Callable[..., float] = _accuracy, times: float = 1
) -> Any:
    """Whether the two figures are what these rules give."""

    def shown(seen: Any) -> bool:
        return all(
            _near(result["macro_f1"], times * macro(*case))
            and _near(result["accuracy"], times * accuracy(*case))
            for result, case in zip(seen, cases(), strict=True)
        )

    return shown


def _near(one: Any, other: float) -> bool:
    number = plain.number(one)
    return number is not None and abs(number - other) < 6e-3


def _expects() -> Expectation:
    return Function(
        [
            Case((handed,), _Figures(_accuracy(*case), _right(*case)))
            for handed, case in zip(_predictions(), cases(), strict=True)
        ]
    )


_SAMPLE = """
labels = said.label_ids
classes = {classes}
return {{"accuracy": {accuracy}, "macro_f1": {macro}}}
"""


def _sample(
    macro: str = 'f1_score(labels, classes, average="macro")',
    classes: str = "said.predictions.argmax(axis=-1)",
    accuracy: str = "accuracy_score(labels, classes)",
) -> str:
    return _SAMPLE.format(macro=macro, classes=classes, accuracy=accuracy)


question = Question(
    title="94 % right, and nobody was warned",
    expects=_expects,
    reference=_sample(),
    alternatives=[
        """
        logits, labels = said
        classes = logits.argmax(-1)
        f1 = []
        for number in range(logits.shape[-1]):
            right = ((classes == number) & (labels == number)).sum()
            f1.append(2 * right / ((classes == number).sum() + (labels == number).sum()))
        return {"accuracy": float((classes == labels).mean()), "macro_f1": sum(f1) / len(f1)}
        """,
        """
        from sklearn.metrics import classification_report

        classes = torch.tensor(said.predictions).softmax(dim=-1).argmax(dim=-1)
        report = classification_report(said.label_ids, classes, output_dict=True, zero_division=0)
        return {"accuracy": report["accuracy"], "macro_f1": report["macro avg"]["f1-score"]}
        """,
    ],
    hints=[
        "`said.predictions` are logits, a row for each message: which column is the largest? "
        "`said.label_ids` are the right answers.",
        "`f1_score` takes the labels, then what was said, and wants to know how to make one number of "
        "three: look at its `average`. Which of its words gives each class the same weight, however rare?",
    ],
    misconceptions=[
        Misconception(
            "logits are classes",
            _sample(classes="said.predictions"),
            when=lambda seen: isinstance(seen, ValueError) and "continuous-multioutput" in str(seen),
            says="You handed the metrics the logits: three numbers a message, where they want one class. "
            "The class is the place of the largest.",
        ),
        Misconception(
            "the largest of a column",
            _sample(classes="said.predictions.argmax(axis=0)"),
            when=lambda seen: isinstance(seen, ValueError) and "inconsistent numbers of samples" in str(seen),
            says="Three answers for dozens of messages: `argmax` went down the columns. Each *row* is a "
            "message: `axis=-1`.",
        ),
        Misconception(
            "above nought means yes",
            _sample(classes="(said.predictions > 0).argmax(axis=-1)"),
            when=_gives(
                lambda said, labels: _right([0] * len(said), labels),
                lambda said, labels: _accuracy([0] * len(said), labels),
            ),
            says="Always class 0: you asked which logit is above nought, and here none is. They need not "
            "be; the largest wins, whatever its sign.",
        ),
        Misconception(
            "F1 knows how many classes there are",
            _sample("f1_score(labels, classes)"),
            when=lambda seen: isinstance(seen, ValueError) and "average='binary'" in str(seen),
            says="Without `average`, `f1_score` expects two classes; there are three. How are three F1s "
            "to become one number?",
        ),
        Misconception(
            "micro is as good as macro",
            _sample('f1_score(labels, classes, average="micro")'),
            when=_gives(_accuracy),
            says="Both numbers are the same: F1 with `micro` counts messages, not classes, and *is* the "
            "accuracy where every message has one label. The rare class still does not count.",
            also=[_sample("accuracy_score(labels, classes)")],
        ),
        Misconception(
            "weighted is fair",
            _sample('f1_score(labels, classes, average="weighted")'),
            when=_gives(_weighted),
            says="You weighted each class by how common it is, which is how the rare one disappeared in "
            "the first place. Each class should count alike.",
        ),
        Misconception(
            "found is enough",
            _sample('recall_score(labels, classes, average="macro")'),
            when=_gives(_mean(_recall)),
            says="That is the mean recall: how much of each class was found. It costs nothing there to "
            "cry danger all day. F1 weighs that against how often the cry was right.",
            also=[
                _sample("balanced_accuracy_score(labels, classes)").replace(
                    "labels =", "from sklearn.metrics import balanced_accuracy_score\n\nlabels ="
                )
            ],
        ),
        Misconception(
            "right when said is enough",
            _sample('precision_score(labels, classes, average="macro", zero_division=0)'),
            when=_gives(_mean(_precision)),
            says="That is the mean precision: how often an alarm was right. A model that is silent about "
            "most dangers does well there. F1 weighs that against how many it found.",
        ),
        Misconception(
            "F1 of the means",
            """
            labels, classes = said.label_ids, said.predictions.argmax(axis=-1)
            precision = precision_score(labels, classes, average="macro", zero_division=0)
            recall = recall_score(labels, classes, average="macro")
            f1 = 2 * precision * recall / (precision + recall)
            return {"accuracy": accuracy_score(labels, classes), "macro_f1": f1}
            """,
            when=_gives(_f1_of_means),
            says="You averaged precision and recall over the classes and made one F1 of the means. "
            "Macro-F1 is the other way about: an F1 for each class, then the mean.",
        ),
        Misconception(
            "only what was said counts",
            _sample('f1_score(labels, classes, average="macro", labels=sorted(set(classes)))'),
            when=_gives(_of_those_said),
            says="You averaged over the classes that the model *said*. The one that it never says has an "
            "F1 of 0, and that is just what should show.",
            also=[
                _sample("sum(f1s) / max(1, sum(f1 > 0 for f1 in f1s))").replace(
                    "return", "f1s = f1_score(labels, classes, average=None, zero_division=0)\nreturn"
                )
            ],
        ),
        Misconception(
            "danger alone",
            _sample("f1_score(labels, classes, labels=[2], average='macro', zero_division=0)"),
            when=_gives(_of_danger),
            says="That is danger's F1 alone. A good number to log besides; the mean over all three "
            "classes was asked for.",
        ),
        Misconception(
            "an average of accuracies",
            _sample(accuracy="(classes == labels).mean() / len(set(labels))"),
            when=_gives(accuracy=lambda said, labels: _accuracy(said, labels) / 3),
            says="The F1 is right. The accuracy is the share of all messages, which needs no dividing by "
            "classes.",
        ),
        Misconception(
            "either name will do",
            _sample("accuracy_score(labels, classes)", accuracy='f1_score(labels, classes, average="macro")'),
            when=_gives(macro=_accuracy, accuracy=_right),
            says="The two numbers are right, and each has the other's name.",
        ),
        Misconception(
            "per cent",
            _sample(
                '100 * f1_score(labels, classes, average="macro")',
                accuracy="100 * accuracy_score(labels, classes)",
            ),
            when=_gives(times=100),
            says="Those are per cents. Everything that reads the log expects shares, from 0 to 1.",
        ),
    ],
    slips=[
        Slip(_sample().replace('"macro_f1"', '"f1"'), "Expected a dict with `accuracy` and `macro_f1`"),
        Slip("return 0.94, 0.32", "got a tuple of 2 items"),
        Slip(_sample().replace("return ", ""), "gave nothing back"),
        Slip(_sample(macro='f"{0.5}"'), "The digits are text"),
    ],
    follows="Set `metric_for_best_model` to it, and Trainer keeps another checkpoint than before. Choose "
    "the metric by what a mistake costs, before you see who wins.",
)
