"""q1: a figure that moves before the top label does, from all five scores."""

from collections.abc import Callable
from functools import cache
from typing import Any

from ..alike import follows
from ..expect import Number
from ..function import Case, Function
from ..question import Misconception, Question, Slip
from .cinema import rate

_TEXTS = (
    "A slow start, but the ending is lovely.",
    "The seats are hard and the film is long, yet I stayed to the end.",
    "The worst evening I ever had in a cinema.",
    "Good, not great.",
)
_CASES = [(text,) for text in _TEXTS]


@cache
def _scores(text: str) -> list[tuple[int, float]]:
    """(stars, score), the highest score first, as the pipeline gives them."""
    return [(int(answer["label"][0]), answer["score"]) for answer in rate()(text, top_k=None)]


def _mean(text: str) -> float:
    return sum(stars * score for stars, score in _scores(text))


def _says(rule: Callable[[list[tuple[int, float]]], float]) -> Callable[[Any], bool]:
    return follows(lambda text: rule(_scores(text)), _CASES, 0.006)


question = Question(
    title="How many stars, on the whole?",
    expects=lambda: Function([Case((text,), Number(_mean(text), abs=0.051)) for text in _TEXTS]),
    reference="""
        answers = rate(text, top_k=None)
        return sum(int(answer["label"][0]) * answer["score"] for answer in answers)
    """,
    alternatives=[
        """
        scores = {answer["label"]: answer["score"] for answer in rate(text, top_k=5)}
        labels = rate.model.config.id2label
        return round(sum((number + 1) * scores[labels[number]] for number in labels), 2)
        """,
        """
        [answers] = rate([text], top_k=None)
        mean = 0
        for answer in answers:
            mean += answer["score"] * float(answer["label"].split()[0])
        return mean
        """,
    ],
    hints=[
        "`rate(text)` gives the highest label alone. Which argument gives all five?",
        "`rate(text, top_k=None)` is a list of five dicts. The label's first character is its number of "
        "stars.",
        "Each number of stars counts as much as its score says: add up stars × score. The scores sum to one.",
    ],
    misconceptions=[
        Misconception(
            "the likeliest label is the answer",
            """
            return int(rate(text)[0]["label"][0])
            """,
            when=_says(lambda scores: scores[0][0]),
            says="That is the top label, a whole number: it stays the same while the other four scores move. "
            "Let all five count, each by its score.",
        ),
        Misconception(
            "the top label's score weighs the top label",
            """
            answer = rate(text)[0]
            return int(answer["label"][0]) * answer["score"]
            """,
            when=_says(lambda scores: scores[0][0] * scores[0][1]),
            says="You multiplied the top label's stars by its score, and left out the other four labels. "
            "`rate(text)` gives one answer; `top_k=None` gives all five.",
            also=['return sum(int(answer["label"][0]) * answer["score"] for answer in rate(text))'],
        ),
        Misconception(
            "a score is a number of stars",
            """
            return 5 * rate(text)[0]["score"]
            """,
            when=lambda seen: (
                _says(lambda scores: scores[0][1])(seen) or _says(lambda scores: 5 * scores[0][1])(seen)
            ),
            says="You took a score for stars. A score says how much the model favours one label over the "
            "others: a film torn to pieces gets one near 1 as well. The stars are in the label.",
            also=['return rate(text)[0]["score"]', 'return max(a["score"] for a in rate(text, top_k=None))'],
        ),
        Misconception(
            "answers come in the order of the stars",
            """
            answers = rate(text, top_k=None)
            return sum(stars * answer["score"] for stars, answer in enumerate(answers, start=1))
            """,
            when=lambda seen: (
                _says(lambda scores: sum(place * s for place, (_, s) in enumerate(scores, 1)))(seen)
                or _says(lambda scores: sum(place * s for place, (_, s) in enumerate(scores)))(seen)
            ),
            says="You counted the answers off in the order in which they come. They come with the highest "
            "score first, whatever their stars: read the stars from each `label`.",
            also=['return sum(i * answer["score"] for i, answer in enumerate(rate(text, top_k=None)))'],
        ),
        Misconception(
            "stars are class numbers",
            """
            number = rate.model.config.label2id
            return sum(number[answer["label"]] * answer["score"] for answer in rate(text, top_k=None))
            """,
            when=_says(lambda scores: sum((stars - 1) * score for stars, score in scores)),
            says="One star too few, every time: you weighed the labels' numbers, which run from 0 to 4. "
            "The label with number 0 reads `1 star`.",
        ),
        Misconception(
            "every label counts the same",
            """
            stars = [int(answer["label"][0]) for answer in rate(text, top_k=None)]
            return sum(stars) / len(stars)
            """,
            when=_says(lambda scores: 3),
            says="3 for every text: that is the mean of 1 to 5, whatever the text says. "
            "Weigh each number of stars by its score.",
            also=["return 3.0"],
        ),
        Misconception(
            "a weighted sum is divided by how many there are",
            """
            answers = rate(text, top_k=None)
            return sum(int(answer["label"][0]) * answer["score"] for answer in answers) / len(answers)
            """,
            when=_says(lambda scores: sum(stars * score for stars, score in scores) / 5),
            says="A fifth of what it should be: you divided by the number of labels. The scores sum to one, "
            "so the weighted sum is the mean already.",
        ),
        Misconception(
            "the first few are enough",
            """
            answers = rate(text, top_k=3)
            return sum(int(answer["label"][0]) * answer["score"] for answer in answers)
            """,
            when=lambda seen: any(
                _says(lambda scores: sum(stars * score for stars, score in scores[:few]))(seen)  # noqa: B023
                for few in (2, 3, 4)
            ),
            says="You weighed the highest few labels only: what you left out counts as 0 stars, so every "
            "text comes out too low. `top_k=None` gives all five.",
        ),
        Misconception(
            "any five numbers are weights",
            """
            answers = rate(text, top_k=None, function_to_apply="none")
            return sum(int(answer["label"][0]) * answer["score"] for answer in answers)
            """,
            when=lambda seen: max(seen) > 5.1 or min(seen) < 0,
            says="A mean of 1 to 5 stars that lies outside of them: your weights do not sum to one. The "
            "scores that `top_k=None` gives do; logits, or a sigmoid of each, do not.",
            also=[
                """
                answers = rate(text, top_k=None, function_to_apply="sigmoid")
                return sum(int(answer["label"][0]) * answer["score"] for answer in answers)
                """
            ],
        ),
        Misconception(
            "two labels make a mean",
            """
            first, second = rate(text, top_k=2)
            return (int(first["label"][0]) + int(second["label"][0])) / 2
            """,
            when=_says(lambda scores: (scores[0][0] + scores[1][0]) / 2),
            says="The middle between the two highest labels, as though both scored the same and the others "
            "nothing. Weigh all five by their scores.",
        ),
        Misconception(
            "stars are whole",
            """
            answers = rate(text, top_k=None)
            return round(sum(int(answer["label"][0]) * answer["score"] for answer in answers))
            """,
            when=_says(lambda scores: round(sum(stars * score for stars, score in scores))),
            says="Right, and then rounded to whole stars: the figure jumps again, as the label does. One "
            "decimal at least has to stay.",
        ),
    ],
    slips=[
        Slip('return rate(text, top_k=None)[0]["label"]', "Expected a number"),
        Slip(
            """
            answers = rate(text, top_k=None)
            print(sum(int(answer["label"][0]) * answer["score"] for answer in answers))
            """,
            "gave nothing back (None)",
        ),
    ],
    follows="*A slow start, but the ending is lovely.* and *Good, not great.* are both labelled 4 stars; "
    "this figure is 3.7 for the one, 3.2 for the other. Watch its mean over a week. It is no more right than "
    "the scores it is made of.",
)
