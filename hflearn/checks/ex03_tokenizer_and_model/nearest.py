"""q7: for each message, which other one is most like it."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from ..alike import follows
from ..expect import Array, Expectation
from ..function import Case
from ..lending import Lending
from ..question import Misconception, Question, Slip

_VECTORS = [
    # a long vector, and one that is near to another by distance and not by direction
    [[1.0, 0.1, 0.0], [5.0, 0.4, 0.1], [0.7, 0.7, 0.0], [9.0, 6.0, 3.0], [0.1, 0.5, 0.1], [2.0, -3.0, 1.0]],
    # all are unlike: every pair has a negative similarity
    [[1.0, 0.0], [-0.3, 0.9], [-0.8, -0.7]],
    # the same message twice
    [[0.5, 0.5, 0.1], [1.0, -0.2, 0.3], [0.5, 0.5, 0.1], [0.9, 0.1, 0.8]],
    # opposites: a similarity of exactly -1, and no other choice
    [[2.0, 0.0], [-2.0, 0.0]],
]


@cache
def _inputs() -> list[tuple[Any]]:
    import torch

    return [(torch.tensor(vectors),) for vectors in _VECTORS]


def _similarity(vectors: Any) -> Any:
    unit = vectors / vectors.norm(dim=-1, keepdim=True)
    return unit @ unit.T


def _others(scores: Any, instead: float) -> Any:
    scores = scores.clone()
    scores.fill_diagonal_(instead)
    return scores


def _without_the_same(vectors: Any, limit: float) -> Any:
    scores = _similarity(vectors)
    return scores.masked_fill(scores > limit, -2.0).argmax(-1)


def _removed(vectors: Any) -> list[int]:
    """The places among the others, as if nobody had been left out."""
    return [at - (at > own) for own, at in enumerate(_right(vectors).tolist())]


def _down_the_columns(vectors: Any) -> Any:
    unit = vectors / vectors.norm(dim=0, keepdim=True).clamp(min=1e-12)
    return _others(unit @ unit.T, float("-inf")).argmax(-1)


def _right(vectors: Any) -> Any:
    return _others(_similarity(vectors), -2.0).argmax(-1)


def _does(rule: Callable[[Any], Any], cases: int = len(_VECTORS)) -> Callable[[Any], bool]:
    return lambda seen: follows(rule, _inputs()[:cases])(seen)


def _itself(seen: Any) -> bool:
    """For some message of the batch with the twins, itself; and no worse than that."""
    return _does(_right, 2)(seen) and any(int(got) == at for at, got in enumerate(seen[2]))


def _expects() -> Expectation:
    return Lending([Case(args, Array(_right(*args).numpy())) for args in _inputs()])


_SIMILAR = "unit = torch.nn.functional.normalize(vectors, dim=-1)\nsimilarity = unit @ unit.T\n"

question = Question(
    title="Which other message is most like it?",
    expects=_expects,
    reference="""
        unit = torch.nn.functional.normalize(vectors, dim=-1)
        similarity = unit @ unit.T
        similarity.fill_diagonal_(float("-inf"))
        return similarity.argmax(dim=-1)
    """,
    alternatives=[
        """
        nearest = []
        for at, vector in enumerate(vectors):
            similar = torch.cosine_similarity(vector[None], vectors).tolist()
            others = [other for other in range(len(vectors)) if other != at]
            nearest.append(max(others, key=lambda other: similar[other]))
        return nearest
        """,
        _SIMILAR + "return (similarity - 3 * torch.eye(len(vectors))).max(dim=1).indices.numpy()",
    ],
    hints=[
        "Cosine similarity: bring each vector to length 1 (`torch.nn.functional.normalize(vectors, "
        "dim=-1)`), then multiply each with each: `unit @ unit.T`.",
        "Row by row, `argmax(dim=-1)` says which is most similar. Most similar to itself is each message "
        "itself: make sure that the diagonal cannot win.",
        "What is below every cosine, the negative ones too? `similarity.fill_diagonal_(float('-inf'))`.",
    ],
    misconceptions=[
        Misconception(
            "nothing is more like it than itself",
            _SIMILAR + "return similarity.argmax(dim=-1)",
            when=_does(lambda vectors: list(range(len(vectors))), 2),
            says="Each message found itself, of course: similarity 1. The *other* one is wanted: take the "
            "diagonal out of the race.",
        ),
        Misconception(
            "the products need no lengths",
            """
            similarity = vectors @ vectors.T
            similarity.fill_diagonal_(float("-inf"))
            return similarity.argmax(dim=-1)
            """,
            when=_does(lambda vectors: _others(vectors @ vectors.T, float("-inf")).argmax(-1)),
            says="Without bringing the vectors to length 1, a long vector is like everybody: the product "
            "grows with its length. Cosine compares directions alone.",
        ),
        Misconception(
            "near is alike",
            """
            distance = torch.cdist(vectors, vectors)
            distance.fill_diagonal_(float("inf"))
            return distance.argmin(dim=-1)
            """,
            when=_does(lambda v: _others((v[:, None] - v[None]).norm(dim=-1), float("inf")).argmin(-1)),
            says="You measured distances. Of vectors of length 1 that would give the same order; these have "
            "other lengths, and a short vector is near to every short one. Compare directions.",
        ),
        Misconception(
            "0 is below every similarity",
            _SIMILAR + "similarity.fill_diagonal_(0)\nreturn similarity.argmax(dim=-1)",
            when=_does(lambda vectors: _others(_similarity(vectors), 0.0).argmax(-1)),
            says="Right until all others are unlike: a cosine can be negative, and then the 0 on the "
            "diagonal wins. Put there what is below -1.",
            also=[
                _SIMILAR + "return (similarity - torch.eye(len(vectors))).round(decimals=4).argmax(dim=-1)"
            ],
        ),
        Misconception(
            "nothing is as unlike as -1",
            _SIMILAR + "similarity.fill_diagonal_(-1)\nreturn similarity.argmax(dim=-1)",
            when=lambda seen: _does(_right, 3)(seen) and list(map(int, seen[3])) == [0, 0],
            says="Right until the only other one is the exact opposite: its cosine is -1, as much as you "
            "put on the diagonal, and the first of two equals wins. Put there what is *below* -1: "
            "`float('-inf')`.",
            also=[_SIMILAR + "return (similarity - 2 * torch.eye(len(vectors))).argmax(dim=-1)"],
        ),
        Misconception(
            "counting begins at 1",
            _SIMILAR + 'similarity.fill_diagonal_(float("-inf"))\nreturn similarity.argmax(dim=-1) + 1',
            when=_does(lambda vectors: _right(vectors) + 1),
            says="One too many, everywhere: the first row has the number 0.",
        ),
        Misconception(
            "who is taken out leaves no gap",
            """
            nearest = []
            for at, vector in enumerate(vectors):
                others = torch.cat([vectors[:at], vectors[at + 1:]])
                nearest.append(int(torch.cosine_similarity(vector[None], others).argmax()))
            return nearest
            """,
            when=_does(_removed),
            says="Those are places among the others alone. Where the message itself was taken out, all "
            "behind it moved up by one: add 1 to a place that is not before its own, or leave the row in "
            "and keep it from winning.",
        ),
        Misconception(
            "largest and where are one",
            _SIMILAR + 'similarity.fill_diagonal_(float("-inf"))\nreturn similarity.max(dim=-1)',
            when=lambda seen: isinstance(seen[0], tuple) and hasattr(seen[0], "indices"),
            says="`max` along a dimension gives two things, `.values` and `.indices`. The places are wanted: "
            "`.indices`, or `argmax`.",
        ),
        Misconception(
            "one's own is the best, so the second is the other",
            _SIMILAR + "return similarity.topk(2, dim=-1).indices[:, 1]",
            when=_itself,
            says="Right until a message was sent twice: then its twin is as similar as it is itself, and the "
            "second best may be the message itself. Exclude it by its place, not by its rank.",
            also=[_SIMILAR + "return similarity.argsort(dim=-1, stable=True)[:, -2]"],
        ),
        Misconception(
            "what is the same is the message itself",
            _SIMILAR + "similarity[similarity > 0.999] = -2\nreturn similarity.argmax(dim=-1)",
            when=lambda seen: any(
                _does(partial(_without_the_same, limit=limit))(seen)
                for limit in (0.99, 0.999, 0.9999, 0.99999)
            ),
            says="You excluded whatever has a similarity of 1, and with it the message that was sent "
            "twice, which is the very one to find. Exclude the message by its place: the diagonal.",
            also=[_SIMILAR + "similarity[similarity > 0.9999] = -2\nreturn similarity.argmax(dim=-1)"],
        ),
        Misconception(
            "the least is the nearest",
            _SIMILAR + "return similarity.argmin(dim=-1)",
            when=_does(lambda vectors: _similarity(vectors).argmin(-1)),
            says="Those are the *least* similar ones. A distance is small where things are alike; a "
            "similarity is large.",
        ),
        Misconception(
            "lengths go down the columns",
            """
            unit = torch.nn.functional.normalize(vectors, dim=0)
            similarity = unit @ unit.T
            similarity.fill_diagonal_(float("-inf"))
            return similarity.argmax(dim=-1)
            """,
            when=_does(_down_the_columns),
            says="You normalised along the wrong axis: with `dim=0` each *column* gets length 1. A message "
            "is a row: `dim=-1`.",
        ),
        Misconception(
            "how similar is which",
            _SIMILAR + 'similarity.fill_diagonal_(float("-inf"))\nreturn similarity.max(dim=-1).values',
            when=_does(lambda vectors: _others(_similarity(vectors), -2.0).amax(-1)),
            says="That is how similar the nearest one is. The desk wants to know which one it is: its place, "
            "`argmax`.",
        ),
        Misconception(
            "all pairs are the answer",
            _SIMILAR + "return similarity",
            when=lambda seen: all(
                tuple(got.shape) == (len(vectors), len(vectors))
                for got, vectors in zip(seen, _VECTORS, strict=True)
            ),
            says="That is every message against every other. Of each row, the place of the largest is "
            "wanted.",
        ),
    ],
    slips=[
        Slip(
            """
            vectors /= vectors.norm(dim=-1, keepdim=True)
            similarity = vectors @ vectors.T
            return similarity.fill_diagonal_(float("-inf")).argmax(dim=-1)
            """,
            "wrote into the tensor that it was handed",
        ),
        Slip("return [1] * len(vectors)", "values are not"),
        Slip("return 3", "Expected an array of shape (6,), got the number 3"),
    ],
    follows="Show the desk the nearest one beside a new message, with the similarity: below a limit that you "
    "have measured, call it new. The twin is worth a rule of its own: people send twice.",
)
