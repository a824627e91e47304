"""q5: three classes asked of a head that has five, and the advice in the error message."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from .. import plain
from ..expect import Strings
from ..loaded import tokenizer
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip
from .guests import MOODS
from .models import classifier, logits, stars

_OF_STARS = ["unhappy", "unhappy", "so-so", "happy", "happy"]


@dataclass(frozen=True)
class _Seen:
    said: Any
    new_head: bool  # weights were reported that did not come from the repository, or it changed its mind

    def follows(self, of_stars: Sequence[str], by: int = 0) -> bool:
        """Whether these words for 1 to 5 stars, the stars taken ``by`` too many, gave the answer."""
        return plain.texts(self.said) == [of_stars[count - 1 + by] for count in stars(MOODS)]


def _examine(mood: Any) -> _Seen:
    with _reports() as reports:
        said, again = (run(mood, "a few reviews", list(MOODS)) for _ in range(2))
    made_up = any("MISMATCH" in text or "MISSING" in text for text in reports)
    return _Seen(said, made_up or plain.texts(said) != plain.texts(again))


@contextmanager
def _reports() -> Iterator[list[str]]:
    """What transformers has to say meanwhile, unless it was told to be silent."""
    heard: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    library = logging.getLogger("transformers")
    library.addHandler(handler)
    try:
        yield heard
    finally:
        library.removeHandler(handler)


def _complain(seen: _Seen) -> str | None:
    if seen.said is None:
        return NOTHING
    right = [_OF_STARS[count - 1] for count in stars(MOODS)]
    texts = plain.texts(seen.said)
    if texts is None or len(texts) != len(right) or set(texts) - set(_OF_STARS):
        return (
            'Expected "unhappy", "so-so" or "happy" for each review. '
            f"{Strings(right, kind='these words').complaint(seen.said)}"
        )
    same = sum(a == b for a, b in zip(texts, right, strict=True))
    if same == len(right):
        return None
    return (
        f"{same} of the {len(right)} moods agree with the stars. If a head of three classes answered, it was "
        "never trained, whatever it says; if the five stars did, look at which of them you call what."
    )


def _of_sums(texts: list[str]) -> list[str]:
    """By the largest of three sums of scores, which are no chances yet."""
    scores = logits(classifier("sentiment"), tokenizer("sentiment"), texts)
    sums = zip(scores[:, :2].sum(-1), scores[:, 2], scores[:, 3:].sum(-1), strict=True)
    return [["unhappy", "so-so", "happy"][max(range(3), key=of.__getitem__)] for of in sums]


def _of_three(texts: list[str]) -> list[str]:
    scores = logits(classifier("sentiment"), tokenizer("sentiment"), texts)
    return [["unhappy", "so-so", "happy"][place] for place in scores[:, :3].argmax(dim=-1).tolist()]


_WITH = """
repo_id = hflearn.model("sentiment")
tokenizer = AutoTokenizer.from_pretrained(repo_id)
model = AutoModelForSequenceClassification.from_pretrained(repo_id{options})
batch = tokenizer(reviews, padding=True, truncation=True, return_tensors="pt")
with torch.no_grad():
    classes = model(**batch).logits{some}.argmax(dim=-1)
return [{words}[place] for place in classes.tolist()]
"""
_THREE = '["unhappy", "so-so", "happy"]'


def _sample(words: str, options: str = "", some: str = "") -> str:
    return _WITH.format(words=words, options=options, some=some)


_FIVE = '["unhappy", "unhappy", "so-so", "happy", "happy"]'

question = Question(
    title="“You set `ignore_mismatched_sizes` to `False`”",
    expects=lambda: Patient(_examine, _complain),
    reference=_sample(_FIVE),
    alternatives=[
        """
        judge = pipeline("text-classification", model=hflearn.model("sentiment"))
        mood = {"1": "unhappy", "2": "unhappy", "3": "so-so", "4": "happy", "5": "happy"}
        return [mood[said["label"][0]] for said in judge(reviews)]
        """,
        """
        repo_id = hflearn.model("sentiment")
        tokenizer = AutoTokenizer.from_pretrained(repo_id)
        model = AutoModelForSequenceClassification.from_pretrained(repo_id)
        batch = tokenizer(reviews, padding=True, return_tensors="pt")
        with torch.no_grad():
            p = model(**batch).logits.softmax(dim=-1)
        three = torch.stack([p[:, :2].sum(-1), p[:, 2], p[:, 3:].sum(-1)], dim=-1)
        return [["unhappy", "so-so", "happy"][place] for place in three.argmax(dim=-1).tolist()]
        """,
    ],
    hints=[
        "Read the report above the error: how many classes has the head in the repository, how many were "
        "asked for? `num_labels` does not choose among classes, it builds the head.",
        "The message offers a switch. What would the head hold that it lets you load?",
        "Load the model as it was trained, with five classes, and sort its five answers into your three.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            _sample(_THREE, ", num_labels=3"),
            when=lambda seen: isinstance(seen, RuntimeError | ValueError) and "mismatch" in str(seen),
            says="It still asks for a head of three classes, and the one in the repository has five: the "
            "sizes do not match, as the report above the error says. A head cannot be cut down by asking.",
        ),
        Misconception(
            "the message knows best",
            _sample(_THREE, ", num_labels=3, ignore_mismatched_sizes=True"),
            when=lambda seen: seen.new_head,
            says="It loads, and it guesses: read the report that it prints. The trained head was thrown "
            "away, and one of random numbers put in its place, a new one at every start. "
            "`ignore_mismatched_sizes` (or a repository without such a head) is for those who train next.",
            also=[
                _sample(_THREE, ", num_labels=3").replace('"sentiment"', '"embed"'),
                "torch.manual_seed(0)\n"
                + _sample(_THREE, ", num_labels=3, ignore_mismatched_sizes=True").strip(),
            ],
        ),
        Misconception(
            "the first three are the three",
            _sample(_THREE, some="[:, :3]"),
            when=lambda seen: plain.texts(seen.said) == _of_three(MOODS),
            says="You kept the first three of five scores and named them anew. They are 1, 2 and 3 stars: "
            "whoever gave 4 or 5 has no class any more.",
        ),
        Misconception(
            "scores add up",
            """
            repo_id = hflearn.model("sentiment")
            tokenizer = AutoTokenizer.from_pretrained(repo_id)
            model = AutoModelForSequenceClassification.from_pretrained(repo_id)
            batch = tokenizer(reviews, padding=True, return_tensors="pt")
            with torch.no_grad():
                p = model(**batch).logits
            three = torch.stack([p[:, :2].sum(-1), p[:, 2], p[:, 3:].sum(-1)], dim=-1)
            return [["unhappy", "so-so", "happy"][place] for place in three.argmax(dim=-1).tolist()]
            """,
            when=lambda seen: plain.texts(seen.said) == _of_sums(MOODS),
            says="The head is right, and what you added up are scores: logits, some of them below zero, so "
            "that a second one can make a sum smaller. Chances add up: take the softmax first (or the best "
            "of the five, and then its mood).",
        ),
        Misconception(
            "only the ends count",
            _sample('["unhappy", "so-so", "so-so", "so-so", "happy"]'),
            when=lambda seen: seen.follows(["unhappy", "so-so", "so-so", "so-so", "happy"]),
            says="The head is right, and 2 and 4 stars came out as so-so. The manager's rule: 1 or 2 "
            "unhappy, 3 so-so, 4 or 5 happy.",
        ),
        Misconception(
            "classes count from one",
            """
            repo_id = hflearn.model("sentiment")
            tokenizer = AutoTokenizer.from_pretrained(repo_id)
            model = AutoModelForSequenceClassification.from_pretrained(repo_id)
            batch = tokenizer(reviews, padding=True, return_tensors="pt")
            with torch.no_grad():
                counts = model(**batch).logits.argmax(dim=-1)
            return ["unhappy" if c <= 2 else "so-so" if c == 3 else "happy" for c in counts.tolist()]
            """,
            when=lambda seen: seen.follows(["unhappy", "unhappy", "unhappy", "so-so", "happy"]),
            says="Everybody is a star too low: class 0 is 1 star. The model's own `config.id2label` says so.",
        ),
        Misconception(
            "an error is a nuisance",
            'return ["so-so" for review in reviews]',
            when=lambda seen: len(plain.texts(seen.said) or []) == len(MOODS) and len(set(seen.said)) == 1,
            says="Every guest is in the same mood. An `except` that makes an answer up looks like this, and "
            "so can a head that was never trained.",
        ),
    ],
    slips=[
        Slip(
            """
            judge = pipeline("text-classification", model=hflearn.model("sentiment"))
            return [said["label"] for said in judge(reviews)]
            """,
            'Expected "unhappy", "so-so" or "happy"',
        ),
        Slip(_sample('["happy", "happy", "so-so", "unhappy", "unhappy"]'), "of the 9 moods agree"),
        Slip(_sample(_FIVE).replace("return ", ""), "gave nothing back"),
    ],
    follows="A message names the switch that silences it; that need not be the repair. Read the load report "
    "whenever you change `num_labels`.",
)
