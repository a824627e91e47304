"""Several people who push at the same moment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from huggingface_hub import CommitOperationAdd
from huggingface_hub.errors import HfHubHTTPError


def push(api, repo, name, parent):
    operation = CommitOperationAdd(f"{name}.txt", name.encode())
    try:
        return api.create_commit(repo, [operation], commit_message=name, parent_commit=parent)
    except HfHubHTTPError as error:
        return error.response.status_code


@pytest.mark.parametrize("round_", range(5))
def test_of_two_pushes_on_one_parent_one_wins_and_the_other_gets_412(ada, repo, round_):
    parent = ada.model_info(repo).sha
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda name: push(ada, repo, name, parent), ("a", "b")))
    assert sorted(result == 412 for result in results) == [False, True]
    winner = "ab"[results.index(412) ^ 1]
    assert ada.list_repo_files(repo) == [".gitattributes", f"{winner}.txt"]


def test_pushes_without_a_parent_all_happen(ada, repo):
    names = [f"f{number}" for number in range(8)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: push(ada, repo, name, None), names))
    assert ada.list_repo_files(repo) == [".gitattributes", *(f"{name}.txt" for name in names)]
    assert len(ada.list_repo_commits(repo)) == 9


def test_after_losing_one_can_push_onto_what_is_there_now(ada, repo):
    parent = ada.model_info(repo).sha
    push(ada, repo, "first", parent)
    assert push(ada, repo, "second", parent) == 412
    assert push(ada, repo, "second", ada.model_info(repo).sha) != 412
