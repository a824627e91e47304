"""q4: a letter that is longer than the model reads, in overlapping windows."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .. import plain
from ..describe import describe
from ..expect import Expectation
from ..function import Case, Function
from ..question import Misconception, Question, Slip
from .loaded import content

_LETTER = (
    "Dear town hall, since March nobody has emptied our paper bins behind number 9. I called twice, wrote "
    "an email, then waited eight weeks. Yesterday rats came out. Please send someone before Friday or I "
    "will tell every newspaper!"
)
_INPUTS = [(_LETTER, 16, 4), (_LETTER, 20, 7), ("The lift is out of order.", 16, 4), (_LETTER, 300, 50)]
_CLS, _SEP, _PAD = 101, 102, 0


def _right(text: str, size: int, overlap: int) -> list[list[int]]:
    ids = content("sentiment", text)
    room = size - 2
    starts = range(0, max(1, len(ids) - overlap), room - overlap)
    return [[_CLS, *ids[start : start + room], _SEP] for start in starts]


@dataclass(frozen=True)
class _Windows(Expectation):
    """These windows, each a list of ids; a batch from the tokenizer or a tensor's rows will do."""

    values: list[list[int]]

    def complaint(self, seen: Any) -> str | None:
        windows = _ids(seen)
        if windows is None:
            return f"Expected a list of windows, each a list of ids, got {describe(seen)}."
        if windows == self.values:
            return None
        if len(windows) != len(self.values):
            return f"{len(self.values)} windows are expected here, and {len(windows)} came out."
        wrong = next(
            at
            for at, pair in enumerate(zip(windows, self.values, strict=True))
            if len(set(map(tuple, pair))) > 1
        )
        return f"Window {wrong + 1} of {len(windows)} does not hold the ids that it should."


def _ids(seen: Any) -> list[list[int]] | None:
    """The windows as plain numbers; None where it is something else."""
    if not _rows(seen):
        return None
    windows = [[plain.number(id) for id in window] for window in seen if _rows(window)]
    if len(windows) != len(seen) or any(type(id) is not int for window in windows for id in window):
        return None
    return windows  # type: ignore[return-value]


def _rows(thing: Any) -> bool:
    return type(thing) in (list, tuple) or (hasattr(type(thing), "shape") and len(thing.shape) > 0)


@dataclass(frozen=True)
class _SetBack(Function):
    """As Function; a side from which the learner's tokenizer was told to cut does not outlive the try."""

    def observe(self, answer: Any) -> Any:
        try:
            return super().observe(answer)
        finally:
            learners = getattr(answer, "__globals__", {}).get("tokenizer")
            if learners is not None and hasattr(learners, "truncation_side"):
                learners.truncation_side = "right"


def _expects() -> Expectation:
    return _SetBack([Case(args, _Windows(_right(*args))) for args in _INPUTS])


def _of_the_letter(result: Any) -> list[list[int]]:
    """A case's windows, without special tokens."""
    return [[id for id in window if id not in (_CLS, _SEP)] for window in _ids(result) or []]


def _starts(result: Any) -> list[int]:
    """Where each window begins in the letter."""
    ids = content("sentiment", _LETTER)
    found = []
    for window in _of_the_letter(result):
        fits = (at for at in range(len(ids)) if ids[at : at + len(window)] == window)
        found.append(next(fits))
    return found


def _framed(window: list[int]) -> tuple[bool, bool]:
    return window[0] == _CLS, window[-1] == _SEP


def _frames(seen: Any) -> set[tuple[bool, bool]]:
    return {_framed(window) for result in seen for window in _ids(result) or []}


def _whole(seen: Any) -> bool:
    """All of the letter is in a window."""
    return all(_of_the_letter(result)[-1][-1] == content("sentiment", _LETTER)[-1] for result in seen[:2])


def _cut_off(seen: Any) -> bool:
    first = _right(*_INPUTS[0])[0]
    return any(list(map(plain.number, flat)) == first for flat in (seen[0], *seen[0]) if _rows(flat)) and (
        len(seen[0]) in (1, len(first))
    )


def _repeats(seen: Any) -> bool:
    """The last window but one had reached the letter's end already."""
    return any(_ends_before_the_last(result) for result in seen[:2])


def _ends_before_the_last(result: Any) -> bool:
    starts, windows = _starts(result), _of_the_letter(result)
    return starts[-2] + len(windows[-2]) == len(content("sentiment", _LETTER))


def _from_the_end(result: Any) -> bool:
    """The windows were filled from the letter's end on, as a tokenizer does that cuts on the left."""
    starts, windows = _starts(result), _of_the_letter(result)
    first, last = windows[0], windows[-1]
    if starts == sorted(starts, reverse=True):
        return starts[0] > 0 and first[-1] == _last_id()
    return starts == sorted(starts) and len(first) < len(last) and last[-1] == _last_id()


def _last_id() -> int:
    return content("sentiment", _LETTER)[-1]


def _step(overlap_for: Callable[[int, int], int]) -> Callable[[Any], bool]:
    _, size, overlap = _INPUTS[0]
    return lambda seen: _starts(seen[0])[:3] == [at * overlap_for(size - 2, overlap) for at in range(3)]


_BY_HAND = """
ids = tokenizer(text, add_special_tokens=False, verbose=False)["input_ids"]
room = {room}
windows = []
for start in range(0, {end}, {step}):
    windows.append({window})
return windows
"""
_WINDOW = "[tokenizer.cls_token_id, *ids[start:start + room], tokenizer.sep_token_id]"


def _by_hand(
    room: str = "size - 2",
    end: str = "max(1, len(ids) - overlap)",
    step: str = "room - overlap",
    window: str = _WINDOW,
) -> str:
    return _BY_HAND.format(room=room, end=end, step=step, window=window)


_BY_CLASS = (
    "return tokenizer(text, truncation=True, max_length=size, stride={stride}, "
    'return_overflowing_tokens=True{more})["input_ids"]'
)

question = Question(
    title="The end of a long letter",
    expects=_expects,
    reference="""
        batch = tokenizer(
            text, truncation=True, max_length=size, stride=overlap, return_overflowing_tokens=True
        )
        return batch["input_ids"]
    """,
    alternatives=[
        _by_hand(),
        """
        ids = tokenizer.convert_tokens_to_ids(tokenizer.tokenize(text))
        room, start, windows = size - 2, 0, []
        while True:
            windows.append(tuple([101, *ids[start : start + room], 102]))
            if start + room >= len(ids):
                return windows
            start += room - overlap
        """,
    ],
    hints=[
        "The tokenizer can do it: look for `return_overflowing_tokens` in what it takes. By hand is as good.",
        "By hand: `size` counts `[CLS]` and `[SEP]`, so a window has room for `size - 2` ids of the text.",
        "The next window begins `room - overlap` ids after the last one. Stop as soon as a window has "
        "reached the end of the text. (The tokenizer's `stride` is the overlap.)",
    ],
    misconceptions=[
        Misconception(
            "whoever needs the end cuts on the left",
            'tokenizer.truncation_side = "left"\n' + _BY_CLASS.format(stride="overlap", more=""),
            when=lambda seen: _from_the_end(seen[0]),
            says="Your windows were filled from the letter's end: that is what `truncation_side` at `left` "
            "does, and it lists them backwards (or keeps that one alone). They are wanted from the beginning "
            "on, all full but the last: leave that setting alone. On your `tokenizer`, the check has set it "
            "back.",
            also=[
                """
                tokenizer.truncation_side = "left"
                return [tokenizer(text, truncation=True, max_length=size)["input_ids"]]
                """,
                'tokenizer.truncation_side = "left"\n'
                + _BY_CLASS.format(stride="overlap", more="")
                + "[::-1]",
            ],
        ),
        Misconception(
            "a tokenizer is a tokenizer",
            _BY_CLASS.format(stride="overlap", more="").replace("tokenizer(", "chat_tokenizer("),
            when=lambda seen: (
                (_ids(seen[0]) or [])[0][:3]
                in (content("chat", _LETTER)[:3], [_CLS, *content("chat", _LETTER)[:2]])
            ),
            says="Those are the chat model's ids: to the classifier each of them is another word. Its own "
            "are made by `tokenizer`.",
        ),
        Misconception(
            "a batch is its ids",
            _BY_CLASS.format(stride="overlap", more="").removesuffix('["input_ids"]'),
            when=lambda seen: "input_ids" in seen[0],
            says="That is all that the tokenizer gives, masks included. The windows are its `input_ids`.",
        ),
        Misconception(
            "one window holds it all",
            'return [tokenizer(text, verbose=False)["input_ids"]]',
            when=lambda seen: max(len(window) for window in _ids(seen[0]) or []) > _INPUTS[0][1] + 2,
            says="There is a window with more ids than `size`, and that is all that the model can take.",
            also=[_BY_CLASS.format(stride="overlap", more="").replace(" max_length=size,", "")],
        ),
        Misconception(
            "room is made twice",
            _BY_CLASS.format(stride="overlap", more="").replace("max_length=size", "max_length=size - 2"),
            when=lambda seen: (
                max(len(window) for window in _ids(seen[0]) or []) == _INPUTS[0][1] - 2
                and _frames(seen) == {(True, True)}
            ),
            says="Your windows are two ids shorter than they can be: `size` counts `[CLS]` and `[SEP]`, "
            "and so does the tokenizer's `max_length`.",
            also=[_by_hand(room="size - 4")],
        ),
        Misconception(
            "windows are filled up",
            _BY_CLASS.format(stride="overlap", more=', padding="max_length"'),
            when=lambda seen: any(_PAD in window for result in seen for window in _ids(result) or []),
            says="The windows are right and filled up with padding. That belongs to batching, where a mask "
            "goes with it; here the last window may be shorter.",
        ),
        Misconception(
            "truncation is enough",
            'return tokenizer(text, truncation=True, max_length=size)["input_ids"]',
            when=_cut_off,
            says="That is the letter's beginning alone: truncation cuts the rest off and says nothing. "
            "What was asked for is in the rest. `return_overflowing_tokens=True` keeps it.",
            also=['return [tokenizer(text, truncation=True, max_length=size)["input_ids"]]'],
        ),
        Misconception(
            "special tokens take no room",
            _by_hand(room="size"),
            when=lambda seen: max(len(window) for window in _ids(seen[0]) or []) == _INPUTS[0][1] + 2,
            says="Your windows have two ids too many for the model: `[CLS]` and `[SEP]` are read as well, "
            "and `size` counts them.",
        ),
        Misconception(
            "windows need no special tokens",
            _by_hand(window="ids[start:start + room]"),
            when=lambda seen: _frames(seen) == {(False, False)},
            says="Your windows are text alone. The classifier was trained on `[CLS] … [SEP]`, and reads its "
            "answer off the first of the two: give every window both.",
            also=[_by_hand(room="size", window="ids[start:start + room]")],
        ),
        Misconception(
            "special tokens mark the letter's ends",
            """
            ids = tokenizer(text, verbose=False)["input_ids"]
            return [ids[start:start + size] for start in range(0, max(1, len(ids) - overlap), size - overlap)]
            """,
            when=lambda seen: (True, False) in _frames(seen),
            says="You cut up `[CLS] … [SEP]`, so the first window has no end and the others have no "
            "beginning. To the model each window is a text of its own, with both.",
        ),
        Misconception(
            "the overlap is the step",
            _by_hand(step="overlap"),
            when=_step(lambda room, overlap: overlap),
            says="Your windows begin `overlap` ids apart; they should *share* that many. Elsewhere a "
            "stride is a step; here, and in the tokenizer's `stride`, it is what two neighbours have in "
            "common.",
            also=[_BY_CLASS.format(stride="size - 2 - overlap", more="")],
        ),
        Misconception(
            "no overlap",
            _by_hand(end="len(ids)", step="room"),
            when=_step(lambda room, overlap: room),
            says="Your windows do not overlap: a sentence that lies across the cut is read by nobody as a "
            "whole. Neighbours share `overlap` ids.",
            also=[_BY_CLASS.format(stride="0", more="")],
        ),
        Misconception(
            "the special tokens are in the overlap",
            _by_hand(step="size - overlap", end="max(1, len(ids))"),
            when=_step(lambda room, overlap: room + 2 - overlap),
            says="Neighbours share two ids fewer than they should. A window brings `size - 2` ids of the "
            "text, so the next begins `size - 2 - overlap` further on.",
        ),
        Misconception(
            "the overlap is added",
            _by_hand(step="room + overlap", end="len(ids)"),
            when=_step(lambda room, overlap: room + overlap),
            says="Between two of your windows `overlap` ids are in neither: you added the overlap to the "
            "step. To share them, the next window has to begin *earlier*: `room - overlap`.",
        ),
        Misconception(
            "a full window or none",
            _by_hand(end="len(ids) - room + 1"),
            when=lambda seen: not _whole(seen),
            says="The end of the letter is in no window: you kept full windows only. The last may be "
            "shorter, and a short message is one short window.",
        ),
        Misconception(
            "one more to be sure",
            _by_hand(end="len(ids)"),
            when=_repeats,
            says="Your last window holds nothing that the one before does not hold. Stop as soon as a "
            "window has reached the end: every window is a run of the model.",
        ),
        Misconception(
            "windows of characters",
            "return [text[start:start + size] for start in range(0, len(text), size - overlap)]",
            when=lambda seen: isinstance(seen[0][0], str) or isinstance(seen[0][0][0], str),
            says="Those are pieces of text. The model's limit is in tokens, and a character is not one: "
            "give lists of ids.",
            also=[
                """
                tokens = tokenizer.tokenize(text)
                return [tokens[start:start + size - 2] for start in range(0, len(tokens), size - 2 - overlap)]
                """
            ],
        ),
    ],
    slips=[
        Slip("return 4", "Expected a list of windows, each a list of ids, got the number 4"),
        Slip("return [[101, 102]]", "windows are expected here, and 1 came out"),
    ],
    follows="Run the model on every window, and take the most urgent answer: the rats stood behind the cut. "
    "What you pay is the overlap, read twice.",
)
