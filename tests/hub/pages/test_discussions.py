"""Discussions and pull requests, as people in a browser take part in them."""

import pytest

from hflearn.hub import accounts, pull_requests, repositories


@pytest.fixture
def request_of_bob(store, push, request):
    """A pull request that bob opened against a repository of ada's: its path."""
    repo_id = f"ada/{request.node.name.replace('_', '-')[:60].strip('-')}"
    push(repo_id, {"a.txt": "one\n"})
    with store.database.writing() as db:
        repo, bob = repositories.get(db, "model", repo_id), accounts.find(db, "bob")
        pull_requests.create(db, repo, bob, "Count on", "Two follows one.", status="open")
    push(repo_id, {"a.txt": "one\ntwo\n"}, revision="refs/pr/1", message="Add two", author="bob")
    return f"/{repo_id}/discussions/1"


def test_a_discussion_is_opened_answered_and_closed(bob, ada, push):
    push("ada/talk", {"a.txt": "1"})
    opened = bob.post("/ada/talk/discussions/new", data={"title": "A question", "description": "How *so*?"})
    assert opened.url.path == "/ada/talk/discussions/1"
    assert "How <em>so</em>?" in opened.text
    assert "Like this." in ada.post(opened.url.path, data={"action": "comment", "text": "Like this."}).text
    assert ">closed<" in ada.post(opened.url.path, data={"action": "close"}).text
    assert "None is open" in bob.get("/ada/talk/discussions").text
    assert "A question" in bob.get("/ada/talk/discussions?status=closed").text
    assert ">open<" in bob.post(opened.url.path, data={"action": "open"}).text


def test_a_comment_is_markdown_without_html(bob, ada):
    data = {
        "title": "<script>alert(1)</script>",
        "description": "<script>x</script> **bold** ![i](http://e/x)",
    }
    page = bob.post("/ada/vectors/discussions/new", data=data).text
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "<strong>bold</strong>" in page
    assert "http://e/x" not in page


@pytest.mark.parametrize(
    ("title", "text"),
    [("", "text"), ("ab", "text"), ("x" * 300, "t"), ("A title", " "), ("Title", "x" * 70_000)],
)
def test_what_cannot_be_posted_is_kept_in_the_form_and_explained(bob, title, text):
    answer = bob.post("/spaces/ada/demo/discussions/new", data={"title": title, "description": text})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert title in answer.text
    assert "Nobody has opened one yet" in bob.get("/spaces/ada/demo/discussions").text


def test_a_pull_request_shows_its_changes(stranger, request_of_bob):
    page = stranger.get(request_of_bob).text
    assert '<span class="added">+two</span>' in page
    assert "1 file would change" in page
    assert "Merge</button>" not in page


def test_the_owner_merges_and_only_the_owner(bob, ada, stranger, request_of_bob):
    assert bob.post(request_of_bob, data={"action": "merge"}).status_code == 403
    assert "Merged as" in ada.post(request_of_bob, data={"action": "merge"}).text
    file = request_of_bob.replace("discussions/1", "blob/main/a.txt")
    assert "two" in stranger.get(file).text


def test_a_draft_is_made_ready_before_it_is_merged(bob, store, push):
    push("bob/draft", {"a.txt": "one\n"})
    with store.database.writing() as db:
        repo, author = repositories.get(db, "model", "bob/draft"), accounts.find(db, "bob")
        pull_requests.create(db, repo, author, "Count on", "Soon.")
    push("bob/draft", {"a.txt": "two\n"}, revision="refs/pr/1")
    assert "Merge</button>" not in bob.get("/bob/draft/discussions/1").text
    assert "Merge</button>" in bob.post("/bob/draft/discussions/1", data={"action": "open"}).text


def test_a_clash_is_named_and_nothing_is_merged(ada, push, request_of_bob):
    push(request_of_bob.split("/discussions")[0][1:], {"a.txt": "zero\n"})
    assert "cannot be merged: a.txt" in ada.get(request_of_bob).text
    assert ada.post(request_of_bob, data={"action": "merge"}).status_code == 409
    assert ">open<" in ada.get(request_of_bob).text


def test_a_comment_that_fails_is_not_lost(bob, request_of_bob):
    text = "x" * 70_000
    answer = bob.post(request_of_bob, data={"action": "comment", "text": text})
    assert answer.status_code == 400
    assert text in answer.text


@pytest.mark.parametrize("number", ["99", "0", "x", "-1", "9" * 5000, "1e3", "%00"])
def test_a_number_that_is_none_is_a_404(stranger, number):
    assert stranger.get(f"/ada/vectors/discussions/{number}").status_code == 404


def test_an_action_that_is_none_is_refused(bob, request_of_bob):
    assert bob.post(request_of_bob, data={"action": "explode"}).status_code == 400


def test_taking_part_needs_somebody_signed_in(stranger, request_of_bob):
    answer = stranger.post(request_of_bob, data={"action": "comment", "text": "hi"}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")


def test_a_gated_repository_keeps_its_changes_behind_the_gate(stranger, store, push):
    push("shop/hidden", {"a.txt": "secret one\n"}, gated="manual")
    with store.database.writing() as db:
        repo, bob = repositories.get(db, "model", "shop/hidden"), accounts.find(db, "bob")
        pull_requests.create(db, repo, bob, "Change it", "Please.", status="open")
    push("shop/hidden", {"a.txt": "secret two\n"}, revision="refs/pr/1")
    page = stranger.get("/shop/hidden/discussions/1").text
    assert "secret" not in page
    assert "behind a gate" in page
