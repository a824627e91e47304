"""What a question is: the shape of an entry in ``bank/*.yaml``, and how an answer to it is judged.

Every text is Markdown. Every option, slip and step says *because*: what is right about it, or which thought
leads there. ``computes`` is Python that sets ``answer``; a test holds the key to it.
"""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator


@dataclass(frozen=True)
class Outcome:
    """What is said to an answer."""

    right: bool
    says: str


@dataclass(frozen=True)
class Explained:
    """One possible answer with its explanation, for the review."""

    says: str
    right: bool
    because: str


class Part(BaseModel):
    """Unknown fields and empty texts are errors: a slip of the pen in a bank must not pass unseen."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, str_min_length=1)


class Option(Part):
    says: str
    because: str
    right: bool = False


class Slip(Part):
    """A wrong number that a known thought leads to."""

    answer: float
    because: str
    computes: str | None = None


class Step(Part):
    """`because` says why the step can come no earlier."""

    says: str
    because: str


class Asked(Part):
    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    asks: str
    computes: str | None = None


class Choice(Asked):
    """Exactly one option is right."""

    kind: Literal["choice"]
    options: tuple[Option, ...] = Field(min_length=3, max_length=6)

    @model_validator(mode="after")
    def _one_is_right(self) -> "Choice":
        _distinct(self.options)
        if (count := sum(option.right for option in self.options)) != 1:
            raise ValueError(f"exactly one option of a choice is right, and here {count} are")
        return self

    @property
    def shown(self) -> list[Option]:
        return _shuffled(self.id, self.options)

    @property
    def key(self) -> str:
        return next(option.says for option in self.options if option.right)

    def judge(self, given: Option) -> Outcome:
        return Outcome(given.right, given.because)

    def explained(self) -> list[Explained]:
        return [Explained(option.says, option.right, option.because) for option in self.shown]


class Several(Asked):
    """One or more options are right; all of them and no other must be chosen."""

    kind: Literal["several"]
    options: tuple[Option, ...] = Field(min_length=3, max_length=7)

    @model_validator(mode="after")
    def _some_are_right(self) -> "Several":
        _distinct(self.options)
        if {option.right for option in self.options} != {True, False}:
            raise ValueError("at least one option is right, and at least one is wrong")
        return self

    @property
    def shown(self) -> list[Option]:
        return _shuffled(self.id, self.options)

    @property
    def key(self) -> set[str]:
        return {option.says for option in self.options if option.right}

    def judge(self, given: Collection[Option]) -> Outcome:
        wrong = [option for option in self.shown if option in given and not option.right]
        missing = sum(option.right and option not in given for option in self.options)
        if not wrong and not missing:
            return Outcome(True, " ".join(option.because for option in self.shown if option.right))
        says = [f"“{option.says}” does not belong: {option.because}" for option in wrong]
        if missing:
            says.append("One more belongs there." if missing == 1 else f"{missing} more belong there.")
        return Outcome(False, "\n\n".join(says))

    def explained(self) -> list[Explained]:
        return [Explained(option.says, option.right, option.because) for option in self.shown]


class Number(Asked):
    """A number, right when it is no further than `within` from `answer`."""

    kind: Literal["number"]
    answer: float
    unit: str
    because: str
    otherwise: str  # said to a wrong number that nobody foresaw: how to work it out
    within: float = Field(default=0, ge=0)
    slips: tuple[Slip, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _slips_are_told_apart(self) -> "Number":
        numbers = [self.answer, *(slip.answer for slip in self.slips)]
        for i, one in enumerate(numbers):
            if any(abs(one - other) <= 2 * self.within for other in numbers[:i]):
                raise ValueError(f"{one:g} is too near to another answer to be told from it")
        return self

    @property
    def key(self) -> float:
        return self.answer

    def judge(self, given: float) -> Outcome:
        if self._is(given, self.answer):
            return Outcome(True, self.because)
        for slip in self.slips:
            if self._is(given, slip.answer):
                return Outcome(False, slip.because)
        return Outcome(False, self.otherwise)

    def explained(self) -> list[Explained]:
        wrong = [Explained(self._with_unit(slip.answer), False, slip.because) for slip in self.slips]
        return [Explained(self._with_unit(self.answer), True, self.because), *wrong]

    def _is(self, given: float, number: float) -> bool:
        return abs(given - number) <= self.within + 1e-9 * abs(number)

    def _with_unit(self, number: float) -> str:
        return f"{number:,.6g} {self.unit}"


class Order(Asked):
    """Steps, written in the right order."""

    kind: Literal["order"]
    because: str
    steps: tuple[Step, ...] = Field(min_length=3, max_length=6)

    @model_validator(mode="after")
    def _steps_differ(self) -> "Order":
        _distinct(self.steps)
        return self

    @property
    def shown(self) -> list[Step]:
        mixed = _shuffled(self.id, self.steps)
        return mixed if tuple(mixed) != self.steps else [*mixed[1:], mixed[0]]

    @property
    def key(self) -> list[str]:
        return [step.says for step in self.steps]

    def judge(self, given: Sequence[Step]) -> Outcome:
        right = next(
            (i for i, pair in enumerate(zip(given, self.steps, strict=True)) if pair[0] != pair[1]), None
        )
        if right is None:
            return Outcome(True, self.because)
        so_far = {0: "", 1: "The first step is in its place. "}.get(
            right, f"The first {right} steps are in their places. "
        )
        return Outcome(False, f"{so_far}“{given[right].says}” comes too early: {given[right].because}")

    def explained(self) -> list[Explained]:
        return [Explained(step.says, True, step.because) for step in self.steps]


Question = Choice | Several | Number | Order
QUESTION: TypeAdapter[Question] = TypeAdapter(Annotated[Question, Field(discriminator="kind")])

_Listed = TypeVar("_Listed", Option, Step)


def _distinct(parts: Collection[Option] | Collection[Step]) -> None:
    if len({part.says for part in parts}) < len(parts):
        raise ValueError("two of its answers say the same")


def _shuffled(seed: str, parts: Sequence[_Listed]) -> list[_Listed]:
    """The parts in an order that looks random and is the same on every machine and in every year."""
    return sorted(parts, key=lambda part: hashlib.sha256(f"{seed}/{part.says}".encode()).digest())
