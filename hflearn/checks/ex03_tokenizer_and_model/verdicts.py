"""q5: from logits to a label and how sure the model is, row by row."""

import math
from collections.abc import Callable, Sequence
from functools import cache
from itertools import islice
from typing import Any

from .. import plain
from ..alike import alike
from ..expect import Expectation, Number, Parts, Text
from ..function import Case, Function
from ..question import Misconception, Question, Slip

_STARS = {0: "1 star", 1: "2 stars", 2: "3 stars", 3: "4 stars", 4: "5 stars"}
_DESKS = {0: "waste", 1: "lights", 2: "permits"}
_ROWS: list[tuple[list[list[float]], dict[int, str]]] = [
    ([[-2.2, -1.1, 0.3, 1.6, 1.9], [2.1, 1.4, 0.2, -1.0, -1.9], [-0.4, 0.5, 0.9, 0.1, -0.8]], _STARS),
    ([[0.3, 2.0, -1.0], [1.9, 1.2, 1.1], [-0.5, 1.0, 1.4]], _DESKS),  # as many rows as labels
    ([[1000.0, 998.5, 1.0], [-1000.0, -1001.0, -999.0]], _DESKS),
    ([[0.2, 0.1, 0.4]], _DESKS),
]


@cache
def _inputs() -> list[tuple[Any, dict[int, str]]]:
    import torch

    return [(torch.tensor(rows), labels) for rows, labels in _ROWS]


def _verdicts(
    logits: Any, labels: dict[int, str], probabilities: Any, best: Any = None
) -> list[tuple[str, float]]:
    best = logits.argmax(-1) if best is None else best
    return [(labels[int(at)], float(row[int(at)])) for at, row in zip(best, probabilities, strict=False)]


def _right(logits: Any, labels: dict[int, str]) -> list[tuple[str, float]]:
    return _verdicts(logits, labels, logits.softmax(-1))


def _scores(score: Callable[[Any], Any], cases: Sequence[int] = (0, 1)) -> Callable[[Any], bool]:
    """Whether the results are what ``score`` makes of the logits, the label from there or from them."""

    @cache
    def rules() -> tuple[list[Any], list[Any]]:
        by_logits = [_verdicts(*args, score(args[0])) for args in _inputs()]
        by_score = [_verdicts(*args, score(args[0]), score(args[0]).argmax(-1)) for args in _inputs()]
        return by_logits, by_score

    def shown(seen: Any) -> bool:
        return any(all(alike(_plain(seen[at]), rule[at], 2e-3) for at in cases) for rule in rules())

    return shown


def _plain(result: Any) -> list[list[Any]]:
    return [list(pair) for pair in islice(result, 10)]


def _nan(seen: Any, row: int) -> bool:
    number = plain.number(seen[2][row][1])
    return number is not None and math.isnan(number)


def _expects() -> Expectation:
    return Function([Case(args, _rows(_right(*args))) for args in _inputs()])


def _rows(answers: list[tuple[str, float]]) -> Expectation:
    return Parts(
        {
            f"row {at}": Parts(
                {"label": Text(label, kind="a label"), "probability": Number(sure, abs=0.0055)}
            )
            for at, (label, sure) in enumerate(answers, 1)
        }
    )


def _labels(seen: Any, case: int) -> set[Any]:
    return {plain.text(pair[0]) for pair in islice(seen[case], 10)}


_OF = """
probabilities = {probabilities}
best = {best}
return [(id2label[int(at)], float(row[at])) for at, row in zip(best, probabilities)]
"""


def _sample(probabilities: str, best: str = "logits.argmax(dim=-1)") -> str:
    return _OF.format(probabilities=probabilities, best=best)


question = Question(
    title="Which label, and how sure?",
    expects=_expects,
    reference="""
        probabilities = torch.softmax(logits, dim=-1)
        best = probabilities.max(dim=-1)
        return [(id2label[int(at)], float(sure)) for sure, at in zip(best.values, best.indices)]
    """,
    alternatives=[
        """
        powers = torch.exp(logits - logits.max(dim=1, keepdim=True).values)
        probabilities = powers / powers.sum(dim=1, keepdim=True)
        answers = []
        for row in probabilities.tolist():
            at = row.index(max(row))
            answers.append([id2label[at], round(row[at], 2)])
        return answers
        """,
        """
        sure, at = torch.exp(logits - logits.logsumexp(-1, keepdim=True)).max(-1)
        return list(zip([id2label[number] for number in at.tolist()], sure))
        """,
    ],
    hints=[
        "`torch.softmax(logits, dim=…)` makes probabilities that add up to 1. Along which dimension should "
        "they: the messages, or the labels?",
        "The last dimension, -1, is the labels. The probability of the best one is the largest of its row.",
        "`probabilities.max(dim=-1)` gives `.values` and `.indices`; `id2label[int(index)]` is the label.",
    ],
    misconceptions=[
        Misconception(
            "two lists",
            """
            best = torch.softmax(logits, dim=-1).max(dim=-1)
            return [id2label[int(at)] for at in best.indices], best.values.tolist()
            """,
            when=lambda seen: (
                len(seen[0]) == 2
                and len(seen[0][0]) == len(seen[0][1]) == 3
                and plain.text(seen[0][0]) is None
            ),
            says="Two lists came out, labels and probabilities. A pair for each message is wanted: "
            "`list(zip(labels, probabilities))`.",
        ),
        Misconception(
            "a zip is a list",
            """
            best = torch.softmax(logits, dim=-1).max(dim=-1)
            return zip([id2label[int(at)] for at in best.indices], best.values.tolist())
            """,
            when=lambda seen: isinstance(seen[0], (zip, *plain.LAZY)),
            says="That gives its pairs one by one, and once only. Put `list(…)` around it.",
        ),
        Misconception(
            "as the pipeline writes it",
            """
            best = torch.softmax(logits, dim=-1).max(dim=-1)
            pairs = zip(best.values, best.indices)
            return [{"label": id2label[int(at)], "score": float(sure)} for sure, at in pairs]
            """,
            when=lambda seen: type(seen[0][0]) is dict,
            says="A pipeline gives dicts; here the desk wants a pair for each message, `(label, "
            "probability)`.",
        ),
        Misconception(
            "along the messages",
            _sample("torch.softmax(logits, dim=0)"),
            when=_scores(lambda logits: logits.softmax(0)),
            says="Softmax over the wrong axis: `dim=0` goes down the batch, so the messages share one "
            "probability and each depends on its neighbours. The labels of *one* message add up to 1: "
            "`dim=-1`.",
            also=[_sample("torch.softmax(logits, dim=0)", "probabilities.argmax(dim=-1)")],
        ),
        Misconception(
            "over everything",
            _sample("logits.exp() / logits.exp().sum()"),
            when=_scores(lambda logits: logits.flatten().softmax(0).view(logits.shape)),
            says="All numbers of the batch together add up to 1 now. Each message has probabilities of its "
            "own: sum along its row, `dim=-1, keepdim=True`.",
            also=[_sample("torch.softmax(logits.flatten(), dim=0).view(logits.shape)")],
        ),
        Misconception(
            "the exponential takes any number",
            _sample("logits.exp() / logits.exp().sum(dim=-1, keepdim=True)"),
            when=lambda seen: isinstance(seen, OverflowError | ZeroDivisionError) or _nan(seen, 0),
            says="Right for small logits, and for 1000 it is no number: `exp(1000)` is more than a float "
            "holds. Softmax stays the same when you subtract the row's largest logit first; "
            "`torch.softmax` does that.",
            also=[
                """
                import math

                answers = []
                for row in logits.tolist():
                    powers = [math.exp(logit) for logit in row]
                    sure = max(powers) / sum(powers)
                    answers.append((id2label[row.index(max(row))], sure))
                return answers
                """
            ],
        ),
        Misconception(
            "one maximum for the whole batch",
            """
            powers = (logits - logits.max()).exp()
            probabilities = powers / powers.sum(dim=-1, keepdim=True)
            return [(id2label[int(at)], float(row[at])) for at, row in zip(logits.argmax(-1), probabilities)]
            """,
            when=lambda seen: _nan(seen, 1) and not _nan(seen, 0),
            says="You subtracted the largest logit of the whole batch. A row far below it has nothing but "
            "zeros left, and 0 / 0 is no number. Subtract each row's own: `logits.max(dim=-1, "
            "keepdim=True).values`.",
        ),
        Misconception(
            "a logit is a probability",
            _sample("logits"),
            when=_scores(lambda logits: logits),
            says="The labels are right. What stands beside them are logits, which may be negative, or 1000: "
            "softmax makes probabilities of them.",
        ),
        Misconception(
            "per cent",
            _sample("logits.softmax(dim=-1) * 100"),
            when=_scores(lambda logits: logits.softmax(-1) * 100),
            says="Those are per cent. A probability lies between 0 and 1: leave the 100 away.",
        ),
        Misconception(
            "softmax twice",
            _sample("logits.softmax(dim=-1).softmax(dim=-1)"),
            when=_scores(lambda logits: logits.softmax(-1).softmax(-1)),
            says="You took softmax of what were probabilities already: it takes their exponential once more, "
            "and all come out nearly alike. Once is enough.",
        ),
        Misconception(
            "the least is the best",
            _sample("logits.softmax(dim=-1)", "logits.argmin(dim=-1)"),
            when=lambda seen: all(
                alike(_plain(seen[at]), _verdicts(*args, args[0].softmax(-1), args[0].argmin(-1)), 2e-3)
                for at, args in enumerate(_inputs()[:2])
            ),
            says="You took the *least* likely label of each row: `argmin`. A large logit is a likely label: "
            "`argmax`.",
        ),
        Misconception(
            "sigmoid will do",
            _sample("torch.sigmoid(logits)"),
            when=_scores(lambda logits: logits.sigmoid()),
            says="Sigmoid judges each label by itself, and their probabilities do not add up to 1. That is "
            "right where several labels can hold at once; here exactly one does: softmax.",
        ),
        Misconception(
            "logarithms of probabilities",
            _sample("torch.log_softmax(logits, dim=-1)"),
            when=_scores(lambda logits: logits.log_softmax(-1)),
            says="Those are logarithms of the probabilities, which is why they are negative. Use "
            "`softmax`, or `.exp()` of what you have.",
        ),
        Misconception(
            "the share of the sum",
            _sample("logits / logits.sum(dim=-1, keepdim=True)"),
            when=_scores(lambda logits: logits / logits.sum(-1, keepdim=True)),
            says="You divided by the sum without taking the exponential first: logits can be negative, and "
            "so were some of your probabilities.",
        ),
        Misconception(
            "the best of the whole batch",
            """
            at = logits.argmax()
            return [(id2label[int(at)], float(row.max())) for row in torch.softmax(logits, dim=-1)]
            """,
            when=lambda seen: isinstance(seen, KeyError) and type(seen.args[0]) is int,
            says="`argmax()` without a dimension counts through the whole batch, so it gave a number that "
            "is no label's. Ask along the labels: `argmax(dim=-1)`.",
        ),
        Misconception(
            "keys are text, as in the file",
            """
            best = torch.softmax(logits, dim=-1).max(dim=-1)
            return [(id2label[str(int(at))], float(sure)) for sure, at in zip(best.values, best.indices)]
            """,
            when=lambda seen: isinstance(seen, KeyError) and type(seen.args[0]) is str,
            says="You looked up a text. In the file config.json the keys are text, because JSON knows no "
            "other; here, as in `model.config.id2label`, they are whole numbers.",
        ),
        Misconception(
            "a tensor is a number",
            """
            best = torch.softmax(logits, dim=-1).max(dim=-1)
            return [(id2label[at], float(sure)) for sure, at in zip(best.values, best.indices)]
            """,
            when=lambda seen: isinstance(seen, KeyError) and hasattr(type(seen.args[0]), "shape"),
            says="The key that you looked up is a tensor, and the keys of `id2label` are plain numbers: "
            "`int(at)`, or `.tolist()` before the loop.",
        ),
        Misconception(
            "a list of one's own",
            """
            stars = ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"]
            best = torch.softmax(logits, dim=-1).max(dim=-1)
            return [(stars[int(at)], float(sure)) for sure, at in zip(best.values, best.indices)]
            """,
            when=lambda seen: bool(_labels(seen, 1) & set(_STARS.values())),
            says="Your labels are the star model's, whichever model the logits are from. What a number means "
            "stands in `id2label`, which comes in as an argument.",
        ),
        Misconception(
            "the number is the label",
            """
            best = torch.softmax(logits, dim=-1).max(dim=-1)
            return list(zip(best.indices.tolist(), best.values.tolist()))
            """,
            when=lambda seen: alike([pair[0] for pair in islice(seen[0], 10)], _inputs()[0][0].argmax(-1)),
            says="Those are numbers of labels, which tell the desk nothing. `id2label` has the words.",
        ),
        Misconception(
            "labels go down the columns",
            """
            best = torch.softmax(logits, dim=-1).max(dim=0)
            return [(id2label[int(at)], float(sure)) for sure, at in zip(best.values, best.indices)]
            """,
            when=lambda seen: len(seen[0]) == len(_STARS) and len(seen[2]) == len(_DESKS),
            says="One answer for each label came out, instead of one for each message: your maximum goes "
            "down the batch. Messages are rows; take it along `dim=-1`.",
        ),
    ],
    slips=[
        Slip("return [id2label[int(at)] for at in logits.argmax(dim=-1)]", "(label, probability)"),
        Slip(_sample("logits.softmax(dim=-1) / 2"), "not the right value"),
        Slip('return [("waste", 0.93)] * len(logits)', "a label"),
    ],
    follows="A logit is for comparing within one message, a probability says how sure the model "
    "is of a label, not how urgent the message is. Count on messages whose label you know how often it is "
    "right above .9, above .8, and so on: that is where a limit comes from, below which a person reads.",
)
