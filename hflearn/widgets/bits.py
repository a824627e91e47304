"""How many bits a weight needs: rounded weights, and what a classifier answers with them."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

from hflearn.errors import CourseError
from hflearn.figures.described import Described
from hflearn.figures.rounding import Grids, Histogram, rounding

from .answering import Answering
from .dial import Dial
from .explorer import Explorer
from .given import a_model, a_text, a_tokenizer
from .rounded import BITS, CHANNEL, SHARED, TENSOR, Grid, Setting, a_few, grid
from .running import one_thread
from .strips import strips
from .toll import loss_in_words, matrix_in_words, named, size_in_words
from .tried import tried

MOST = 48
"""Texts that are classified: with more, nobody waits for the answer."""
BARS = 81
REACH = 4
"""The histogram goes this many standard deviations to either side."""
STILL = [(8, TENSOR), (4, TENSOR), (4, CHANNEL)]
"""What the still figure compares."""


def bits(model: Any, tokenizer: Any, texts: Sequence[str], truth: Sequence[int] | None = None) -> "Bits":
    """An explorer of a classifier whose linear layers' weights are rounded to 2 to 8 bits.

    `hflearn.widgets.bits(model, tokenizer, texts, truth)`: the first 48 `texts` are classified at every new
    setting, so a few dozen short ones answer fastest. `truth` has the index of each text's right class
    (0 for one star), where it is known: then the share that is right is told, too. The model itself keeps
    its weights.

    :raises CourseError: what was given is no model, no tokenizer or no texts, or `truth` is not as long.
    """
    given = [a_text(text, "bits") for text in ([texts] if isinstance(texts, str) else texts)]
    if truth is not None and len(truth) != len(given):
        raise CourseError(
            f"bits() was given {len(given)} texts and {len(truth)} right classes: one for each text, please."
        )
    right = None if truth is None else [int(answer) for answer in truth]
    return Bits(a_model(model, "bits"), a_tokenizer(tokenizer, "bits"), given, right)


@dataclass(frozen=True)
class Seen:
    """What is told of a setting, in sentences, and the grid of the chosen matrix: None if not rounded."""

    told: list[str]
    grid: Grid | None


class Bits(Explorer):
    def __init__(self, model: Any, tokenizer: Any, texts: Sequence[str], truth: Sequence[int] | None):
        self.matrices = linear_weights(model)
        self.names = list(self.matrices)
        self.none = f"none: {str(self.matrices[self.names[0]].dtype).removeprefix('torch.')}"
        self.given, self.texts = len(texts), texts[:MOST]
        self.truth = truth and truth[:MOST]
        if not self.texts:
            raise CourseError("bits() wants a few texts to classify, and was given none.")
        self.answering = Answering(model, tokenizer, self.texts)
        self.answers: dict[Setting, list[int]] = {}
        self.unrounded: list[int] = []

        self.bits = Dial("bits", max(BITS), min(BITS), max(BITS))
        self.scale = widgets.ToggleButtons(
            options=[*SHARED, self.none],
            description="scale",
            style={"button_width": "auto"},
        )
        self.matrix = Dial("matrix", furthest(list(self.matrices.values())), 0, len(self.names) - 1)
        super().__init__(self.bits.box, self.scale, self.matrix.box)
        for dial in (self.bits, self.matrix):
            dial.on_change(self.draw)
        self.scale.observe(self.draw, "value")

    @property
    def setting(self) -> Setting | None:
        """Bits, and which weights share a scale; None where nothing is rounded."""
        return None if self.scale.value == self.none else (self.bits.value, self.scale.value)

    def prepare(self) -> None:
        self._classify(self.setting)

    def _classify(self, setting: Setting | None) -> list[int]:
        """The answers, at each setting for the first time; the rounded weights live no longer than that."""
        self.unrounded = self.unrounded or self.answering.answers({})
        if setting is None:
            return self.unrounded
        if setting not in self.answers:
            with one_thread():  # small matrices: a second one would cost more than it brings
                weights = {name: grid(matrix, *setting).weights() for name, matrix in self.matrices.items()}
            self.answers[setting] = self.answering.answers(weights)
        return self.answers[setting]

    def agreement(self, setting: Setting | None) -> int:
        """How many texts get the same answer as from the unrounded model."""
        return same(self._classify(setting), self.unrounded)

    def look(self) -> Seen:
        found = self._grid(self.setting)
        told = [self._cut(), self._outcome(self.setting), self._matrix(), self._rounded(found)]
        return Seen([words for words in told if words], found)

    def render(self, seen: Seen) -> str:
        said = "".join(f"<p>{html.escape(words)}</p>" for words in seen.told)
        picture = strips(self._histogram(), self._strips(seen.grid))
        table = tried(self._found(), self.setting, len(self.texts))
        return f"{said}{picture}{table}"

    def in_words(self, seen: Seen) -> str:
        others = "; ".join(f"{named(setting)}: {count}" for setting, count in self._found().items())
        tried_so_far = [f"Answers unchanged at the settings tried: {others}."] if others else []
        return " ".join([*seen.told, *tried_so_far])

    def still(self) -> Described:
        grids = {setting: self._grid(setting) for setting in STILL}
        shown = [(self._title(each), self._strips(found)) for each, found in grids.items()]
        told = " ".join(f"{self._outcome(each)} {self._rounded(found)}" for each, found in grids.items())
        alt = f"Histogram of weights, over the values that rounding leaves them. {self._matrix()} {told}"
        return rounding(self._histogram(), shown, alt)

    def _title(self, setting: Setting) -> str:
        return f"{named(setting)}: {self.agreement(setting)} of {len(self.texts)} answers unchanged"

    def _found(self) -> dict[Setting, int]:
        return {setting: self.agreement(setting) for setting in self.answers}

    def _cut(self) -> str:
        return "" if self.given <= MOST else f"Only the first {MOST} of {self.given} texts are classified."

    def _outcome(self, setting: Setting | None) -> str:
        answers = self._classify(setting)
        kept = f"{same(answers, self.unrounded)} of {len(self.texts)}"
        said = f"{named(setting)}: {kept} answers are those of the unrounded model"
        if self.truth:
            right = f"{same(answers, self.truth)} are right (unrounded: {same(self.unrounded, self.truth)})"
            said = f"{said}; {right}"
        return f"{said}. {size_in_words(self.matrices.values(), setting)}"

    @property
    def _chosen(self) -> Any:
        return self.matrices[self.names[self.matrix.value]]

    def _matrix(self) -> str:
        return matrix_in_words(self.names[self.matrix.value].removesuffix(".weight"), self._chosen)

    def _grid(self, setting: Setting | None) -> Grid | None:
        return None if setting is None else grid(self._chosen, *setting)

    def _rounded(self, found: Grid | None) -> str:
        return "" if found is None else loss_in_words(self._chosen, found)

    @property
    def _reach(self) -> float:
        return REACH * float(self._chosen.std()) or 1.0

    def _histogram(self) -> Histogram:
        reach = self._reach
        return Histogram(self._chosen.float().histc(BARS, -reach, reach).int().tolist(), reach)

    def _strips(self, found: Grid | None) -> Grids:
        return [] if found is None else a_few(found, self._reach)


def linear_weights(model: Any) -> dict[str, Any]:
    """The matrices of the model's linear layers, by the names of their parameters.

    :raises CourseError: there are none, or they are rounded already.
    """
    import torch

    layers = {name: layer for name, layer in model.named_modules() if isinstance(layer, torch.nn.Linear)}
    if not layers:
        raise CourseError(f"{type(model).__name__} has no linear layers (torch.nn.Linear) to round.")
    found = {f"{name}.weight": layer.weight.detach() for name, layer in layers.items()}
    if not all(matrix.is_floating_point() for matrix in found.values()):
        raise CourseError(f"The weights of {type(model).__name__} are rounded already: load it in float32.")
    return found


def furthest(matrices: Sequence[Any]) -> int:
    """Which matrix has the weight that lies furthest out, in standard deviations."""
    ratios = [float(matrix.abs().max() / matrix.std()) for matrix in matrices]
    return max(range(len(ratios)), key=ratios.__getitem__)


def same(some: Sequence[int], others: Sequence[int]) -> int:
    return sum(one == other for one, other in zip(some, others, strict=True))
