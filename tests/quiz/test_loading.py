"""A bank file with a mistake is refused with one sentence that says where the mistake is."""

import pytest
import yaml

from hflearn import quiz
from hflearn.errors import CourseError
from hflearn.quiz.loading import read


def entry(**changes):
    options = [{"says": str(i), "because": "Since.", "right": i == 0} for i in map(str, range(3))]
    options[0]["right"] = True
    base = {"id": "good", "kind": "choice", "asks": "What?", "options": options}
    return {name: value for name, value in {**base, **changes}.items() if value is not None}


def option(**changes):
    return {"says": "x", "because": "Since.", **changes}


NUMBER = {"kind": "number", "options": None, "answer": 6, "unit": "GB", "because": "Yes.", "otherwise": "No."}


@pytest.mark.parametrize(
    ("entries", "says"),
    [
        ([entry(asks=None)], "sample.yaml, question good, asks: Field required."),
        ([entry(asks=" ")], "sample.yaml, question good, asks: String should have at least 1 character."),
        ([entry(kind="chioce")], "question good: Input tag 'chioce' found using 'kind' does not match"),
        ([entry(id="Bad id")], "question Bad id, id: String should match pattern"),
        ([entry(hint="x")], "question good, hint: Extra inputs are not permitted."),
        ([entry(options=[option(says=False)] * 3)], "options.0.says: Input should be a valid string."),
        (
            [entry(options=[option(says=s) for s in "abc"])],
            "exactly one option of a choice is right, and here 0",
        ),
        ([entry(options=[option(), option(), option(right=True)])], "two of its answers say the same."),
        (
            [entry(kind="several", options=[option(says=s, right=True) for s in "abc"])],
            "at least one option is right, and at least one is wrong.",
        ),
        (
            [entry(**NUMBER, within=1, slips=[{"answer": 7, "because": "Off by one."}])],
            "7 is too near to another answer",
        ),
        ([entry(), entry()], "sample.yaml has two questions with the id 'good'"),
        (["what?"], "sample.yaml, question 1: Input should be"),
        ({"id": "x"}, "sample.yaml must be a list of questions"),
    ],
)
def test_a_mistake_is_named_with_its_file_question_and_field(tmp_path, entries, says):
    file = tmp_path / "sample.yaml"
    file.write_text(yaml.safe_dump(entries))
    with pytest.raises(CourseError) as error:
        read(file)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_that_is_not_yaml_is_named(tmp_path):
    (tmp_path / "sample.yaml").write_text("- id: [")
    with pytest.raises(CourseError, match=r"^sample.yaml is not YAML: "):
        read(tmp_path / "sample.yaml")


def test_a_good_entry_is_read(tmp_path):
    (tmp_path / "sample.yaml").write_text(yaml.safe_dump([entry()]))
    assert [question.id for question in read(tmp_path / "sample.yaml")] == ["good"]


def test_a_lesson_may_be_named_by_its_number():
    assert quiz.questions("00") == quiz.questions("00_welcome")


def test_an_unknown_lesson_is_named_with_those_there_are():
    with pytest.raises(CourseError, match="There is no lesson '77'"):
        quiz.questions("77")
