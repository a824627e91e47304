"""Repositories through the real client: making, moving, hiding, deleting."""

from pathlib import Path

import pytest
from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError


@pytest.mark.parametrize("repo_type", ["model", "dataset", "space"])
def test_a_repository_can_be_made_and_deleted(ada, repo_type):
    sdk = "gradio" if repo_type == "space" else None
    url = ada.create_repo("ada/kind", repo_type=repo_type, space_sdk=sdk)
    assert (url.repo_type, url.repo_id) == (repo_type, "ada/kind")
    assert ada.repo_exists("ada/kind", repo_type=repo_type)
    ada.delete_repo("ada/kind", repo_type=repo_type)
    assert not ada.repo_exists("ada/kind", repo_type=repo_type)


def test_a_model_and_a_dataset_may_share_a_name(ada):
    ada.create_repo("ada/same")
    ada.create_repo("ada/same", repo_type="dataset")
    ada.delete_repo("ada/same")
    assert ada.repo_exists("ada/same", repo_type="dataset")


def test_a_name_without_a_namespace_means_ones_own(ada):
    assert ada.create_repo("bare").repo_id == "ada/bare"


def test_making_it_twice_is_a_conflict(ada, repo):
    with pytest.raises(HfHubHTTPError, match="You already created this model repo") as error:
        ada.create_repo(repo)
    assert error.value.response.status_code == 409


def test_making_it_twice_is_fine_with_exist_ok(ada, repo):
    assert ada.create_repo(repo, exist_ok=True).repo_id == repo


def test_ids_are_the_same_in_small_and_capital_letters(ada, repo):
    assert ada.model_info(repo.upper()).id == repo


def test_nobody_makes_a_repository_under_anothers_name(bob):
    with pytest.raises(HfHubHTTPError, match="You don't have the rights") as error:
        bob.create_repo("ada/by-bob")
    assert error.value.response.status_code == 403


def test_a_member_writes_to_what_belongs_to_the_organisation(store, bob):
    store.ensure_member("guild", "bob")
    bob.create_repo("guild/m")
    bob.upload_file(path_or_fileobj=b"1", path_in_repo="a", repo_id="guild/m")
    assert bob.whoami()["orgs"][0]["name"] == "guild"


def test_a_moved_repository_answers_to_its_old_name(ada, repo, tmp_path):
    ada.upload_file(path_or_fileobj=b"1", path_in_repo="a.txt", repo_id=repo)
    ada.move_repo(repo, "ada/moved-to")
    assert ada.model_info(repo).id == "ada/moved-to"
    assert Path(ada.hf_hub_download(repo, "a.txt", cache_dir=tmp_path)).read_text() == "1"


def test_a_repository_cannot_be_moved_onto_another(ada, repo):
    ada.create_repo("ada/taken")
    with pytest.raises(HfHubHTTPError, match="already"):
        ada.move_repo(repo, "ada/taken")


def test_a_private_repository_does_not_exist_for_others(ada, bob, stranger, repo):
    ada.update_repo_settings(repo, private=True)
    for api in (bob, stranger):
        with pytest.raises(RepositoryNotFoundError):
            api.model_info(repo)
    assert ada.model_info(repo).private


def test_a_private_repository_is_in_its_owners_lists_alone(ada, bob, repo):
    ada.update_repo_settings(repo, private=True)
    assert repo in [model.id for model in ada.list_models(author="ada")]
    assert repo not in [model.id for model in bob.list_models(author="ada")]


def test_a_duplicate_holds_the_same_files(ada, bob, repo):
    ada.upload_file(path_or_fileobj=b"\0" * 100, path_in_repo="a.bin", repo_id=repo)
    bob.duplicate_repo(repo, to_id="bob/copy")
    assert bob.list_repo_files("bob/copy") == ada.list_repo_files(repo)


def test_a_space_starts_with_a_card_that_names_its_sdk(ada):
    ada.create_repo("ada/app", repo_type="space", space_sdk="gradio")
    assert ada.space_info("ada/app").sdk == "gradio"


def test_what_a_user_stores_can_be_listed(ada, repo):
    found = {one.id: one for one in ada.list_user_repos()}
    assert found[repo].visibility == "public" and found[repo].storage > 0
