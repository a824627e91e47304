"""The YAML block at the top of a README."""

import pytest

from hflearn.hub import cards


def test_the_fields_of_the_block_are_read():
    assert cards.parse("---\nlicense: mit\ntags: [a, b]\n---\n# Title") == {
        "license": "mit",
        "tags": ["a", "b"],
    }


def test_blank_lines_above_the_block_are_allowed():
    assert cards.parse("\n\n---\nlicense: mit\n---\n") == {"license": "mit"}


@pytest.mark.parametrize("readme", ["", "# Title", "text\n---\na: b\n---\n", "---\n---\n"])
def test_a_readme_without_a_block_has_no_fields(readme):
    assert cards.parse(readme) == {}


def test_a_date_becomes_text():
    assert cards.parse("---\ndate: 2026-11-22\n---\n") == {"date": "2026-11-22"}


@pytest.mark.parametrize(
    "block",
    [
        "a: [",
        "- a",
        "a: &x [1]\nb: *x",
        "a: .nan",
        "? [1, 2]\n: 3",
        "a: !!python/name:os.system x",
        'a: "\\ud800"',
        "a: " + "[" * 3000,
        "a: " + "9" * 5000,
        "license: 3",
        "tags: {a: b}",
        "tags: [1]",
    ],
    ids=lambda block: block[:20],
)
def test_a_block_that_cannot_be_used_is_an_error(block):
    assert cards.errors(f"---\n{block}\n---\n")


def test_a_missing_licence_is_a_warning():
    assert cards.errors("---\ntags: [a]\n---\n") == []
    assert cards.warnings("---\ntags: [a]\n---\n", "model")
