"""How a diagnosis is shown."""

from hflearn import course
from hflearn.explain import Diagnosis

FOUND = Diagnosis(
    happened="The Hub has no `shop/<b>parcel</b>`.",
    cause="It is misspelt.",
    fix="Write it so.",
    code='print("<a & b>")\nprint()',
    rule="some_rule",
    lesson=course.lessons()[0].id,
)


def test_as_text_every_part_has_its_label_and_code_stands_under_the_fix():
    lines = str(FOUND).splitlines()
    assert lines[0] == "what happened  The Hub has no `shop/<b>parcel</b>`."
    assert lines[1] == "likely cause   It is misspelt."
    assert lines[2:5] == [
        "what to do     Write it so.",
        '                   print("<a & b>")',
        "                   print()",
    ]
    assert lines[5] == f"lesson         00, {course.lessons()[0].title}"


def test_long_sentences_are_wrapped_under_themselves():
    lines = str(Diagnosis("word " * 40, "", "")).splitlines()
    assert len(lines) == 3 and max(map(len, lines)) <= 100
    assert lines[1].startswith(" " * 15 + "word")


def test_in_html_code_is_marked_and_nothing_of_the_learners_is_markup():
    html = FOUND._repr_html_()
    assert "<code>shop/&lt;b&gt;parcel&lt;/b&gt;</code>" in html
    assert "<pre>print(&quot;&lt;a &amp; b&gt;&quot;)\nprint()</pre>" in html
    assert html.startswith('<div role="note" aria-label="Explanation of the error"')


def test_a_lesson_that_this_course_lacks_is_not_mentioned():
    assert "lesson" not in str(Diagnosis("A.", "B.", "C.", lesson="99_nothing"))


def test_an_empty_part_leaves_no_label():
    assert str(Diagnosis("A.", "", "C.")) == "what happened  A.\nwhat to do     C."
