"""q13: how many numbers a LoRA adapter trains."""

from collections.abc import Callable, Sequence

from ..expect import Number
from ..function import Case, Function
from ..question import Misconception, Question, Slip
from ..rules import giving

Shapes = Sequence[tuple[int, int]]  # (outputs, inputs) of a matrix
Count = Callable[[int, int], float]  # a matrix's numbers, by its outputs and inputs

BODY = 6 * ([(384, 384)] * 4 + [(1536, 384), (384, 1536)]) + [(384, 384)]
"""The linear layers of ``embed``, as the notebook shows them; tests/checks/test_release.py asks PEFT."""
HEAD = [(2, 384)]
CASES: list[tuple[list[tuple[int, int]], int, list[tuple[int, int]]]] = [  # body, rank, head
    ([(6, 4)], 2, [(3, 4)]),
    ([(10, 5), (5, 10), (5, 5), (5, 5)], 1, [(7, 5)]),
    ([(64, 16), (16, 64), (16, 16)], 4, [(16, 16), (5, 16)]),  # a head of two layers
    ([(96, 32), (32, 96), (32, 8)], 3, []),  # a chat model: no new head
    (BODY, 8, HEAD),
]


def learns(body: Shapes, rank: int, head: Shapes) -> int:
    """The numbers that training moves."""
    return sum(rank * (out + in_) for out, in_ in body) + sum(out * in_ + out for out, in_ in head)


def _whole(out: int, in_: int) -> float:
    return out * in_ + out


def _rule(
    adapter: Callable[[int, int, int], float] = lambda out, in_, rank: rank * (out + in_),
    head: Count = _whole,
    adapted: Callable[[Shapes], Shapes] = lambda body: body,
) -> Callable[[Shapes, int, Shapes], float]:
    """A count in which one adapter, one layer of the head, or the choice of matrices is another."""
    return lambda body, rank, heads: (
        sum(adapter(out, in_, rank) for out, in_ in adapted(body)) + sum(head(*shape) for shape in heads)
    )


_gives = giving(lambda: CASES, atol=1e-6)
_HEADS: list[Count] = [_whole, lambda out, in_: out * in_, lambda out, in_: 0]


def _adapters(*adapters: Callable[[int, int, int], float]) -> Callable[[object], bool]:
    """Whether each matrix gets as many numbers as one of these says, with the head counted or not."""
    return _gives(*(_rule(adapter, head) for adapter in adapters for head in _HEADS))


def _matrices(adapted: Callable[[Shapes], Shapes]) -> Callable[[object], bool]:
    return _gives(*(_rule(head=head, adapted=adapted) for head in _HEADS))


_ADAPTER, _HEAD = "rank * (out + in_)", "out * in_ + out"


def _sample(adapter: str = _ADAPTER, head: str = _HEAD, body: str = "body") -> str:
    return f"""
adapters = sum({adapter} for out, in_ in {body})
return adapters + sum({head} for out, in_ in head)
"""


question = Question(
    title="What does an adapter weigh?",
    expects=lambda: Function([Case(case, Number(learns(*case), rel=1e-9)) for case in CASES]),
    reference=_sample(),
    alternatives=[
        """
        total = 0
        for outputs, inputs in body:
            A, B = torch.zeros(rank, inputs), torch.zeros(outputs, rank)
            total += A.numel() + B.numel()
        for outputs, inputs in head:
            layer = torch.nn.Linear(inputs, outputs)
            total += sum(weights.numel() for weights in layer.parameters())
        return total
        """,
        "return rank * sum(map(sum, body)) + sum(out * (in_ + 1) for out, in_ in head)",
        """
        import numpy as np

        head = np.array(head).reshape(-1, 2)
        return rank * np.array(body).sum() + (head.prod(axis=1) + head[:, 0]).sum()
        """,
    ],
    hints=[
        "Beside a matrix of (outputs, inputs) stand two: A leads from the inputs to `rank` numbers, B from "
        "those to the outputs. How many numbers has each?",
        "A has rank × inputs, B has outputs × rank. They are two matrices that are stored: add them.",
        "The head is a layer like any other, all of which moves: outputs × inputs weights, and a bias for "
        "each output.",
    ],
    misconceptions=[
        Misconception(
            "what is adapted is what learns",
            _sample("out * in_"),
            when=_adapters(lambda out, in_, rank: out * in_, lambda out, in_, rank: out * in_ + out),
            says="Those are the matrices themselves, which stay as they are. What learns are the two thin "
            "ones beside each of them, and how thin they are the rank says.",
            also=[_sample("out * in_", "0"), _sample("out * in_ + out")],
        ),
        Misconception(
            "a correction has a number for each weight",
            _sample("rank * out * in_"),
            when=_adapters(
                lambda out, in_, rank: rank * out * in_,
                lambda out, in_, rank: rank * in_ * out * rank,
            ),
            says="You multiplied what is to be added. The *product* of A and B has the shape of the "
            "whole, and is worked out when it is used; what is trained and stored are A and B, one beside "
            "the other.",
            also=[_sample("(rank * in_) * (out * rank)"), _sample("rank * out * in_", "0")],
        ),
        Misconception(
            "one thin matrix",
            _sample("rank * in_"),
            when=_adapters(lambda out, in_, rank: rank * in_, lambda out, in_, rank: rank * out),
            says="That is one of the two thin matrices. A leads from the inputs to `rank` numbers, and B "
            "from there to the outputs: one without the other leads nowhere.",
            also=[_sample("rank * out"), _sample("rank * in_", "0")],
        ),
        Misconception(
            "matrices are square",
            _sample("2 * rank * in_"),
            when=_adapters(
                lambda out, in_, rank: 2 * rank * in_,
                lambda out, in_, rank: 2 * rank * out,
                lambda out, in_, rank: 2 * rank * min(out, in_),
                lambda out, in_, rank: 2 * rank * max(out, in_),
            ),
            says="Right where a matrix is square. A is as wide as the inputs, B as high as the outputs, "
            "and in the feed-forward part one of the two is four times the other.",
            also=[_sample("2 * rank * out"), _sample("2 * rank * min(out, in_)")],
        ),
        Misconception(
            "a rank is a setting, no size",
            _sample("out + in_"),
            when=_adapters(lambda out, in_, rank: out + in_),
            says="That would be an adapter of rank 1: the rank is how many rows A has, and how many "
            "columns B.",
        ),
        Misconception(
            "an adapter has biases",
            _sample("rank * (out + in_) + out"),
            when=_adapters(
                lambda out, in_, rank: rank * (out + in_) + out,
                lambda out, in_, rank: rank * (out + in_) + rank,
                lambda out, in_, rank: rank * (out + in_) + rank + out,
            ),
            says="You counted biases with the adapters. A and B have none, and the layer's own stays as "
            "it is.",
            also=[_sample("rank * (in_ + 1) + (rank + 1) * out"), _sample("rank * (out + in_ + 1)")],
        ),
        Misconception(
            "the base belongs to it",
            _sample("out * in_ + rank * (out + in_)"),
            when=_adapters(
                lambda out, in_, rank: out * in_ + rank * (out + in_),
                lambda out, in_, rank: out * in_ + out + rank * (out + in_),
            ),
            says="You counted the frozen matrices, too. They are read at every step, and moved at none; the "
            "adapter's file does not hold them.",
            also=[_sample("out * in_ + out + rank * (out + in_)")],
        ),
        Misconception(
            "like matrices share an adapter",
            _sample(body="set(body)"),
            when=_matrices(lambda body: list(set(body))),
            says="You counted each *shape* once. Two matrices of one shape have two adapters, which learn "
            "different things.",
        ),
        Misconception(
            "one adapter for the model",
            _sample(body="body[:1]"),
            when=_matrices(lambda body: body[:1]),
            says="You counted one matrix. Each of the body's has an adapter of its own.",
            also=[_sample().replace("return adapters", "out, in_ = body[0]\nreturn rank * (out + in_)")],
        ),
        Misconception(
            "a head is there already",
            _sample(head="0"),
            when=_gives(_rule(head=lambda out, in_: 0)),
            says="The adapters are right, and the head is missing: it is new, drawn by lot, and has to be "
            "trained and stored, or every load draws another.",
            also=["return rank * sum(out + in_ for out, in_ in body)"],
        ),
        Misconception(
            "a layer is its weight",
            _sample(head="out * in_"),
            when=_gives(
                *(_rule(head=head) for head in (lambda out, in_: out * in_, lambda out, in_: out * in_ + in_))
            ),
            says="The adapters are right. Of the head you counted the weights, and not its biases, or too "
            "many of them: it has one for each output.",
            also=[_sample(head="out * in_ + in_")],
        ),
        Misconception(
            "the head is adapted, too",
            _sample(head="rank * (out + in_)"),
            when=_gives(
                lambda body, rank, head: _rule()(body, rank, []) + rank * sum(map(sum, head)),
                lambda body, rank, head: _rule()(body, rank, head) + rank * sum(map(sum, head)),
                lambda body, rank, head: _rule()([*body, *head], rank, []) + sum(out for out, _ in head),
            ),
            says="The adapters of the body are right. The head gets none: there is nothing in it yet that "
            "could be corrected, so it is trained whole.",
            also=[_sample(body="[*body, *head]")],
        ),
        Misconception(
            "numbers are bytes",
            _sample().replace("return adapters + ", "return 4 * adapters + 4 * "),
            when=_gives(*(lambda *case, size=size: size * learns(*case) for size in (2, 4, 4e-6, 1e-6))),
            says="The count is right, and you made bytes or megabytes of it. How many *numbers* was the "
            "question: in float32 each takes 4 bytes, in bfloat16 2.",
            also=[_sample().replace("return adapters + ", "return 1e-6 * adapters + 1e-6 * ")],
        ),
    ],
    slips=[
        Slip(_sample(head=_HEAD).replace("return ", ""), "gave nothing back"),
        Slip("return 676_610", "has the right type, not the right value"),
        Slip("return body", "Expected a number"),
    ],
    follows="Rank 16 makes 676,610 of the model in question 10: three per cent, and no sixteenth. (Rank 8 "
    "is the adapter of that question.) The size grows with the rank, and with the matrices' *edges* "
    "rather than their areas: the larger the model, the smaller the part of it that an adapter is.",
)
