"""q8: a perplexity from sentences of different length."""

import math

from ..expect import Expectation, Number
from ..function import Case, Function
from ..question import Misconception, Question, Slip
from ..rules import giving, raised

_CASES: list[tuple[list[float], list[int]]] = [
    ([2.0, 4.5, 3.0], [60, 4, 16]),
    ([1.0], [7]),
    ([0.5, 2.5, 1.5, 6.0], [40, 10, 30, 1]),
]
_does = giving(lambda: _CASES, atol=1e-3)


def _total(losses: list[float], tokens: list[int]) -> float:
    return sum(loss * count for loss, count in zip(losses, tokens, strict=True))


def _loss(losses: list[float], tokens: list[int]) -> float:
    return _total(losses, tokens) / sum(tokens)


def _right(losses: list[float], tokens: list[int]) -> float:
    return math.exp(_loss(losses, tokens))


def _by_sentence(losses: list[float], tokens: list[int]) -> float:
    return math.exp(sum(losses) / len(losses))


def _exp_first(losses: list[float], tokens: list[int]) -> float:
    return sum(math.exp(loss) * count for loss, count in zip(losses, tokens, strict=True)) / sum(tokens)


def _expects() -> Expectation:
    return Function([Case(args, Number(_right(*args), rel=2e-3)) for args in _CASES])


_SUM = "total = sum(loss * count for loss, count in zip(losses, tokens))\nreturn {}"

question = Question(
    title="A perplexity that a short sentence decides",
    expects=_expects,
    reference="""
        total = sum(loss * count for loss, count in zip(losses, tokens))
        return math.exp(total / sum(tokens))
    """,
    alternatives=[
        """
        losses, tokens = torch.tensor(losses), torch.tensor(tokens)
        return torch.exp((losses * tokens).sum() / tokens.sum())
        """,
        """
        every_token = [loss for loss, count in zip(losses, tokens) for _ in range(count)]
        return math.exp(sum(every_token) / len(every_token))
        """,
    ],
    hints=[
        "How many tokens does the sentence with the highest loss have, and how much does it count?",
        "Each `losses[i]` is a mean over `tokens[i]` tokens: times that number it is a sum again.",
        "The sum over all tokens, divided by how many there are, then `math.exp`, once.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired: sentences count alike",
            "return math.exp(sum(losses) / len(losses))",
            when=_does(_by_sentence),
            says="A mean over sentences, as before: in the first case a sentence of 4 tokens counts as much "
            "as one of 60, and moves the figure from 10 to 24. Perplexity is a mean over *tokens*.",
            also=["return torch.tensor(losses).mean().exp()"],
        ),
        Misconception(
            "the mean of the perplexities",
            "return sum(math.exp(loss) for loss in losses) / len(losses)",
            when=_does(
                lambda losses, tokens: sum(map(math.exp, losses)) / len(losses),
                _exp_first,
            ),
            says="You took `exp` first and the mean after, so one surprising sentence outweighs the others. "
            "First the mean of the losses over all tokens, then `exp`, once.",
            also=["return sum(math.exp(l) * n for l, n in zip(losses, tokens)) / sum(tokens)"],
        ),
        Misconception(
            "a loss is a perplexity",
            _SUM.format("total / sum(tokens)"),
            when=_does(_loss, lambda losses, tokens: sum(losses) / len(losses)),
            says="That is the mean loss. The perplexity is `exp` of it: among how many equally likely "
            "tokens the model wavers.",
            also=["return sum(losses) / len(losses)"],
        ),
        Misconception(
            "losses are in bits",
            _SUM.format("2 ** (total / sum(tokens))"),
            when=_does(lambda losses, tokens: 2 ** _loss(losses, tokens)),
            says="You took 2 to the power of it. torch's cross-entropy uses the natural logarithm, so the "
            "way back is `exp`.",
        ),
        Misconception(
            "divided by the sentences",
            _SUM.format("math.exp(total / len(losses))"),
            when=_does(
                lambda losses, tokens: math.exp(_total(losses, tokens) / len(losses)),
                lambda losses, tokens: math.exp(_total(losses, tokens)),
            ),
            says="An enormous number: you summed over tokens, and did not divide by how many tokens there "
            "are. `sum(tokens)`, not the number of sentences.",
            also=[_SUM.format("math.exp(total)")],
        ),
        Misconception(
            "a mean is a sum",
            "return math.exp(sum(losses) / sum(tokens))",
            when=_does(lambda losses, tokens: math.exp(sum(losses) / sum(tokens))),
            says="You added the means, and divided by the tokens once more. Each loss is a mean already: "
            "times its number of tokens it becomes a sum, and those sums are added.",
        ),
        Misconception(
            "upside down",
            _SUM.format("math.exp(-total / sum(tokens))"),
            when=_does(lambda losses, tokens: 1 / _right(losses, tokens)),
            says="With a minus it is below 1: the (geometric) mean chance that the model gave to the token "
            "that came. The perplexity is 1 divided by that.",
        ),
        Misconception(
            "the longest sentence stands for all",
            "return math.exp(losses[tokens.index(max(tokens))])",
            when=_does(
                lambda losses, tokens: math.exp(losses[tokens.index(max(tokens))]),
                lambda losses, tokens: math.exp(losses[0]),
                lambda losses, tokens: math.exp(max(losses)),
                lambda losses, tokens: math.exp(sorted(losses)[len(losses) // 2]),
            ),
            says="One sentence's loss stands for all of them. Every token counts: weigh each loss with its "
            "number of tokens.",
            also=["return math.exp(sorted(losses)[len(losses) // 2])"],
        ),
        Misconception(
            "lists can be multiplied",
            "return math.exp(sum(losses * tokens) / sum(tokens))",
            when=raised(TypeError, "multiply sequence"),
            says="`losses * tokens` multiplies no lists: go through the pairs with `zip`, or make tensors "
            "of both.",
        ),
    ],
    slips=[
        Slip(_SUM.format("round(math.exp(total / sum(tokens)))"), "not the right value"),
        Slip(_SUM.format("print(math.exp(total / sum(tokens)))"), "gave nothing back"),
    ],
    follows="Compare perplexities only of the same text, cut into the same tokens: another tokenizer, "
    "another number. And read a few answers, since a perplexity says nothing of the one that is now wrong.",
)
