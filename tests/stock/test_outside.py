"""Training data that lies outside the project: the very file, or a sentence that says where to get it."""

import pytest

from hflearn.errors import CourseError
from hflearn.stock.recipes import outside


def test_data_that_is_not_there_is_a_sentence_with_its_public_source(tmp_path, monkeypatch):
    monkeypatch.setenv("HFLEARN_DATA", str(tmp_path))
    with pytest.raises(CourseError, match=r"get it from https://github.com/PolyAI-LDN/.* set HFLEARN_DATA"):
        outside.read("banking77/train.csv")


def test_another_file_of_that_name_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("HFLEARN_DATA", str(tmp_path))
    (tmp_path / "banking77").mkdir()
    (tmp_path / "banking77" / "train.csv").write_text("text,category\nHello,greeting\n")
    with pytest.raises(CourseError, match="is not the file that this course was made with"):
        outside.read("banking77/train.csv")
