"""Commits: lists of them, and what each changed."""


def test_the_history_lists_commits_newest_first(stranger, push):
    for number in range(3):
        push("ada/story", {"a.txt": f"{number}\n"}, message=f"Step {number}")
    page = stranger.get("/ada/story/commits/main").text
    assert "4 commits" in page
    assert page.index("Step 2") < page.index("Step 1") < page.index("initial commit")


def test_a_long_history_has_pages(stranger, push):
    for number in range(55):
        push("ada/saga", {"a.txt": f"{number}\n"}, message=f"Step {number}")
    assert "Step 0<" not in stranger.get("/ada/saga/commits/main").text
    assert "Step 0<" in stranger.get("/ada/saga/commits/main?p=1").text


def test_a_commit_shows_its_lines_added_and_gone(stranger, push):
    push("ada/edit", {"a.txt": "one\ntwo\n"})
    oid = push("ada/edit", {"a.txt": "one\nthree\n"}, message="Change a line", description="Because <i>.")
    page = stranger.get(f"/ada/edit/commit/{oid}").text
    assert '<span class="gone">-two</span>' in page
    assert '<span class="added">+three</span>' in page
    assert "Because &lt;i&gt;." in page


def test_a_commit_of_large_files_shows_sizes(stranger, push):
    push("ada/binary", {"a.bin": b"\0" * 10})
    oid = push("ada/binary", {"a.bin": b"\0" * 2000})
    assert "10 bytes → 2 kB" in stranger.get(f"/ada/binary/commit/{oid}").text


def test_the_first_commit_has_no_parent(stranger, store, push):
    store.ensure_repo("model", "ada/first")
    assert "the first commit" in stranger.get(f"/ada/first/commit/{store.head('model', 'ada/first')}").text


def test_what_a_commit_says_is_text(stranger, push):
    oid = push("ada/loud", {"<img src=x>.txt": "<script>\n"}, message="<script>alert(1)</script>")
    for page in (f"/ada/loud/commit/{oid}", "/ada/loud/commits/main", "/ada/loud/tree/main"):
        text = stranger.get(page).text
        assert "<script" not in text
        assert "<img" not in text


def test_too_many_files_are_counted_not_shown(stranger, push):
    oid = push("ada/heap", {f"{number:03}.txt": "x\n" for number in range(130)})
    page = stranger.get(f"/ada/heap/commit/{oid}").text
    assert "131 files changed" in page or "130 files changed" in page
    assert "more, not shown here" in page
