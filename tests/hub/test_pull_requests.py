"""Discussions and pull requests through the real client."""

from pathlib import Path

import pytest
from huggingface_hub.errors import HfHubHTTPError


def propose(api, repo, content=b"new\n", path="a.txt"):
    return api.upload_file(
        path_or_fileobj=content, path_in_repo=path, repo_id=repo, create_pr=True, commit_message="Change a"
    ).pr_num


def test_anybody_can_propose_a_change_and_the_owner_merges_it(ada, bob, repo):
    number = propose(bob, repo)
    assert "a.txt" not in ada.list_repo_files(repo)
    ada.merge_pull_request(repo, number, comment="Thank you")
    assert "a.txt" in ada.list_repo_files(repo)
    request = ada.get_discussion_details(repo, number)
    assert (request.status, request.merge_commit_oid) == ("merged", ada.model_info(repo).sha)


def test_merging_makes_one_commit_that_names_the_request(ada, bob, repo):
    number = propose(bob, repo)
    bob.upload_file(path_or_fileobj=b"x", path_in_repo="b", repo_id=repo, revision=f"refs/pr/{number}")
    ada.merge_pull_request(repo, number)
    commits = ada.list_repo_commits(repo)
    assert [commit.title for commit in commits] == [f"Change a (#{number})", "initial commit"]
    assert "Upload b with huggingface_hub" in commits[0].message


def test_the_request_shows_its_commits_and_what_they_change(ada, bob, repo):
    ada.upload_file(path_or_fileobj=b"old\n", path_in_repo="a.txt", repo_id=repo)
    request = ada.get_discussion_details(repo, propose(bob, repo))
    assert [event.type for event in request.events] == ["comment", "commit"]
    assert request.target_branch == "refs/heads/main"
    assert "-old\n+new\n" in request.diff


def test_the_proposed_revision_can_be_downloaded(ada, bob, repo, tmp_path):
    number = propose(bob, repo)
    path = ada.hf_hub_download(repo, "a.txt", revision=f"refs/pr/{number}", cache_dir=tmp_path)
    assert Path(path).read_text() == "new\n"


def test_changes_of_other_files_do_not_clash(ada, bob, repo):
    number = propose(bob, repo)
    ada.upload_file(path_or_fileobj=b"1", path_in_repo="other", repo_id=repo)
    ada.merge_pull_request(repo, number)
    assert ada.list_repo_files(repo) == [".gitattributes", "a.txt", "other"]


def test_changes_of_the_same_file_clash(ada, bob, repo):
    number = propose(bob, repo)
    ada.upload_file(path_or_fileobj=b"mine", path_in_repo="a.txt", repo_id=repo)
    assert ada.get_discussion_details(repo, number).conflicting_files == ["a.txt"]
    with pytest.raises(HfHubHTTPError, match=r"both changed a\.txt") as error:
        ada.merge_pull_request(repo, number)
    assert error.value.response.status_code == 409


def test_a_request_opened_empty_is_a_draft_until_it_is_opened(ada, repo):
    request = ada.create_pull_request(repo, title="Later", description="Soon")
    assert request.status == "draft"
    ada.upload_file(path_or_fileobj=b"1", path_in_repo="a", repo_id=repo, revision=request.git_reference)
    ada.change_discussion_status(repo, request.num, "open")
    ada.merge_pull_request(repo, request.num)
    assert "a" in ada.list_repo_files(repo)


def test_only_the_owner_merges(bob, repo):
    number = propose(bob, repo)
    with pytest.raises(HfHubHTTPError) as error:
        bob.merge_pull_request(repo, number)
    assert error.value.response.status_code == 403


def test_only_its_author_or_the_owner_adds_to_a_request(ada, bob, repo):
    number = propose(ada, repo)
    with pytest.raises(HfHubHTTPError) as error:
        bob.upload_file(path_or_fileobj=b"1", path_in_repo="b", repo_id=repo, revision=f"refs/pr/{number}")
    assert error.value.response.status_code == 403


def test_a_request_is_merged_once(ada, repo):
    number = propose(ada, repo)
    ada.merge_pull_request(repo, number)
    with pytest.raises(HfHubHTTPError, match="merged"):
        ada.merge_pull_request(repo, number)


def test_a_large_file_can_be_proposed(ada, bob, repo):
    ada.merge_pull_request(repo, propose(bob, repo, content=b"\0" * 10_000, path="w.bin"))
    assert ada.get_paths_info(repo, "w.bin")[0].lfs.size == 10_000


def test_a_discussion_is_talked_about_renamed_and_closed(ada, bob, repo):
    number = bob.create_discussion(repo, title="A question", description="Why?").num
    comment = ada.comment_discussion(repo, number, "Because <b>")
    ada.edit_discussion_comment(repo, number, comment.id, "Because.")
    bob.rename_discussion(repo, number, "An answer")
    bob.change_discussion_status(repo, number, "closed", comment="Thanks")
    found = ada.get_discussion_details(repo, number)
    assert (found.title, found.status, found.is_pull_request) == ("An answer", "closed", False)
    assert [event.type for event in found.events] == [
        *("comment", "comment", "title-change", "comment", "status-change")
    ]
    assert (found.events[1].content, found.events[1].edited) == ("Because.", True)


def test_a_hidden_comment_is_gone(ada, bob, repo):
    number = bob.create_discussion(repo, title="A question").num
    comment = bob.comment_discussion(repo, number, "rude")
    assert "rude" not in ada.hide_discussion_comment(repo, number, comment.id).content


def test_nobody_rewrites_anothers_comment(ada, bob, repo):
    number = bob.create_discussion(repo, title="A question").num
    comment = bob.comment_discussion(repo, number, "mine")
    with pytest.raises(HfHubHTTPError) as error:
        ada.edit_discussion_comment(repo, number, comment.id, "yours")
    assert error.value.response.status_code == 403


def test_discussions_are_listed_by_kind_status_and_author(ada, bob, repo):
    bob.create_discussion(repo, title="A question")
    propose(ada, repo)
    ada.change_discussion_status(repo, 1, "closed")

    def numbers(**conditions):
        return [found.num for found in ada.get_repo_discussions(repo, **conditions)]

    assert numbers() == [2, 1]
    assert numbers(discussion_type="pull_request") == [2]
    assert numbers(discussion_status="closed") == [1]
    assert numbers(author="bob") == [1]


def test_a_discussion_that_is_not_there_is_not_found(ada, repo):
    with pytest.raises(HfHubHTTPError) as error:
        ada.get_discussion_details(repo, 7)
    assert error.value.response.status_code == 404


def test_the_list_of_refs_shows_requests_where_they_are_asked_for(ada, repo):
    propose(ada, repo)
    assert [ref.ref for ref in ada.list_repo_refs(repo, include_pull_requests=True).pull_requests] == [
        "refs/pr/1"
    ]
