"""How it looks: the same words as text and as HTML, told apart without colour."""

from hflearn.checks import Note, Status, Verdict


def test_text():
    assert repr(Verdict("q1", Status.RIGHT, "Pin it.")) == "q1 · Right. Pin it."


def test_html_says_the_same_and_marks_code_up():
    html = Verdict("q1", Status.WRONG, "Use `a < b`.")._repr_html_()
    assert "<strong>q1 · Not yet.</strong> Use <code>a &lt; b</code>." in html


def test_what_the_learner_wrote_cannot_become_markup():
    assert "<script>" not in Verdict("q1", Status.WRONG, "<script>alert(1)</script>")._repr_html_()


def test_every_status_has_words_of_its_own_and_no_colour():
    assert len({status.words for status in Status}) == len(Status)
    assert all("color:" not in Verdict("q1", status, "")._repr_html_() for status in Status)


def test_a_note_shows_code():
    note = Note("q1 · One solution", "", "a = 1\nb = 2")
    assert repr(note) == "q1 · One solution.\na = 1\nb = 2"
    assert "<pre><code>a = 1\nb = 2</code></pre>" in note._repr_html_()
