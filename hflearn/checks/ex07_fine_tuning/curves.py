"""q7: what six trainings have in common with their curves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .. import plain
from ..describe import describe
from ..expect import Expectation
from ..question import Misconception, Question, Slip

RIGHT = {
    "A": "overfitting",
    "B": "rate too low",
    "C": "leak",
    "D": "healthy",
    "E": "nothing trained",
    "F": "rate too high",
}
"""What was done to each run that the notebook shows.

All are real: vectors of `embed` (mean over tokens, times 5) for rows of `ratings` (movie and amazon, in five
classes), a head of one hidden layer, AdamW, batches of 32, seed 0. A: 400 rows, 256 hidden, rate 3e-3. B:
1,200 rows, 1e-5. C: 700 rows and the 500 of the validation, 256 hidden, 1e-3. D: 1,200 rows, dropout .3,
3e-4. E: as D, frozen. F: 1,200 rows, rate .3.
"""


@dataclass(frozen=True)
class _Diagnoses(Expectation):
    """One of the six words for each run."""

    def complaint(self, seen: Any) -> str | None:
        said = _words(seen)
        if said is None:
            return (
                f"Expected the dict with a diagnosis for each run, {', '.join(RIGHT)}, got {describe(seen)}."
            )
        if said == RIGHT:
            return None
        if odd := next((run for run, word in said.items() if word not in RIGHT.values()), None):
            words = ", ".join(sorted(RIGHT.values()))
            return f"Run {odd}: {describe(seen[odd])} is none of the six words: {words}."
        right = sum(said[run] == word for run, word in RIGHT.items())
        return f"{right} of the 6 are right."


def _words(seen: Any) -> dict[str, str | None] | None:
    if type(seen) is not dict or set(seen) != set(RIGHT):
        return None
    return {run: plain.text(word) for run, word in seen.items()}


def _says(**words: str) -> Callable[[Any], bool]:
    """Whether the runs named are called this."""
    return lambda seen: all((_words(seen) or {}).get(run) == word for run, word in words.items())


def _sample(**changed: str) -> str:
    return _dict({**RIGHT, **changed})


def _dict(words: Mapping[str, str]) -> str:
    return "".join(f'"{run}": "{word}",\n' for run, word in words.items())


question = Question(
    title="Six runs, six curves",
    expects=_Diagnoses,
    reference=_dict(RIGHT),
    alternatives=[_dict(dict(reversed(RIGHT.items())))],
    hints=[
        "Read the two losses together: which of them falls, which rises, and from where? Guessing one "
        "class in five, all alike, costs ln 5 = 1.61.",
        "Two runs hardly move. One of them moves a little, always the same way: it is on its road. The "
        "other has the same numbers at the end as at the beginning.",
        "One run is too good. With ten times as many rows, the best so far is right six times in ten; on "
        "what can a model be right every time?",
    ],
    misconceptions=[
        Misconception(
            "the best figures are the best run",
            _sample(C="healthy", D="overfitting", A="leak"),
            when=_says(C="healthy"),
            says="C is right about every one of the validation messages, where the best so far gets six in "
            "ten. No model reads so well; one that has the validation rows among its training rows remembers "
            "so well. "
            "When it is too good, look for the leak.",
            also=[_sample(C="healthy", D="leak"), _sample(C="healthy", D="rate too low", B="leak")],
        ),
        Misconception(
            "whatever is learnt by heart is overfitting",
            _sample(C="overfitting", A="leak"),
            when=_says(C="overfitting"),
            says="C does learn by heart, but its loss *on the validation rows* falls too. Overfitting "
            "shows in the gap between the two; where there is none although everything is known by heart, "
            "the validation rows are in the training.",
            also=[_sample(C="overfitting", A="healthy", D="leak")],
        ),
        Misconception(
            "a falling training loss is health",
            _sample(A="healthy", D="overfitting"),
            when=_says(A="healthy"),
            says="A's training loss is the finest of all, and that is a matter of memory: its loss on the "
            "validation rows rises from the first epoch on. Health is read on rows that were not trained on.",
            also=[_sample(A="healthy", D="rate too low", B="overfitting")],
        ),
        Misconception(
            "a rising validation loss is a rate too high",
            _sample(A="rate too high", F="overfitting"),
            when=_says(A="rate too high"),
            says="A's training loss falls without a jolt: each step does what it should, on the training "
            "rows. Too high a rate shakes the *training* loss as well. What rises here is the "
            "validation loss alone.",
        ),
        Misconception(
            "what does not fall is frozen",
            _sample(B="nothing trained", E="rate too low"),
            when=_says(B="nothing trained"),
            says="B moves: a little less loss every epoch, on both. Something is being trained, in very "
            "small steps. Where nothing is, the last row equals the first.",
            also=[_sample(B="nothing trained", E="healthy", D="rate too low")],
        ),
        Misconception(
            "what does not move needs a higher rate",
            _sample(E="rate too low", B="healthy", D="nothing trained"),
            when=_says(E="rate too low"),
            says="E does not move by a hundredth in eight epochs, its accuracy not by one message. No "
            "rate is so low; look for weights that are frozen, or missing from the optimizer.",
            also=[_sample(E="rate too low", B="rate too low")],
        ),
        Misconception(
            "still falling is too low",
            _sample(D="rate too low", B="healthy"),
            when=lambda seen: _says(D="rate too low")(seen) or _says(B="healthy")(seen),
            says="D has come down by a good deal and is flattening out, B has gone a fifth of that way in "
            "the same eight epochs, and is still near what guessing costs (1.61). Which of the two needs "
            "a higher rate?",
            also=[_sample(B="healthy", D="healthy")],
        ),
        Misconception(
            "a gap is overfitting, however small",
            _sample(D="overfitting", A="overfitting"),
            when=_says(D="overfitting"),
            says="D's two losses drift apart a little, as they always do; the one that counts, on the "
            "validation rows, has not turned upwards. Overfitting is when it does.",
        ),
        Misconception(
            "large numbers, large fault in the data",
            _sample(F="leak", C="rate too high"),
            when=lambda seen: (_words(seen) or {}).get("F") in ("leak", "overfitting", "nothing trained"),
            says="F's losses are far above what blind guessing costs (1.61), on both sets, and jump "
            "about: each step lands beyond where it was going. That is about the size of the steps.",
            also=[_sample(F="overfitting"), _sample(F="nothing trained", E="rate too high")],
        ),
        Misconception(
            "high and low",
            _sample(F="rate too low", B="rate too high"),
            when=lambda seen: _says(F="rate too low")(seen) or _says(B="rate too high")(seen),
            says="High and low changed places. Steps that are too small go the right way, slowly; steps "
            "that are too large go anywhere.",
            also=[_sample(F="rate too low")],
        ),
    ],
    slips=[
        Slip(_sample(A="over-fitting"), "Run A: the string 'over-fitting' is none of the six words"),
        Slip(_sample(A="leak"), "5 of the 6 are right"),
        Slip(_dict({"A": "leak"}), "Expected the dict with a diagnosis for each run"),
    ],
    follows="Plot both losses of every run, beside what guessing costs and beside what people reach. The "
    "faults that raise no error are drawn there.",
)
