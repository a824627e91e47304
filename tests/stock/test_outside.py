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


@pytest.mark.parametrize("content", [b"not an archive", b""])
def test_an_archive_that_is_broken_is_refused_as_another_file_is(tmp_path, monkeypatch, content):
    monkeypatch.setenv("HFLEARN_DATA", str(tmp_path))
    (tmp_path / "spa-eng.zip").write_bytes(content)
    with pytest.raises(CourseError, match="is not the file that this course was made with"):
        outside.read("spa-eng.zip/spa-eng/spa.txt")


def test_an_archive_that_is_not_there_is_asked_for_by_its_own_name(tmp_path, monkeypatch):
    monkeypatch.setenv("HFLEARN_DATA", str(tmp_path))
    with pytest.raises(CourseError, match=r"^spa-eng.zip is not in .* folder that holds spa-eng.zip\.$"):
        outside.read("spa-eng.zip/spa-eng/spa.txt")
