"""Reads the bank: one YAML file for each lesson."""

from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from hflearn import course
from hflearn.errors import CourseError

from .schema import QUESTION, Question

BANK = Path(__file__).with_name("bank")


def questions(lesson_id: str) -> list[Question]:
    """The questions of a lesson ("00_welcome", or "00"), in order.

    :raises CourseError: there is no such lesson, it has no quiz, or the file breaks a rule of the schema.
    """
    file = BANK / f"{course.lesson(lesson_id).id}.yaml"
    if not file.exists():
        raise CourseError(f"Lesson {file.stem} has no quiz yet.")
    return read(file)


def read(file: Path) -> list[Question]:
    """The questions of one file; the error names the file, the question and the field."""
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CourseError(f"{file.name} is not YAML: {' '.join(str(error).split())}") from None
    if not isinstance(entries, list):
        raise CourseError(f"{file.name} must be a list of questions, each with kind, id and asks.")
    found = [_question(file, number, entry) for number, entry in enumerate(entries, start=1)]
    ids = [question.id for question in found]
    if twice := next((id for id in ids if ids.count(id) > 1), None):
        raise CourseError(f"{file.name} has two questions with the id {twice!r}: give one of them another.")
    return found


def _question(file: Path, number: int, entry: Any) -> Question:
    try:
        return QUESTION.validate_python(entry)
    except ValidationError as error:
        first = error.errors()[0]
        # The first part of the place is the kind, which the reader of the file knows.
        field = ".".join(str(part) for part in first["loc"][1:])
        name = entry.get("id", number) if isinstance(entry, dict) else number
        at = f"{file.name}, question {name}" + (f", {field}" if field else "")
        raise CourseError(f"{at}: {first['msg'].removeprefix('Value error, ')}.") from None
