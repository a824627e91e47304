"""q3: a batch of equal rows, and a mask that knows what was text."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..alike import alike, follows
from ..expect import Array, Expectation, Parts
from ..function import Case, Function
from ..question import Misconception, Question, Slip
from .shared import Shared

_Rows = list[list[int]]
_REQUESTS = [[101, 8026, 2003, 2041, 102], [101, 7592, 102]]
_CHAT = [[1, 4093, 198, 6004, 2, 198], [1, 9690, 2]]  # its padding is the mark that ends a message
_OTHER = [[0, 31, 2], [0, 7, 8, 9, 2]]  # 0 begins a text here
_INPUTS: list[tuple[_Rows, int]] = [
    (_REQUESTS, 0),
    (_REQUESTS, 0),
    (_CHAT, 2),
    (_OTHER, 1),
    ([[101, 102]], 0),
]


def _padded(rows: _Rows, pad_id: int) -> _Rows:
    longest = max(map(len, rows))
    return [row + [pad_id] * (longest - len(row)) for row in rows]


def _mask(rows: _Rows) -> _Rows:
    return _padded([[1] * len(row) for row in rows], 0)


def _right(rows: _Rows, pad_id: int) -> tuple[_Rows, _Rows]:
    return _padded(rows, pad_id), _mask(rows)


def _by_value(zero: Callable[[int], int]) -> Callable[[_Rows, int], tuple[_Rows, _Rows]]:
    """The mask that is 0 where the id is ``zero(pad_id)``."""

    def rule(rows: _Rows, pad_id: int) -> tuple[_Rows, _Rows]:
        ids = _padded(rows, pad_id)
        return ids, [[int(id != zero(pad_id)) for id in row] for row in ids]

    return rule


def _ones(rows: _Rows, pad_id: int) -> tuple[_Rows, _Rows]:
    ids = _padded(rows, pad_id)
    return ids, [[1] * len(row) for row in ids]


def _inverted(rows: _Rows, pad_id: int) -> tuple[_Rows, _Rows]:
    return _padded(rows, pad_id), [[1 - one for one in row] for row in _mask(rows)]


def _left(rows: _Rows, pad_id: int) -> _Rows:
    return [row[::-1] for row in _padded([row[::-1] for row in rows], pad_id)]


def _ids(seen: Any) -> list[Any]:
    return [result[0] for result in seen]


def _wider(seen: Any) -> bool:
    return all(
        len(ids[0]) == len(ids[-1]) > max(map(len, rows))
        for ids, (rows, _) in zip(_ids(seen), _INPUTS, strict=True)
    )


def _changes_its_input(seen: Any) -> bool:
    """The first call is right; to the second, whose rows are the same object, they look equally long."""
    return alike(seen[0], _right(*_INPUTS[0])) and not alike(seen[1], seen[0])


@dataclass(frozen=True)
class _Ids(Array):
    """These ids, as whole numbers; or a mask, which may be of floats, too (``floats=True``)."""

    floats: bool = False

    def complaint(self, seen: Any) -> str | None:
        return super().complaint(seen) or self._odd(_kind(seen))

    def _odd(self, kind: str) -> str | None:
        if kind in "US":
            return "The numbers are text, and a model takes none: leave the quotes and `str()` away."
        if kind == "f" and not self.floats:
            return (
                "The values are right, as floats: an id is a whole number, and the model refuses any other "
                "(`Expected … Long, Int`). Say `dtype=torch.long` where you make the tensor, or leave "
                "`float()` away."
            )
        return None


def _kind(seen: Any) -> str:
    """numpy's letter for what an array holds, of nested lists, too: i, f, b, U, …"""
    import numpy as np

    return np.asarray(seen.tolist() if hasattr(type(seen), "tolist") else seen).dtype.kind


def _expects() -> Expectation:
    twice = Shared([list(row) for row in _REQUESTS])
    handed = [(twice, 0), (twice, 0), *_INPUTS[2:]]
    answers = [_right(*args) for args in _INPUTS]
    return Function(
        [
            Case(args, Parts({"input_ids": _Ids(ids), "attention_mask": _Ids(mask, floats=True)}))
            for args, (ids, mask) in zip(handed, answers, strict=True)
        ]
    )


_PADDED = """
longest = max(len(row) for row in rows)
ids = [row + [pad_id] * (longest - len(row)) for row in rows]
"""

question = Question(
    title="Pad a batch that the tokenizer never saw",
    expects=_expects,
    reference="""
        longest = max(len(row) for row in rows)
        ids = [row + [pad_id] * (longest - len(row)) for row in rows]
        mask = [[1] * len(row) + [0] * (longest - len(row)) for row in rows]
        return ids, mask
    """,
    alternatives=[
        """
        from torch.nn.utils.rnn import pad_sequence

        ids = pad_sequence([torch.tensor(row) for row in rows], batch_first=True, padding_value=pad_id)
        mask = pad_sequence([torch.ones(len(row)) for row in rows], batch_first=True)
        return ids, mask
        """,
        """
        lengths = torch.tensor([len(row) for row in rows])
        mask = torch.arange(lengths.max()) < lengths[:, None]
        ids = torch.full(mask.shape, pad_id)
        ids[mask] = torch.tensor([id for row in rows for id in row])
        return ids, mask
        """,
    ],
    hints=[
        "How long is the longest row? Every other gets as many `pad_id` as it is shorter.",
        "The mask has 1 for every id that was in the row and 0 for every one that you added: its source is "
        "the row's length.",
        "`row + [pad_id] * (longest - len(row))` makes a new list; `row.append` and `row +=` change the one "
        "you were lent.",
    ],
    misconceptions=[
        Misconception(
            "some other length",
            """
            ids = [row + [pad_id] * (5 - len(row)) for row in rows]
            return ids, [[1] * len(row) + [0] * (5 - len(row)) for row in rows]
            """,
            when=lambda seen: any(len(set(map(len, ids))) > 1 for ids in _ids(seen)),
            says="Your rows are not all equally long in every batch. How long they have to be differs from "
            "batch to batch: as long as the longest row.",
            also=["return rows, [[1] * len(row) for row in rows]"],
        ),
        Misconception(
            "what looks like padding is padding",
            _PADDED + "mask = [[int(id != pad_id) for id in row] for row in ids]\nreturn ids, mask",
            when=lambda seen: any(
                follows(_by_value(zero), _INPUTS)(seen) for zero in (lambda pad_id: pad_id, lambda pad_id: 0)
            ),
            says="You read the mask off the ids. An id that looks like padding may be text: the chat model "
            "pads with its end mark, which also ends every message, and elsewhere 0 begins a text. The "
            "rows' lengths know which is which.",
            also=[_PADDED + "ids = torch.tensor(ids)\nreturn ids, ids.bool()"],
        ),
        Misconception(
            "padding is 0",
            """
            longest = max(len(row) for row in rows)
            ids = [row + [0] * (longest - len(row)) for row in rows]
            mask = [[1] * len(row) + [0] * (longest - len(row)) for row in rows]
            return ids, mask
            """,
            when=lambda seen: follows(lambda rows, pad_id: _padded(rows, 0), _INPUTS)(_ids(seen)),
            says="You filled up with 0. That is this classifier's padding; another model's is another id, "
            "and 0 may be a word there. It comes in as `pad_id`.",
            also=[
                """
                from torch.nn.utils.rnn import pad_sequence

                ids = pad_sequence([torch.tensor(row) for row in rows], batch_first=True)
                return ids, (ids != pad_id).int()
                """
            ],
        ),
        Misconception(
            "a mask of ones",
            _PADDED + "return ids, [[1] * longest for row in rows]",
            when=follows(_ones, _INPUTS),
            says="The mask says 1 everywhere, so the model reads the padding as if it were text, and a "
            "message's answer changes with its neighbours. 0 where you added something.",
        ),
        Misconception(
            "1 marks the padding",
            _PADDED + "return ids, [[0] * len(row) + [1] * (longest - len(row)) for row in rows]",
            when=follows(_inverted, _INPUTS),
            says="The other way round: 1 means *read this*, 0 means padding. As it stands, the model would "
            "see nothing but padding.",
        ),
        Misconception(
            "the mask is padded with the padding's id",
            _PADDED + "return ids, [[1] * len(row) + [pad_id] * (longest - len(row)) for row in rows]",
            when=follows(
                lambda rows, pad_id: (
                    _padded(rows, pad_id),
                    _padded([[1] * len(row) for row in rows], pad_id),
                ),
                _INPUTS,
            ),
            says="You filled the mask up with `pad_id`. That is an id; the mask knows 1 and 0 alone.",
        ),
        Misconception(
            "padding goes to the left",
            """
            longest = max(len(row) for row in rows)
            ids = [[pad_id] * (longest - len(row)) + row for row in rows]
            mask = [[0] * (longest - len(row)) + [1] * len(row) for row in rows]
            return ids, mask
            """,
            when=lambda seen: follows(_left, _INPUTS)(_ids(seen)),
            says="You padded on the left. Models that generate want that (the text has to end where the "
            "answer begins); this classifier was trained with its padding on the right.",
        ),
        Misconception(
            "the shortest decides",
            """
            shortest = min(len(row) for row in rows)
            return [row[:shortest] for row in rows], [[1] * shortest for row in rows]
            """,
            when=lambda seen: follows(
                lambda rows, pad_id: [row[: min(map(len, rows))] for row in rows], _INPUTS
            )(_ids(seen)),
            says="You cut every message to the length of the shortest: equal rows, and lost text. Make the "
            "short ones longer.",
        ),
        Misconception(
            "the longest that there can be",
            """
            ids = [row + [pad_id] * (512 - len(row)) for row in rows]
            return ids, [[1] * len(row) + [0] * (512 - len(row)) for row in rows]
            """,
            when=_wider,
            says="Your rows are wider than the longest message. The mask hides the padding from the "
            "answer, not from the bill: the model computes every position. Pad to the longest of the batch.",
        ),
        Misconception(
            "the lent rows may be changed",
            """
            longest = max(len(row) for row in rows)
            mask = [[1] * len(row) + [0] * (longest - len(row)) for row in rows]
            for row in rows:
                row += [pad_id] * (longest - len(row))
            return rows, mask
            """,
            when=_changes_its_input,
            says="Right the first time, wrong when the same rows come again: your function padded the lists "
            "that it was lent (`append`, `extend` and `+=` do), and now nobody knows where the text ended. "
            "Build new lists.",
        ),
        Misconception(
            "the ids are enough",
            _PADDED + "return ids",
            when=follows(_padded, _INPUTS),
            says="The ids are right, and the mask is missing: without it, the model reads the padding as "
            "text. Give both, `return ids, mask`.",
        ),
        Misconception(
            "the mask is as long as the text",
            _PADDED + "return ids, [[1] * len(row) for row in rows]",
            when=follows(
                lambda rows, pad_id: (_padded(rows, pad_id), [[1] * len(row) for row in rows]), _INPUTS
            ),
            says="Each row of the mask ends where the text does. It has to be as long as its row of ids, "
            "with 0 for what you added.",
        ),
    ],
    slips=[
        Slip(
            """
            ids = torch.full((len(rows), max(len(row) for row in rows)), float(pad_id))
            mask = torch.zeros(ids.shape)
            for at, row in enumerate(rows):
                ids[at, :len(row)] = torch.tensor(row)
                mask[at, :len(row)] = 1
            return ids, mask
            """,
            "`input_ids`: The values are right, as floats",
        ),
        Slip(
            """
            longest = max(len(row) for row in rows)
            mask = [[1] * len(row) + [0] * (longest - len(row)) for row in rows]
            return [[str(id) for id in row] + [str(pad_id)] * (longest - len(row)) for row in rows], mask
            """,
            "`input_ids`: The numbers are text",
        ),
        Slip(
            _PADDED + 'return ids, [["1"] * len(row) + ["0"] * (longest - len(row)) for row in rows]',
            "`attention_mask`: The numbers are text",
        ),
        Slip(
            _PADDED + "return [[1] * len(row) + [0] * (longest - len(row)) for row in rows], ids",
            "The right parts, in another order",
        ),
        Slip(
            _PADDED + 'return {"input_ids": ids, "attention_mask": ids}',
            "Expected the 2 parts (input_ids, attention_mask), got a dict of 2 items",
        ),
    ],
    follows="This is what `tokenizer(texts, padding=True)` does. To see whether your own batching keeps "
    "its word, run a message alone and in a batch: the logits must agree.",
)
