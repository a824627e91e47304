"""Branches and tags through the real client."""

import pytest
from huggingface_hub.errors import HfHubHTTPError, RevisionNotFoundError


def names(refs):
    return [ref.name for ref in refs]


def test_a_branch_has_commits_of_its_own(ada, repo):
    ada.create_branch(repo, branch="dev")
    ada.upload_file(path_or_fileobj=b"1", path_in_repo="a", repo_id=repo, revision="dev")
    assert "a" in ada.list_repo_files(repo, revision="dev")
    assert "a" not in ada.list_repo_files(repo)


def test_a_branch_may_have_a_slash_in_its_name(ada, repo):
    ada.create_branch(repo, branch="feature/x")
    assert ada.model_info(repo, revision="feature/x").sha == ada.model_info(repo).sha
    ada.delete_branch(repo, branch="feature/x")
    assert names(ada.list_repo_refs(repo).branches) == ["main"]


def test_a_branch_can_start_at_an_old_commit(ada, repo):
    start = ada.model_info(repo).sha
    ada.upload_file(path_or_fileobj=b"1", path_in_repo="a", repo_id=repo)
    ada.create_branch(repo, branch="old", revision=start)
    assert ada.model_info(repo, revision="old").sha == start


def test_a_tag_stays_at_its_commit(ada, repo):
    ada.create_tag(repo, tag="v1", tag_message="first")
    before = ada.model_info(repo).sha
    ada.upload_file(path_or_fileobj=b"1", path_in_repo="a", repo_id=repo)
    assert ada.model_info(repo, revision="v1").sha == before
    ada.delete_tag(repo, tag="v1")
    assert ada.list_repo_refs(repo).tags == []


def test_a_commit_can_be_named_by_its_first_digits(ada, repo):
    sha = ada.model_info(repo).sha
    assert ada.model_info(repo, revision=sha[:8]).sha == sha


def test_a_branch_that_exists_is_a_conflict(ada, repo):
    with pytest.raises(HfHubHTTPError) as error:
        ada.create_branch(repo, branch="main")
    assert error.value.response.status_code == 409


def test_main_cannot_be_deleted(ada, repo):
    with pytest.raises(HfHubHTTPError, match="main") as error:
        ada.delete_branch(repo, branch="main")
    assert error.value.response.status_code == 403


def test_a_branch_cannot_start_nowhere(ada, repo):
    with pytest.raises(RevisionNotFoundError):
        ada.create_branch(repo, branch="x", revision="nowhere")


def test_a_tag_takes_no_commits(ada, repo):
    ada.create_tag(repo, tag="v1")
    with pytest.raises(HfHubHTTPError):
        ada.upload_file(path_or_fileobj=b"1", path_in_repo="a", repo_id=repo, revision="v1")


def test_others_cannot_make_branches(bob, repo):
    with pytest.raises(HfHubHTTPError) as error:
        bob.create_branch(repo, branch="mine")
    assert error.value.response.status_code == 403
