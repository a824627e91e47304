"""q1: the class that an AutoClass chooses decides which head is on the model."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from .. import plain
from ..describe import describe
from ..loaded import quiet, repo_id, tokenizer
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip
from .guests import REVIEWS
from .models import stars


def _complain(seen: Any) -> str | None:
    counts = _whole(seen)
    right = stars(REVIEWS)
    if seen is None:
        return NOTHING
    if counts is None:
        return f"Expected a list of {len(right)} whole numbers from 1 to 5, got {_got(seen)}."
    if counts == right:
        return None
    if len(counts) != len(right):
        return f"Expected a number for each of the {len(right)} reviews, got {len(counts)}."
    same = sum(a == b for a, b in zip(counts, right, strict=True))
    return (
        f"{same} of the {len(right)} reviews have the stars that the model with its own head gives them. "
        "Is it the model's own head, and is its answer taken as it is?"
    )


def _whole(seen: Any) -> list[int] | None:
    if hasattr(type(seen), "tolist"):
        seen = seen.tolist()
    if type(seen) not in (list, tuple):
        return None
    numbers = [plain.number(item) for item in seen]
    return [int(n) for n in numbers if n is not None] if all(type(n) is int for n in numbers) else None


def _got(seen: Any) -> str:
    first = f", the first of which is {describe(seen[0])}" if type(seen) is list and seen else ""
    return f"{describe(seen)}{first}"


def _off_by(seen: Any, by: int) -> bool:
    return _whole(seen) == [count + by for count in stars(REVIEWS)]


@cache
def _first_tokens() -> Sequence[int]:
    """The stars of each review's first token, by the head for tokens: it has the same shape."""
    import torch
    from transformers import AutoModelForTokenClassification

    with quiet(), torch.no_grad():
        model = AutoModelForTokenClassification.from_pretrained(repo_id("sentiment"))
        batch = tokenizer("sentiment")(REVIEWS, padding=True, return_tensors="pt")
        return [1 + place for place in model(**batch).logits[:, 0].argmax(dim=-1).tolist()]


_WITH = """
tokenizer = AutoTokenizer.from_pretrained(hflearn.model("sentiment"))
model = {model}
batch = tokenizer(reviews, padding=True, return_tensors="pt")
with torch.no_grad():
    logits = model(**batch){logits}
return {gives}
"""
_OWN = 'AutoModelForSequenceClassification.from_pretrained(hflearn.model("sentiment"))'
_BARE = 'AutoModel.from_pretrained(hflearn.model("sentiment"))'
_TOKENS = 'AutoModelForTokenClassification.from_pretrained(hflearn.model("sentiment"))'
_PLUS_ONE = "(logits.argmax(dim=-1) + 1).tolist()"

question = Question(
    title="“has no attribute 'logits'”",
    expects=lambda: Patient(lambda stars: run(stars, "a few reviews", list(REVIEWS)), _complain),
    reference=_WITH.format(model=_OWN, logits=".logits", gives=_PLUS_ONE),
    alternatives=[
        """
        judge = pipeline("text-classification", model=hflearn.model("sentiment"))
        return [int(said["label"][0]) for said in judge(reviews)]
        """,
        """
        tokenizer = AutoTokenizer.from_pretrained(hflearn.model("sentiment"))
        model = AutoModelForSequenceClassification.from_pretrained(hflearn.model("sentiment"))
        counts = []
        for review in reviews:
            with torch.no_grad():
                scores = model(**tokenizer(review, return_tensors="pt")).logits[0]
            counts.append(int(model.config.id2label[int(scores.argmax())][0]))
        return counts
        """,
    ],
    hints=[
        "What `AutoModel` loads ends in hidden states: 384 numbers for each token. What turns them into one "
        "score for each class?",
        "That is the head, and the class says which: there is an `AutoModelFor…` for every task. This task "
        "puts a whole sequence of tokens into one of five classes.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            _WITH.format(model=_BARE, logits=".logits", gives=_PLUS_ONE),
            when=lambda seen: isinstance(seen, AttributeError) and "logits" in str(seen),
            says="It still asks for `.logits` what has none. `AutoModel` loads a model without its head: it "
            "stops at the hidden states. Load it by the class that names the task.",
        ),
        Misconception(
            "hidden states are scores",
            _WITH.format(model=_BARE, logits=".pooler_output", gives=_PLUS_ONE),
            when=lambda seen: len(_whole(seen) or []) == len(REVIEWS) and max(_whole(seen) or [0]) > 5,
            says="Hotels have five stars, and you found more: those are the places of the largest of 384 "
            "hidden numbers, which are no classes. The error is gone because you asked for another field; "
            "the head that turns them into five scores is still missing.",
            also=[
                _WITH.format(model=_BARE, logits=".last_hidden_state[:, 0]", gives=_PLUS_ONE),
                _WITH.format(model=_BARE, logits=".last_hidden_state.mean(dim=1)", gives=_PLUS_ONE),
            ],
        ),
        Misconception(
            "any head will do: every token",
            _WITH.format(model=_TOKENS, logits=".logits", gives=_PLUS_ONE),
            when=lambda seen: (
                type(seen) is list
                and len(seen) == len(REVIEWS)
                and all(len(_whole(row) or []) > 1 for row in seen)
            ),
            says="You have a row of stars for each review: one for every token. That is the head for tokens, "
            "which fits by chance of shape. The task is to classify the whole sequence.",
        ),
        Misconception(
            "any head will do: the first token",
            _WITH.format(model=_TOKENS, logits=".logits[:, 0]", gives=_PLUS_ONE),
            when=lambda seen: _whole(seen) == _first_tokens(),
            says="You took the head for tokens, and the first token's answer. The shapes fit, so nothing "
            "complained, but it skips a layer that the star head was trained on (the pooler), and the "
            "answers change. Load the class for whole sequences.",
        ),
        Misconception(
            "an error is a nuisance",
            """
            try:
                model = AutoModel.from_pretrained(hflearn.model("sentiment"))
                return (model(**{}).logits.argmax(dim=-1) + 1).tolist()
            except Exception:
                return [3] * len(reviews)
            """,
            when=lambda seen: len(_whole(seen) or []) == len(REVIEWS) and len(set(_whole(seen) or [])) == 1,
            says="Every review has the same stars. An `except` that makes an answer up, or a head that was "
            "never trained, looks like this: the error is silent now, and the fault is still there.",
            also=["return [5 for review in reviews]"],
        ),
        Misconception(
            "classes count from one",
            _WITH.format(model=_OWN, logits=".logits", gives="logits.argmax(dim=-1).tolist()"),
            when=lambda seen: _off_by(seen, -1),
            says="The head is right now, and every review has lost a star: the repair took the `+ 1` away. "
            "The classes count from 0, the stars from 1.",
        ),
    ],
    slips=[
        Slip(
            """
            judge = pipeline("text-classification", model=hflearn.model("sentiment"))
            return [said["label"] for said in judge(reviews)]
            """,
            "whole numbers from 1 to 5",
        ),
        Slip(_WITH.format(model=_OWN, logits=".logits", gives="None"), "gave nothing back"),
        Slip(
            _WITH.format(model=_OWN, logits=".logits[:1]", gives=_PLUS_ONE),
            "for each of the 11 reviews, got 1",
        ),
        Slip(
            _WITH.format(model=_OWN, logits=".logits", gives="(logits.argmax(dim=0) + 1).tolist()"),
            "for each of the 11 reviews, got 5",
        ),
        Slip(
            """
            tokenizer = AutoTokenizer.from_pretrained(hflearn.model("sentiment"))
            model = AutoModelForSequenceClassification.from_pretrained(hflearn.model("sentiment"))
            ones = [model(**tokenizer(review, return_tensors="pt")) for review in reviews]
            return [one.logits.argmax(dim=-1) + 1 for one in ones]
            """,
            "the first of which is an array (Tensor) of shape (1,)",
        ),
        Slip(
            _WITH.format(model=_OWN, logits=".logits.flip(0)", gives=_PLUS_ONE),
            "of the 11 reviews have the stars",
        ),
    ],
    follows="The class names the head. After loading, look at the report: a head that is UNEXPECTED was "
    "thrown away, one that is MISSING was made up.",
)
