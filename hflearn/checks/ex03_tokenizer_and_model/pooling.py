"""q6: one vector a message, from the vectors of its tokens."""

from collections.abc import Callable
from functools import cache
from typing import Any

from ..alike import follows
from ..expect import Array, Expectation
from ..function import Case
from ..lending import Lending
from ..question import Misconception, Question, Slip

_MASKS = [
    [[1, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0, 0], [1, 1, 1, 0, 0, 0]],
    [[0, 0, 1, 1, 1], [1, 1, 1, 1, 1]],  # padded on the left, as models that generate are
    [[1, 1, 1, 0]],
]
_WIDTH = 4


@cache
def _inputs() -> list[tuple[Any, Any]]:
    """(hidden states, mask): noise with a place of its own for every number, padding included."""
    import torch

    noise = torch.Generator().manual_seed(3)
    masks = [torch.tensor(mask) for mask in _MASKS]
    return [(torch.randn(*mask.shape, _WIDTH, generator=noise), mask) for mask in masks]


def _right(hidden: Any, mask: Any) -> Any:
    weights = mask.unsqueeze(-1)
    return (hidden * weights).sum(1) / weights.sum(1)


def _each(rule: Callable[[Any], Any]) -> Callable[[Any, Any], Any]:
    """A rule that is given the vectors of one message's tokens, without padding."""
    return lambda hidden, mask: [rule(row[kept.bool()]) for row, kept in zip(hidden, mask, strict=True)]


def _does(rule: Callable[[Any, Any], Any]) -> Callable[[Any], bool]:
    return lambda seen: follows(rule, _inputs())(seen)


def _unit(hidden: Any, mask: Any) -> Any:
    pooled = _right(hidden, mask)
    return pooled / pooled.norm(dim=-1, keepdim=True)


def _left_out(seen: Any) -> bool:
    """Right while the text comes first, wrong where the padding does."""
    inputs = _inputs()
    return follows(_right, inputs[:1])(seen) and not follows(_right, inputs[1:2])(seen[1:])


def _expects() -> Expectation:
    return Lending([Case(args, Array(_right(*args).numpy())) for args in _inputs()])


question = Question(
    title="One vector for a message",
    expects=_expects,
    reference="""
        weights = mask.unsqueeze(-1)   # (messages, tokens, 1)
        return (hidden * weights).sum(dim=1) / weights.sum(dim=1)
    """,
    alternatives=[
        "return torch.stack([vectors[kept.bool()].mean(dim=0) for vectors, kept in zip(hidden, mask)])",
        'return torch.einsum("mtw,mt->mw", hidden, mask / mask.sum(dim=1, keepdim=True))',
        "return hidden.masked_fill(~mask.bool()[:, :, None], float('nan')).nanmean(dim=1).tolist()",
    ],
    hints=[
        "`hidden` is (messages, tokens, width), `mask` is (messages, tokens): `mask.unsqueeze(-1)` can be "
        "multiplied with `hidden`.",
        "Times the mask, padding becomes 0 and no longer adds to the sum. By what do you divide?",
        "By how many tokens were added up, which each message's mask says: its sum.",
    ],
    misconceptions=[
        Misconception(
            "padding is text",
            "return hidden.mean(dim=1)",
            when=_does(lambda hidden, mask: hidden.mean(1)),
            says="You averaged over the padding too, 5 of the 18 positions in the first batch: so a "
            "message's vector depends on how long its neighbours are. Use the attention mask.",
        ),
        Misconception(
            "divide by the width of the batch",
            "return (hidden * mask.unsqueeze(-1)).mean(dim=1)",
            when=_does(lambda hidden, mask: (hidden * mask.unsqueeze(-1)).mean(1)),
            says="The padding no longer adds to the sum, and still counts in the division: `mean` divides "
            "by all positions. Divide by the number of real tokens, which is the mask's sum.",
            also=["return (hidden * mask.unsqueeze(-1)).sum(dim=1) / hidden.shape[1]"],
        ),
        Misconception(
            "nothing is left out, nothing divided",
            "return hidden.sum(dim=1)",
            when=_does(lambda hidden, mask: hidden.sum(1)),
            says="You added up all positions, the padding too, and divided by nothing. Put the padding to 0 "
            "with the mask first, then divide by the number of real tokens.",
        ),
        Misconception(
            "the last token stands for all",
            "return hidden[:, -1]",
            when=_does(lambda hidden, mask: hidden[:, -1]),
            says="That is the last position's vector, and of a short message the last position is padding. "
            "This model was trained with the mean over all of a message's tokens.",
        ),
        Misconception(
            "the first token stands for all",
            "return hidden[:, 0]",
            when=_does(lambda hidden, mask: hidden[:, 0]),
            says="That is the first position's vector, `[CLS]`. Some models are trained to put the whole "
            "message there; this one was trained with the mean over its tokens.",
        ),
        Misconception(
            "special tokens are no text",
            """
            pooled = []
            for vectors, kept in zip(hidden, mask):
                pooled.append(vectors[kept.bool()][1:-1].mean(dim=0))
            return torch.stack(pooled)
            """,
            when=_does(_each(lambda vectors: vectors[1:-1].mean(0))),
            says="You left `[CLS]` and `[SEP]` out. They are no padding: the mask has 1 for them, and this "
            "model was trained with them in the mean.",
        ),
        Misconception(
            "a sum is as good",
            "return (hidden * mask.unsqueeze(-1)).sum(dim=1)",
            when=_does(lambda hidden, mask: (hidden * mask.unsqueeze(-1)).sum(1)),
            says="The sum is right, and not divided: a long message gets a long vector. Divide by the "
            "number of real tokens.",
        ),
        Misconception(
            "one count for the whole batch",
            "return (hidden * mask.unsqueeze(-1)).sum(dim=1) / mask.sum()",
            when=_does(lambda hidden, mask: (hidden * mask.unsqueeze(-1)).sum(1) / mask.sum()),
            says="You divided by the tokens of the whole batch. Each message has its own number of them: "
            "`mask.sum(dim=1, keepdim=True)`.",
        ),
        Misconception(
            "the text comes first",
            """
            lengths = mask.sum(dim=1)
            return torch.stack([vectors[:length].mean(dim=0) for vectors, length in zip(hidden, lengths)])
            """,
            when=_left_out,
            says="Right while the padding is on the right, wrong for a batch padded on the left: there the "
            "first positions are no text. The mask says *which* positions count, not only how many.",
        ),
        Misconception(
            "the average of the wrong axis",
            "return hidden.mean(dim=-1)",
            when=lambda seen: all(
                tuple(got.shape) in (tuple(hidden.shape[:2]), (hidden.shape[0],))
                for got, (hidden, _) in zip(seen, _inputs(), strict=True)
            ),
            says="You averaged the numbers of a vector with each other. Average the vectors of a message's "
            "tokens: dimension 1.",
            also=["return (hidden * mask.unsqueeze(-1)).sum(dim=-1) / mask.sum(dim=1, keepdim=True)"],
        ),
        Misconception(
            "all messages become one",
            "return hidden[mask.bool()].mean(dim=0)",
            when=lambda seen: all(tuple(got.shape) == (_WIDTH,) for got in seen),
            says="One vector for the whole batch came out: `hidden[mask.bool()]` puts all messages' tokens "
            "in one heap. One vector for each message is wanted.",
        ),
        Misconception(
            "the largest is the average",
            "return hidden.masked_fill(~mask.bool().unsqueeze(-1), float('-inf')).max(dim=1).values",
            when=lambda seen: any(
                _does(rule)(seen)
                for rule in (_each(lambda vectors: vectors.amax(0)), lambda hidden, mask: hidden.amax(1))
            ),
            says="That is the largest number at each place (max pooling). Some models are trained so; this "
            "one with the mean.",
            also=["return hidden.max(dim=1).values"],
        ),
        Misconception(
            "length 1 at once",
            """
            weights = mask.unsqueeze(-1)
            pooled = (hidden * weights).sum(dim=1) / weights.sum(dim=1)
            return torch.nn.functional.normalize(pooled, dim=-1)
            """,
            when=_does(_unit),
            says="The mean is right, and then you brought it to length 1. That is the next step, and "
            "question 7 takes it; here the mean itself is wanted.",
        ),
        Misconception(
            "what was summed away is still there",
            "return (hidden * mask.unsqueeze(-1)).sum(dim=1) / mask.sum(dim=1)",
            when=lambda seen: (
                isinstance(seen, RuntimeError)
                and "must match the size" in str(seen)
                and "(3)" in str(seen)
                and str(seen).endswith("dimension 1")
            ),
            says="The divisor does not fit: `mask.sum(dim=1)` has one dimension, a number for each message, "
            "and what it divides has two. `keepdim=True` keeps the dimension that was added up, with size 1: "
            "`mask.sum(dim=1, keepdim=True)`.",
            also=["return (hidden * mask[:, :, None]).sum(dim=1) / mask.sum(dim=-1)"],
        ),
        Misconception(
            "shapes find each other",
            "return (hidden * mask).sum(dim=1) / mask.sum(dim=1)",
            when=lambda seen: isinstance(seen, RuntimeError) and "must match the size" in str(seen),
            says="The shapes do not fit: `hidden` has three dimensions and `mask` two. "
            "`mask.unsqueeze(-1)` gives it a third of size 1, which stretches along the vectors. "
            "And whatever you add up, add up over the tokens, `dim=1`.",
        ),
    ],
    slips=[
        Slip(
            "hidden *= mask.unsqueeze(-1)\nreturn hidden.sum(dim=1) / mask.sum(dim=1, keepdim=True)",
            "wrote into the tensor that it was handed",
        ),
        Slip("return hidden", "Expected an array of shape (3, 4), got one of shape (3, 6, 4)"),
        Slip(
            "return (hidden * mask.unsqueeze(-1)).sum(dim=1) / (mask.sum(dim=1, keepdim=True) + 1)",
            "values are not",
        ),
    ],
    follows="That is `sentence-transformers`' mean pooling; brought to length 1, its vectors are the ones "
    "that `encode` gives. Whoever pools by hand tests it so: a message alone and in a batch, the same "
    "vector.",
)
