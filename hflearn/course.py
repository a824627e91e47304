"""The table of contents: reads course.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from hflearn.errors import CourseError

REPOSITORY = Path(__file__).resolve().parent.parent
"""The checkout that holds notebooks/ and exercises/ (where hflearn was installed from one)."""


@dataclass(frozen=True)
class Lesson:
    """One row of course.toml."""

    id: str
    title: str
    objectives: list[str]
    needs: str
    minutes: int
    memory_gb: float
    seconds: int
    stock: list[str]
    exercise: bool = False

    @property
    def notebook(self) -> Path:
        return REPOSITORY / "notebooks" / f"{self.id}.ipynb"

    @property
    def exercise_notebook(self) -> Path | None:
        return REPOSITORY / "exercises" / f"{self.id}.ipynb" if self.exercise else None


@cache
def lessons() -> list[Lesson]:
    """Every lesson, in the order of the course."""
    table = tomllib.loads(Path(__file__).with_name("course.toml").read_text(encoding="utf-8"))
    return [Lesson(**row) for row in table["lesson"]]


def lesson(name: str) -> Lesson:
    """The lesson called `name`: its id, or the id's number ("01")."""
    for candidate in lessons():
        if name in (candidate.id, candidate.id.partition("_")[0]):
            return candidate
    known = ", ".join(candidate.id for candidate in lessons())
    raise CourseError(f"There is no lesson {name!r}. The lessons are: {known}.")


def stock() -> list[str]:
    """The roles that the lessons need, all of them together, each once."""
    return list(dict.fromkeys(role for lesson in lessons() for role in lesson.stock))
