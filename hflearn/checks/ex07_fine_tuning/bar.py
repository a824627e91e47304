"""q2: the two numbers that a fine-tuning has to beat, measured without a look at the test."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from ..alike import alike
from ..expect import Expectation, Number, Parts
from ..function import Case, Function
from ..question import Misconception, Question, Slip

Row = tuple[str, int]
Rows = list[Row]

_PRAISE = ["lovely", "smooth", "quick", "clean", "great", "fine", "comfortable", "bright"]
_BLAME = ["flat", "broken", "dirty", "late", "rusty", "loose", "awful", "heavy"]
_WORDS = {1: _BLAME, 2: _BLAME, 3: _PRAISE + _BLAME, 4: _PRAISE, 5: _PRAISE}
_THINGS = ["saddle", "brake", "chain", "bell", "basket", "lamp", "lock", "tyre", "gear", "station"]
_SEEDS, _CHATTY_SEED = (110, 192), 417
"""Every misconception gives other numbers here, and no text is nearly undecided."""


def _written(seed: int, rows: int, things: list[str]) -> Rows:
    """Short messages: five stars are the commonest, and some things turn up in the test alone."""
    chance = random.Random(seed)
    written = []
    for _ in range(rows):
        stars = chance.choices([5, 1, 4, 2, 3], [5, 3, 2, 2, 1])[0]
        parts = range(chance.randint(1, 3))
        text = " ".join(f"{chance.choice(_WORDS[stars])} {chance.choice(things)}" for _ in parts)
        written.append((text, stars))
    return written


def _chatty(seed: int, rows: int) -> Rows:
    """Messages that say *not*, and a word twice: to count otherwise than by default makes a difference."""
    chance = random.Random(seed)
    written = []
    for _ in range(rows):
        stars = chance.choices([5, 1, 4, 2, 3], [5, 3, 2, 2, 1])[0]
        no = {1: "not ", 2: "never ", 3: chance.choice(["", "not "])}.get(stars, "")
        parts = []
        for _ in range(chance.randint(1, 2)):
            praise = " ".join([chance.choice(_PRAISE)] * chance.randint(1, 3))
            parts.append(f"{no}{praise} {chance.choice(_THINGS)}")
        written.append((" ".join(parts), stars))
    return written


@cache
def cases() -> list[tuple[Rows, Rows]]:
    """(train, test), three times."""
    plain = [(_written(seed, 36, _THINGS[:7]), _written(seed + 1000, 25, _THINGS)) for seed in _SEEDS]
    return [*plain, (_chatty(_CHATTY_SEED, 36), _chatty(_CHATTY_SEED + 2000, 25))]


def _share(said: Any, rows: Rows) -> float:
    return sum(int(one) == stars for one, (_, stars) in zip(said, rows, strict=True)) / len(rows)


def _commonest(rows: Rows) -> int:
    return Counter(stars for _, stars in rows).most_common(1)[0][0]


def _majority(counted: Rows, measured: Rows) -> float:
    return _share([_commonest(counted)] * len(measured), measured)


def _tfidf(
    words: Rows,
    learned: Rows,
    measured: Rows,
    counting: Mapping[str, Any] | None = None,
    weighing: Mapping[str, Any] | None = None,
) -> float:
    """Accuracy on ``measured``, where the words come from one set of rows and the stars from another."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    vectors = TfidfVectorizer(**(counting or {})).fit([text for text, _ in words])
    model = LogisticRegression(**(weighing or {})).fit(
        vectors.transform([t for t, _ in learned]), [s for _, s in learned]
    )
    return _share(model.predict(vectors.transform([text for text, _ in measured])), measured)


@cache
def _right() -> list[tuple[float, float]]:
    return [(_majority(train, test), _tfidf(train, train, test)) for train, test in cases()]


def _part(place: int, rule: Callable[[Rows, Rows], float]) -> Callable[[Any], bool]:
    """Whether this part of the result is what ``rule`` gives."""
    return lambda seen: alike([result[place] for result in seen], [rule(*case) for case in cases()])


def _set(**settings: Any) -> Callable[[Rows, Rows], float]:
    """TF-IDF with pairs of words or another C, measured as it should be."""
    weighing = {name: settings.pop(name) for name in ["C"] if name in settings}
    return lambda train, test: _tfidf(train, train, test, settings, weighing)


_PAIRS = {"ngram_range": (1, 2)}
_OF_THE_LESSON = [  # all of its settings, or some
    _set(**_PAIRS, sublinear_tf=True, C=10),
    _set(**_PAIRS, C=10),
    _set(sublinear_tf=True, C=10),
    _set(**_PAIRS, sublinear_tf=True),
    _set(**_PAIRS),
    _set(sublinear_tf=True),
    _set(C=10),
]


def _expects() -> Expectation:
    return Function(
        [
            Case(args, Parts({"majority": Number(majority, abs=0.006), "tfidf": Number(tfidf, abs=0.006)}))
            for args, (majority, tfidf) in zip(cases(), _right(), strict=True)
        ]
    )


_MAJORITY = """
from collections import Counter

texts, stars = zip(*train)
test_texts, test_stars = zip(*test)
commonest = Counter(stars).most_common(1)[0][0]
majority = sum(one == commonest for one in test_stars) / len(test_stars)
"""
_TFIDF = """
model = make_pipeline(TfidfVectorizer(), LogisticRegression()).fit(texts, stars)
"""
_GIVE = "return majority, model.score(test_texts, test_stars)"


def _sample(majority: str = _MAJORITY, tfidf: str = _TFIDF, give: str = _GIVE) -> str:
    return f"{majority}{tfidf}{give}"


_APART = """
vectorizer, model = TfidfVectorizer(), LogisticRegression()
{fit}
model.fit(vectorizer.{of_train}(texts), stars)
said = model.predict(vectorizer.{of_test}(test_texts))
"""
_SAID = "return majority, sum(a == b for a, b in zip(said, test_stars)) / len(test)"

question = Question(
    title="What must it beat?",
    expects=_expects,
    reference=_sample(),
    alternatives=[
        _sample(tfidf=_APART.format(fit="", of_train="fit_transform", of_test="transform"), give=_SAID),
        """
        from sklearn.dummy import DummyClassifier

        texts, stars = [list(column) for column in zip(*train)]
        asked, answers = [list(column) for column in zip(*test)]
        lazy, keen = DummyClassifier(strategy="most_frequent"), LogisticRegression()
        both = [make_pipeline(TfidfVectorizer(), model).fit(texts, stars) for model in (lazy, keen)]
        return [model.score(asked, answers) for model in both]
        """,
    ],
    hints=[
        "Nothing may be learnt from the test: not which stars are the commonest, not even which words there "
        "are. It is there to be asked once, at the end.",
        "`make_pipeline(TfidfVectorizer(), LogisticRegression())` is one model: its `fit` wants texts and "
        "stars, and so does its `score`, which gives the share that is right.",
        "The commonest stars of the *training* rows: which share of the *test* rows have those?",
    ],
    misconceptions=[
        Misconception(
            "the words of the test are no secret",
            _sample(
                tfidf=_APART.format(
                    fit="vectorizer.fit(texts + test_texts)", of_train="transform", of_test="transform"
                ),
                give=_SAID,
            ),
            when=_part(1, lambda train, test: _tfidf(train + test, train, test)),
            says="TF-IDF was fitted on the texts of the test, too: it knows their words, and how rare "
            "each is, which for tomorrow's messages nobody does. Fit on the training rows, then only "
            "`transform` the test.",
        ),
        Misconception(
            "fit again for the test",
            _sample(
                tfidf=_APART.format(fit="", of_train="fit_transform", of_test="fit_transform"), give=_SAID
            ),
            when=lambda seen: isinstance(seen, ValueError) and "features" in str(seen),
            says="The two tables have different columns: `fit_transform` on the test made a new "
            "vocabulary, in which column 7 is another word. Fit once, on the training rows; the test gets "
            "`transform`.",
        ),
        Misconception(
            "more rows, a better model",
            _sample(tfidf=_TFIDF.replace("fit(texts, stars)", "fit(texts + test_texts, stars + test_stars)")),
            when=_part(1, lambda train, test: _tfidf(train + test, train + test, test)),
            says="The model was trained on the test as well: it has seen the answers that it is asked for.",
        ),
        Misconception(
            "evaluated on the training rows",
            _sample(give="return majority, model.score(texts, stars)"),
            when=_part(1, lambda train, test: _tfidf(train, train, train)),
            says="That is the share of *training* rows that TF-IDF gets right: how well it remembers. A bar "
            "has to be measured where the fine-tuned model will be, on the test.",
        ),
        Misconception(
            "the test is to learn from",
            "train, test = test, train\n" + _sample(),
            when=_part(1, lambda train, test: _tfidf(test, test, train)),
            says="Train and test changed places: it learnt from the test, and was asked about the training.",
        ),
        Misconception(
            "the lesson's settings are the default ones",
            _sample(
                tfidf="\nmodel = make_pipeline(\n    TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), "
                "LogisticRegression(C=10, max_iter=1000)\n).fit(texts, stars)\n"
            ),
            when=lambda seen: any(_part(1, rule)(seen) for rule in _OF_THE_LESSON),
            says="Those are settings of lesson 07's pipeline, all of them or some: pairs of words "
            "(`ngram_range`), `sublinear_tf`, `C=10`. A bar may have them, if everybody's has; this one "
            "was to be measured with scikit-learn's defaults, so leave the brackets empty.",
            also=[
                _sample(tfidf=_TFIDF.replace("TfidfVectorizer()", "TfidfVectorizer(ngram_range=(1, 2))")),
                _sample(tfidf=_TFIDF.replace("TfidfVectorizer()", "TfidfVectorizer(sublinear_tf=True)")),
                _sample(tfidf=_TFIDF.replace("LogisticRegression()", "LogisticRegression(C=10)")),
            ],
        ),
        Misconception(
            "per cent",
            _sample(give="return 100 * majority, 100 * model.score(test_texts, test_stars)"),
            when=lambda seen: (
                _part(0, lambda train, test: 100 * _majority(train, test))(seen)
                or _part(1, lambda train, test: 100 * _tfidf(train, train, test))(seen)
            ),
            says="Those are per cents. Shares were asked for, from 0 to 1.",
            also=[_sample(give="return 100 * majority, round(100 * model.score(test_texts, test_stars))")],
        ),
        Misconception(
            "the commonest of what is asked",
            _sample(_MAJORITY.replace("Counter(stars)", "Counter(test_stars)")),
            when=_part(0, lambda train, test: _majority(test, test)),
            says="You took the commonest stars of the *test*, which nobody knows beforehand. A model that "
            "says one thing can only have it from the training rows.",
            also=[
                _sample(
                    "from collections import Counter\n\ntexts, stars = zip(*train)\n"
                    "test_texts, test_stars = zip(*test)\n"
                    "majority = max(Counter(test_stars).values()) / len(test)\n"
                )
            ],
        ),
        Misconception(
            "the share is the accuracy",
            _sample(
                _MAJORITY.replace(
                    "for one in test_stars) / len(test_stars)", "for one in stars) / len(stars)"
                )
            ),
            when=_part(0, lambda train, test: _majority(train, train)),
            says="That is how common those stars are in the *training* rows. Measured on the test, as "
            "everything that is to be compared, it is another number.",
        ),
        Misconception(
            "five classes, a fifth",
            _sample(_MAJORITY + "majority = 1 / 5\n"),
            when=lambda seen: all(abs(result[0] - 0.2) < 1e-3 for result in seen),
            says="A fifth is what guessing by dice gets. Whoever always says the commonest stars does better "
            "without reading a word: that is the bar.",
        ),
        Misconception(
            "the commonest is the middle",
            _sample(
                _MAJORITY.replace("Counter(stars).most_common(1)[0][0]", "round(sum(stars) / len(stars))")
            ),
            when=_part(
                0,
                lambda train, test: _share([round(sum(s for _, s in train) / len(train))] * len(test), test),
            ),
            says="You took the mean of the stars. Riders give five or one, and the mean is what hardly "
            "anybody gives: count which stars come most often.",
        ),
    ],
    slips=[
        Slip(
            _sample(give="return model.score(test_texts, test_stars), majority"), "they go (majority, tfidf)"
        ),
        Slip(
            _sample(tfidf=_TFIDF.replace("TfidfVectorizer()", 'TfidfVectorizer(stop_words="english")')),
            "not the right value",
        ),
        Slip(_sample(give="return model.score(test_texts, test_stars)"), "Expected the 2 parts"),
        Slip(_sample(give="print(majority)"), "gave nothing back"),
    ],
    follows="An afternoon's fine-tuning has to beat the second number by enough to pay for itself: in "
    "time, in bytes, and in somebody who looks after it.",
)
