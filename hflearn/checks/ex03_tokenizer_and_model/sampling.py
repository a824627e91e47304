"""q10: temperature, then top-p, and probabilities that add up to 1 again."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from .. import plain
from ..alike import alike
from ..expect import Array, Expectation
from ..function import Case
from ..lending import Lending
from ..question import Misconception, Question, Slip

_LOGITS = [1.0, 3.2, 0.1, 2.4, -1.5, 2.0, 0.6]
_SETTINGS = [
    ([*_LOGITS], 2.0, 0.7),
    ([*_LOGITS], 0.5, 0.9),
    ([0.4, -0.2, 2.2, 1.9, 1.7], 1.0, 1.0),  # nothing is left out
    ([0.4, 1.6, 2.2, 1.9], 1.5, 0.05),  # only the likeliest is left
    ([0.0, 0.0, 0.0, 0.0], 1.0, 0.5),  # two reach it exactly
]


@cache
def _inputs() -> list[tuple[Any, float, float]]:
    import torch

    return [(torch.tensor(logits), temperature, top_p) for logits, temperature, top_p in _SETTINGS]


def _kept(probabilities: Any, top_p: float, before: bool = True) -> Any:
    """The smallest set of likeliest ones that reaches top_p, as a mask; ``before=False`` without the last."""
    order = probabilities.argsort(descending=True)
    reached = probabilities[order].cumsum(0)
    kept = (reached - probabilities[order] if before else reached) < top_p - 1e-6
    mask = kept.clone()
    mask[order] = kept
    return mask


def _again(probabilities: Any, mask: Any) -> Any:
    kept = probabilities * mask
    return kept / kept.sum()


def _right(logits: Any, temperature: float, top_p: float) -> Any:
    probabilities = (logits / temperature).softmax(-1)
    return _again(probabilities, _kept(probabilities, top_p))


def _top_p_first(logits: Any, temperature: float, top_p: float) -> Any:
    mask = _kept(logits.softmax(-1), top_p)
    return _again((logits / temperature).softmax(-1), mask)


def _no_sum(logits: Any, temperature: float, top_p: float) -> Any:
    probabilities = (logits / temperature).softmax(-1)
    return probabilities * _kept(probabilities, top_p)


def _times(logits: Any, temperature: float, top_p: float) -> Any:
    return _right(logits, 1 / temperature, top_p)


def _cold(logits: Any, temperature: float, top_p: float) -> Any:
    return _right(logits, 1.0, top_p)


def _after(logits: Any, temperature: float, top_p: float) -> Any:
    """Probabilities divided by the temperature, which changes where top_p is reached."""
    probabilities = logits.softmax(-1) / temperature
    return _again(probabilities, _kept(probabilities, top_p))


def _at_least(logits: Any, temperature: float, top_p: float) -> Any:
    probabilities = (logits / temperature).softmax(-1)
    return _again(probabilities, probabilities >= top_p)


def _without_the_last(logits: Any, temperature: float, top_p: float) -> Any:
    probabilities = (logits / temperature).softmax(-1)
    return _again(probabilities, _kept(probabilities, top_p, before=False))


def _unsorted(logits: Any, temperature: float, top_p: float) -> Any:
    probabilities = (logits / temperature).softmax(-1)
    reached = probabilities.cumsum(0)
    return _again(probabilities, reached - probabilities < top_p - 1e-6)


def _logit_zero(logits: Any, temperature: float, top_p: float) -> Any:
    hot = logits / temperature
    return (hot * _kept(hot.softmax(-1), top_p)).softmax(-1)


def _in_order(logits: Any, temperature: float, top_p: float) -> Any:
    return _right(logits, temperature, top_p).sort(descending=True).values


def _least(before: bool) -> Callable[[Any, float, float], Any]:
    """Sorted with the least likely in front."""

    def rule(logits: Any, temperature: float, top_p: float) -> Any:
        probabilities = (logits / temperature).softmax(-1)
        order = probabilities.argsort()
        reached = probabilities[order].cumsum(0)
        mask = probabilities.bool()
        mask[order] = (reached - probabilities[order] if before else reached) < top_p
        return _again(probabilities, mask)

    return rule


def _ones(logits: Any, temperature: float, top_p: float) -> Any:
    return _kept((logits / temperature).softmax(-1), top_p).float()


def _softmax_of_the_kept(logits: Any, temperature: float, top_p: float) -> Any:
    probabilities = (logits / temperature).softmax(-1)
    return probabilities.masked_fill(~_kept(probabilities, top_p), float("-inf")).softmax(-1)


def _greedy(logits: Any) -> list[int]:
    return [int(at == int(logits.argmax())) for at in range(len(logits))]


def _all(logits: Any, temperature: float, top_p: float) -> Any:
    return (logits / temperature).softmax(-1)


def _does(rule: Callable[[Any, float, float], Any], *cases: int) -> Callable[[Any], bool]:
    """Whether the results are the rule's in these cases (by default the first two, which it is about)."""
    return lambda seen: all(alike(seen[at], rule(*_inputs()[at])) for at in cases or (0, 1))


@dataclass(frozen=True)
class _AnyOrder(Array):
    """These values in any order: which of equally likely tokens are kept is nobody's fault."""

    def complaint(self, seen: Any) -> str | None:
        array = plain.array(seen)
        sortable = array is not None and array.ndim == 1
        return Array(sorted(self.values), self.atol).complaint(sorted(array) if sortable else seen)


def _expects() -> Expectation:
    kinds = [Array] * 4 + [_AnyOrder]
    return Lending(
        [
            Case(args, kind(_right(*args).numpy(), atol=2e-3))
            for kind, args in zip(kinds, _inputs(), strict=True)
        ]
    )


_SAMPLE = """
probabilities = torch.softmax({logits}, dim=-1){then}
values, order = torch.sort(probabilities, descending=True)
values[{drop}] = 0
shaped = torch.zeros_like(probabilities)
shaped[order] = values
return shaped{give}
"""


def _sample(
    logits: str = "logits / temperature",
    drop: str = "values.cumsum(0) - values >= top_p",
    give: str = " / shaped.sum()",
    then: str = "",
) -> str:
    return _SAMPLE.format(logits=logits, drop=drop, give=give, then=then)


question = Question(
    title="Replies that vary, and do not wander",
    expects=_expects,
    reference="""
        probabilities = torch.softmax(logits / temperature, dim=-1)
        values, order = probabilities.sort(descending=True)
        before = values.cumsum(0) - values   # what the likelier ones add up to
        values[before >= top_p] = 0
        shaped = torch.zeros_like(probabilities)
        shaped[order] = values / values.sum()
        return shaped
    """,
    alternatives=[
        """
        from transformers import TemperatureLogitsWarper, TopPLogitsWarper

        scores = TemperatureLogitsWarper(float(temperature))(None, logits[None])
        return TopPLogitsWarper(top_p)(None, scores).softmax(dim=-1)[0]
        """,
        """
        probabilities = torch.softmax(logits / temperature, dim=-1).tolist()
        kept, total = {}, 0
        for at in sorted(range(len(probabilities)), key=lambda at: -probabilities[at]):
            if total >= top_p:
                break
            kept[at] = probabilities[at]
            total += probabilities[at]
        return [kept.get(at, 0) / total for at in range(len(probabilities))]
        """,
    ],
    hints=[
        "First the temperature: `torch.softmax(logits / temperature, dim=-1)`. Everything else happens to "
        "these probabilities.",
        "Sort them, likeliest first, and add them up one by one (`cumsum`). A token stays if those before "
        "it do not yet reach `top_p`.",
        "Put what stays back into its place in the vocabulary (`sort` gives the order), 0 elsewhere, and "
        "divide by what is left in all.",
    ],
    misconceptions=[
        Misconception(
            "which ones are left",
            """
            values, order = torch.softmax(logits / temperature, dim=-1).sort(descending=True)
            return order[values.cumsum(0) - values < top_p]
            """,
            when=lambda seen: alike(seen[0], _right(*_inputs()[0]).argsort(descending=True)[: len(seen[0])]),
            says="Those are the numbers of the tokens that are left. How likely is each to be drawn? A "
            "probability for every token of the vocabulary is wanted.",
        ),
        Misconception(
            "only what is left is there",
            """
            values = torch.softmax(logits / temperature, dim=-1).sort(descending=True).values
            values = values[values.cumsum(0) - values < top_p]
            return values / values.sum()
            """,
            when=lambda seen: len(seen[0]) < len(_LOGITS) and abs(float(sum(seen[0])) - 1) < 1e-3,
            says="Only the kept tokens' probabilities came out, and nobody knows which token each belongs "
            "to. All have their place in the vocabulary: 0 for the others.",
        ),
        Misconception(
            "a logit of 0 is a probability of 0",
            """
            logits = logits / temperature
            values, order = torch.softmax(logits, dim=-1).sort(descending=True)
            logits[order[values.cumsum(0) - values >= top_p]] = 0
            return torch.softmax(logits, dim=-1)
            """,
            when=_does(_logit_zero),
            says="You set the others' *logits* to 0, and softmax makes a probability of that, too: exp(0) "
            "is 1. The logit of what must not be drawn is `-inf`.",
        ),
        Misconception(
            "softmax twice",
            _sample(give="").replace("return shaped", "return torch.softmax(shaped, dim=-1)"),
            when=_does(lambda *args: _no_sum(*args).softmax(-1)),
            says="You took softmax of what were probabilities already, which gives a share to the zeros, "
            "too, and makes all nearly alike. Divide by their sum.",
        ),
        Misconception(
            "top-p first",
            """
            probabilities = torch.softmax(logits, dim=-1)
            values, order = torch.sort(probabilities, descending=True)
            out = order[values.cumsum(0) - values >= top_p]
            logits = logits / temperature
            logits[out] = float("-inf")
            return torch.softmax(logits, dim=-1)
            """,
            when=_does(_top_p_first),
            says="You cut first and warmed up afterwards. The temperature changes how many tokens it takes "
            "to reach `top_p`; in `generate` it comes first, and top-p cuts what it made.",
        ),
        Misconception(
            "what is left needs no sharing out",
            _sample(give=""),
            when=_does(_no_sum),
            says="The right tokens are left, and their probabilities no longer add up to 1: what was cut "
            "off is missing. Divide by their sum.",
        ),
        Misconception(
            "hotter is times more",
            _sample(logits="logits * temperature"),
            when=_does(_times),
            says="You multiplied by the temperature, so hot became cold. Logits are *divided* by it: above "
            "1 they move together and the choice gets freer.",
        ),
        Misconception(
            "temperature after softmax",
            _sample(logits="logits", then=" / temperature"),
            when=lambda seen: _does(_after)(seen) or _does(_cold)(seen),
            says="The temperature had no say in which token is how likely. Dividing probabilities by it, "
            "or leaving it out, keeps all of them in proportion: divide the logits, before softmax.",
            also=[
                _sample(logits="logits"),
                _sample(
                    logits="logits",
                    then=" / temperature\nprobabilities = probabilities / probabilities.sum()",
                ),
            ],
        ),
        Misconception(
            "top-p is a least probability",
            """
            probabilities = torch.softmax(logits / temperature, dim=-1)
            kept = probabilities * (probabilities >= top_p)
            return kept / kept.sum()
            """,
            when=_does(_at_least),
            says="You kept the tokens that have a probability of `top_p` each, which is hardly ever one. "
            "`top_p` is what the kept ones reach *together*, likeliest first.",
        ),
        Misconception(
            "who crosses the line is out",
            _sample(drop="values.cumsum(0) > top_p"),
            when=_does(_without_the_last),
            says="One token too few: those that you kept do not reach `top_p` together. The one that "
            "crosses the line belongs to them; with a small `top_p` it is the likeliest, and the only one.",
            also=[_sample(drop="(values.cumsum(0) > top_p) & (torch.arange(len(values)) > 0)")],
        ),
        Misconception(
            "sort puts the largest first",
            _sample().replace(", descending=True", ""),
            when=lambda seen: any(_does(_least(before), 0, 1, 3)(seen) for before in (True, False)),
            says="`sort` puts the *least* likely first, so those were added up, and the likeliest came last "
            "or were cut off. `descending=True` turns it round.",
            also=[_sample(drop="values.cumsum(0) > top_p").replace(", descending=True", "")],
        ),
        Misconception(
            "who is kept is certain",
            _sample(give="").replace("return shaped", "return (shaped > 0).float()"),
            when=_does(_ones),
            says="You gave 1 to every token that is kept: that says which ones, not how likely each is. Give "
            "them their probabilities, divided by what those add up to.",
        ),
        Misconception(
            "softmax makes any numbers add up",
            _sample(give="").replace(
                "return shaped",
                'return torch.softmax(shaped.masked_fill(shaped == 0, float("-inf")), dim=-1)',
            ),
            when=_does(_softmax_of_the_kept),
            says="The right tokens are left, and you took softmax of their probabilities, which makes them "
            "nearly alike. They only have to add up to 1: divide by their sum.",
        ),
        Misconception(
            "one more that is not needed",
            _sample(drop="values.cumsum(0) - values > top_p"),
            when=lambda seen: (
                all(
                    alike(got, _right(*args), 2e-3) for got, args in zip(seen[:4], _inputs()[:4], strict=True)
                )
                and sum(float(value) > 0 for value in seen[4]) == 3
            ),
            says="Right, but where the likeliest reach `top_p` exactly: of four equal tokens two have .5 "
            "together, and you kept a third. What comes before a kept one is *less* than `top_p`: `<`, not "
            "`<=`.",
        ),
        Misconception(
            "in the order of the vocabulary",
            """
            probabilities = torch.softmax(logits / temperature, dim=-1)
            kept = probabilities * (probabilities.cumsum(0) - probabilities < top_p)
            return kept / kept.sum()
            """,
            when=_does(_unsorted),
            says="You added up in the order of the vocabulary, so a likely token at its end is cut off and "
            "an unlikely one at its beginning kept. Sort first, likeliest in front.",
        ),
        Misconception(
            "sorted stays sorted",
            """
            values = torch.softmax(logits / temperature, dim=-1).sort(descending=True).values
            values[values.cumsum(0) - values >= top_p] = 0
            return values / values.sum()
            """,
            when=_does(_in_order),
            says="The numbers are right and stand in the order of their size: nobody knows any more which "
            "token each belongs to. Put them back: `shaped[order] = values`.",
        ),
        Misconception(
            "logits are good enough",
            """
            scores = logits / temperature
            values, order = torch.softmax(scores, dim=-1).sort(descending=True)
            scores[order[values.cumsum(0) - values >= top_p]] = float("-inf")
            return scores
            """,
            when=lambda seen: any(float(value) == float("-inf") for value in seen[0]),
            says="Those are logits, with `-inf` for what is cut off. One step is missing: softmax makes "
            "probabilities of them, which share out what is left by themselves.",
        ),
        Misconception(
            "temperature alone",
            "return torch.softmax(logits / temperature, dim=-1)",
            when=_does(_all, 0, 1, 3),
            says="The temperature is right, and nothing was cut off: every unlikely token can still be "
            "drawn, and with a high temperature one will be. `top_p` says where to cut.",
        ),
        Misconception(
            "only the best",
            "return torch.nn.functional.one_hot(logits.argmax(), len(logits)).float()",
            when=lambda seen: all(
                alike(got, _greedy(logits)) for got, (logits, _, _) in zip(seen, _inputs(), strict=True)
            ),
            says="One token has it all: that is the greedy choice of question 9, and the reply never varies.",
        ),
    ],
    slips=[
        Slip(
            """
            logits /= temperature
            values, order = torch.softmax(logits, dim=-1).sort(descending=True)
            values[values.cumsum(0) - values >= top_p] = 0
            return torch.zeros_like(logits).scatter(0, order, values / values.sum())
            """,
            "wrote into the tensor that it was handed",
        ),
        Slip(
            "return torch.softmax(logits / temperature, dim=-1).argmax()", "Expected an array of shape (7,)"
        ),
        Slip("return torch.ones_like(logits) / len(logits)", "values are not"),
    ],
    follows="`generate(do_sample=True, temperature=…, top_p=…)` draws from exactly these. For facts and "
    "forms take the greedy choice; vary where ten alike replies would annoy.",
)
