"""A rule: which exceptions it is about, what it says of them, and samples that raise them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from .diagnosis import Diagnosis
from .raised import Raised

Tell = Callable[[Raised, re.Match[str]], Diagnosis | None]


@dataclass(frozen=True)
class Rule:
    lesson: str
    error: str
    """The dotted name of the exception's class, or of one above it."""
    says: str
    """A pattern that its message matches somewhere."""
    by: str
    """The package whose code raised it; empty for any."""
    samples: Mapping[str, tuple[str, ...]]
    """Code that raises it for real (its names: tests/explain/bench.py), and what the diagnosis must say."""
    tell: Tell

    @property
    def id(self) -> str:
        return self.tell.__name__

    def diagnose(self, raised: Raised) -> Diagnosis | None:
        """None where the rule does not apply."""
        if self.error not in raised.kinds or (self.by and self.by != raised.package):
            return None
        match = re.search(self.says, raised.message, re.DOTALL)
        told = self.tell(raised, match) if match else None
        return replace(told, rule=self.id, lesson=self.lesson) if told else None


def rule(
    lesson: str, error: str, says: str = "", *, by: str = "", samples: Mapping[str, tuple[str, ...]]
) -> Callable[[Tell], Rule]:
    """Make a rule of the function below, which words the diagnosis (None: this call is another matter)."""
    return lambda tell: Rule(lesson, error, says, by, samples, tell)
