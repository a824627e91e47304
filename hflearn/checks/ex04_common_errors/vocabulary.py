"""q2: a tokenizer that belongs to another model raises nothing."""

from typing import Any

from .. import plain
from ..expect import Strings
from ..loaded import tokenizer
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip
from .guests import REVIEWS
from .models import classifier, logits, stars


def _unhappy(reader: str = "sentiment", at_most: int = 2) -> list[str]:
    """What the function gives with this tokenizer and this threshold."""
    return [text for text, count in zip(REVIEWS, stars(REVIEWS, reader), strict=True) if count <= at_most]


def _by_the_other_model() -> list[str]:
    scores = logits(classifier("reviews_b"), tokenizer("reviews_b"), REVIEWS)
    return [text for text, place in zip(REVIEWS, scores.argmax(dim=-1).tolist(), strict=True) if place == 0]


def _complain(seen: Any) -> str | None:
    return NOTHING if seen is None else Strings(_unhappy(), kind="reviews").complaint(seen)


_WITH = """
tokenizer = AutoTokenizer.from_pretrained(hflearn.model("{reader}"))
model = AutoModelForSequenceClassification.from_pretrained(hflearn.model("{model}")){then}
batch = tokenizer(reviews, padding=True, truncation=True, return_tensors="pt")
with torch.no_grad():
    counts = model(**batch).logits.argmax(dim=-1) + 1
return [review for review, count in zip(reviews, counts.tolist()) if count <= {at_most}]
"""


def _sample(reader: str, model: str = "sentiment", then: str = "", at_most: int = 2) -> str:
    return _WITH.format(reader=reader, model=model, then=then, at_most=at_most)


question = Question(
    title="Half the guests are unhappy",
    expects=lambda: Patient(lambda unhappy: run(unhappy, "a few reviews", list(REVIEWS)), _complain),
    reference=_sample("sentiment"),
    alternatives=[
        """
        judge = pipeline("text-classification", model=hflearn.model("sentiment"))
        return [review for review, said in zip(reviews, judge(reviews)) if said["label"][0] in "12"]
        """,
        """
        repo_id = hflearn.model("sentiment")
        tokenizer = AutoTokenizer.from_pretrained(repo_id)
        model = AutoModelForSequenceClassification.from_pretrained(repo_id)
        kept = []
        for review in reviews:
            with torch.inference_mode():
                scores = model(**tokenizer(review, return_tensors="pt")).logits
            if scores.argmax().item() in (0, 1):
                kept.append(review)
        return kept
        """,
    ],
    hints=[
        "No error, and too many unhappy guests. Ask each part of the snippet where it came from.",
        "Print `tokenizer.convert_ids_to_tokens(batch['input_ids'][0])` with this tokenizer. Then give the "
        "same ids to the star model's own tokenizer, and read what the model was told.",
        "An id means a word only in one vocabulary: load tokenizer and model from one and the same id.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            _sample("reviews_b"),
            when=lambda seen: plain.texts(seen) == _unhappy("reviews_b"),
            says="Still the same guests, content ones among them. The tokenizer is that of "
            "another model: it numbers "
            "2,500 pieces of words, and the star model looks those numbers up among its own 30,522. Nothing "
            "raises, because every number exists there, for another word. (Resizing the embeddings does not "
            "change what a number means.)",
            also=[_sample("reviews_b", then="\nmodel.resize_token_embeddings(len(tokenizer))")],
        ),
        Misconception(
            "the threshold is at fault",
            _sample("reviews_b", at_most=1),
            when=lambda seen: plain.texts(seen) == [],
            says="Now nobody is unhappy. Moving the threshold hides the guests who should be answered "
            "tonight; the stars themselves are wrong, and what the model is given is why.",
        ),
        Misconception(
            "the model goes with the tokenizer",
            _sample("reviews_b", "reviews_b"),
            when=lambda seen: plain.texts(seen) == REVIEWS,
            says="Every review came back, the happy ones too. Either the tokenizer is still another "
            "model's, or you took the other model as well: it has two classes, so nothing can get more than "
            "2 stars. The star model stays; give it the tokenizer from its own repository.",
            also=[_sample("reviews_c")],
        ),
        Misconception(
            "another model is as good",
            """
            judge = pipeline("text-classification", model=hflearn.model("reviews_b"))
            labels = [said["label"].lower() for said in judge(reviews)]
            return [review for review, label in zip(reviews, labels) if label == "negative"]
            """,
            when=lambda seen: plain.texts(seen) == _by_the_other_model(),
            says="Tokenizer and model belong together now, and it is the wrong pair: these are the answers "
            "of `reviews_b`, whose own card lesson 01 could not trust. The star model was asked for.",
        ),
        Misconception(
            "a larger vocabulary has all the words",
            _sample("chat"),
            when=lambda seen: isinstance(seen, IndexError) and "out of range in self" in str(seen),
            says="Now it raises, which is kinder: the tokenizer gives numbers that the model has no place "
            "for, so the two still come from different repositories. The star model stays, and a tokenizer "
            "fits one model: the one that it lies beside.",
            also=[_sample("sentiment", "reviews_b")],
        ),
        Misconception(
            "three stars are a complaint",
            _sample("sentiment", at_most=3),
            when=lambda seen: plain.texts(seen) == _unhappy(at_most=3),
            says="Tokenizer and model fit now, and the guests who gave 3 stars get a letter, too: the line "
            "is drawn one too high. (The classes count from 0, the stars from 1: `+ 1`, then 2 at the most.)",
            also=[_sample("sentiment").replace(" + 1", "")],
        ),
        Misconception(
            "one star is a complaint",
            _sample("sentiment", at_most=1),
            when=lambda seen: plain.texts(seen) == _unhappy(at_most=1),
            says="Tokenizer and model fit now, and the guests who gave 2 stars are forgotten: the line is "
            "drawn one too low. With the right stars, the threshold that was there is right.",
            also=[_sample("sentiment").replace("<= 2", "< 2")],
        ),
    ],
    slips=[
        Slip(_sample("sentiment").replace("<= 2", ">= 4"), "belong there"),
        Slip(_sample("sentiment").replace("[review for", "[count for"), "one of which is the number"),
    ],
    follows="Load both from one id, kept in one variable. A test with three texts whose answer you know "
    "would have shown this on the first day.",
)
