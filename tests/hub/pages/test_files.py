"""Folders, files and revisions."""

import hashlib

import pytest

from hflearn.hub import refs, repositories


@pytest.fixture(scope="module")
def odd(store):
    """A repository with names that need care, a branch with a slash and a tag."""
    from .conftest import add

    files = {"a b#?%.txt": "one", "<b>.txt": "two", "ünï/ç.md": "three", "ünï/deep/x.txt": "four"}
    oid = add(store, "model", "ada/odd", files)
    with store.database.writing() as db:
        repo = repositories.get(db, "model", "ada/odd")
        refs.create_branch(db, repo, "try/this")
        refs.create_tag(db, repo, "v1.0", "main")
    return oid


def links(html: str) -> list[str]:
    return [part.split('"')[0] for part in html.split('<th scope="row"><a href="')[1:]]


def test_every_file_in_a_folder_can_be_opened(stranger, odd):
    for folder in ("/ada/odd/tree/main", "/ada/odd/tree/main/%C3%BCn%C3%AF", "/ada/odd/tree/try%2Fthis"):
        found = links(stranger.get(folder).text)
        assert found
        assert [stranger.get(link).status_code for link in found] == [200] * len(found)


def test_a_name_is_shown_as_text(stranger, odd):
    page = stranger.get("/ada/odd/tree/main").text
    assert "&lt;b&gt;.txt" in page
    assert "<b>.txt" not in page


def test_each_file_names_the_last_commit_that_changed_it(stranger, push):
    push("ada/steps", {"a.txt": "1", "b.txt": "1"}, message="First")
    push("ada/steps", {"b.txt": "2"}, message="Second")
    page = stranger.get("/ada/steps/tree/main").text
    assert page.index("a.txt") < page.index("First") < page.index("b.txt") < page.index("Second")


@pytest.mark.parametrize("revision", ["main", "v1.0", "try%2Fthis"])
def test_a_revision_is_a_branch_a_tag_or_a_commit(stranger, odd, revision):
    assert stranger.get(f"/ada/odd/tree/{revision}").status_code == 200
    assert stranger.get(f"/ada/odd/tree/{odd}").status_code == 200
    assert stranger.get(f"/ada/odd/tree/{odd[:8]}").status_code == 200


def test_choosing_a_revision_leads_to_it(stranger, odd):
    answer = stranger.get("/ada/odd/tree?revision=try/this", follow_redirects=False)
    assert answer.headers["location"] == "/ada/odd/tree/try%2Fthis"
    answer = stranger.get("/ada/odd/commits?revision=v1.0", follow_redirects=False)
    assert answer.headers["location"] == "/ada/odd/commits/v1.0"


def test_text_is_shown_and_escaped(stranger, push):
    push("ada/page", {"index.html": "<script>alert(1)</script>"})
    page = stranger.get("/ada/page/blob/main/index.html").text
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page


def test_a_large_file_shows_its_size_and_hash_and_a_way_to_get_it(stranger, push):
    weights = b"\0\1\2" * 1000
    push("ada/weights", {"model.bin": weights})
    page = stranger.get("/ada/weights/blob/main/model.bin").text
    assert hashlib.sha256(weights).hexdigest() in page
    assert "3,000 bytes" in page
    assert 'href="/ada/weights/resolve/main/model.bin" download' in page


def test_a_text_too_long_to_read_is_not_shown(stranger, push):
    push("ada/longtext", {"a.txt": "x" * 600_000})
    page = stranger.get("/ada/longtext/blob/main/a.txt").text
    assert "not shown as text" in page
    assert len(page) < 10_000


def test_a_picture_is_shown(stranger, push):
    push("ada/picture", {"cat.png": b"\x89PNG\r\n\x1a\n"})
    assert '<img src="/ada/picture/resolve/main/cat.png" alt="cat.png">' in (
        stranger.get("/ada/picture/blob/main/cat.png").text
    )


@pytest.mark.parametrize(
    "path",
    [
        "tree/nowhere",
        "tree/main/nothing",
        "tree/main/notes.md",
        "blob/main/data",
        "blob/main/",
        "blob/main/..%2F..%2Fetc%2Fpasswd",
        "tree/%00",
        "tree/refs%2Fpr%2F9",
        "commits/zzz",
        "commit/abc",
    ],
)
def test_what_is_not_there_is_a_404_in_words(stranger, path):
    answer = stranger.get(f"/ada/vectors/{path}")
    assert answer.status_code == 404
    assert "<h1>Not found</h1>" in answer.text


def test_a_private_file_is_given_to_the_signed_in_owner_alone(ada, bob):
    assert "/shop/secret/raw/main/README.md" in ada.get("/shop/secret/blob/main/README.md").text
    assert ada.get("/shop/secret/raw/main/README.md").text == "The price list."
    assert bob.get("/shop/secret/raw/main/README.md").status_code == 404


def test_a_file_from_a_repository_cannot_act_as_a_page(ada):
    headers = ada.get("/shop/secret/raw/main/README.md").headers
    assert "sandbox" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
