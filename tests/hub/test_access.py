"""Tokens, and gated repositories, through the real client."""

import pytest
import requests
from huggingface_hub import HfApi
from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, LocalEntryNotFoundError


@pytest.fixture
def gated(ada, repo):
    ada.upload_file(path_or_fileobj=b"{}", path_in_repo="config.json", repo_id=repo)
    ada.update_repo_settings(repo, gated="manual")
    return repo


def ask(api, repo):
    headers = {"Authorization": f"Bearer {api.token}"}
    url = f"{api.endpoint}/api/models/{repo}/user-access-request"
    assert requests.post(url, headers=headers).status_code == 200


def users(requests_):
    return [request.username for request in requests_]


def test_a_token_says_who_one_is(ada):
    assert ada.whoami()["name"] == "ada"
    assert ada.whoami()["auth"]["accessToken"]["role"] == "write"


def test_a_wrong_token_is_refused(running):
    with pytest.raises(HfHubHTTPError, match="Invalid user token") as error:
        HfApi(endpoint=running.url, token="hf_wrong").whoami()
    assert error.value.response.status_code == 401


def test_a_wrong_token_is_refused_even_where_none_is_needed(running, repo):
    with pytest.raises(HfHubHTTPError, match="Invalid credentials in Authorization header"):
        HfApi(endpoint=running.url, token="hf_wrong").model_info(repo)


def test_a_gated_repository_shows_itself_but_not_its_files(bob, gated, tmp_path):
    assert bob.model_info(gated).gated == "manual"
    with pytest.raises(GatedRepoError, match="not in the authorized list") as error:
        bob.hf_hub_download(gated, "config.json", cache_dir=tmp_path)
    assert error.value.response.status_code == 403


def test_a_stranger_is_told_to_sign_in(stranger, gated, tmp_path):
    with pytest.raises((GatedRepoError, LocalEntryNotFoundError), match="log in"):
        stranger.hf_hub_download(gated, "config.json", cache_dir=tmp_path)


def test_access_is_asked_for_and_given(ada, bob, gated, tmp_path):
    ask(bob, gated)
    assert users(ada.list_pending_access_requests(gated)) == ["bob"]
    with pytest.raises(GatedRepoError, match="awaiting a review"):
        bob.auth_check(gated)
    ada.accept_access_request(gated, "bob")
    assert users(ada.list_accepted_access_requests(gated)) == ["bob"]
    assert bob.hf_hub_download(gated, "config.json", cache_dir=tmp_path)


def test_access_is_refused_and_taken_back(ada, bob, gated):
    ask(bob, gated)
    ada.reject_access_request(gated, "bob", rejection_reason="No.")
    assert users(ada.list_rejected_access_requests(gated)) == ["bob"]
    with pytest.raises(GatedRepoError, match="rejected"):
        bob.auth_check(gated)
    ada.cancel_access_request(gated, "bob")
    assert users(ada.list_pending_access_requests(gated)) == ["bob"]


def test_a_request_can_be_answered_by_its_id(ada, bob, gated):
    ask(bob, gated)
    [request] = ada.list_pending_access_requests(gated)
    ada.accept_access_request(gated, request_id=request.request_id)
    bob.auth_check(gated)


def test_access_can_be_given_unasked(ada, bob, gated):
    ada.grant_access(gated, "bob")
    bob.auth_check(gated)
    with pytest.raises(HfHubHTTPError, match="already"):
        ada.grant_access(gated, "bob")


def test_an_automatic_gate_opens_when_asked(ada, bob, gated):
    ada.update_repo_settings(gated, gated="auto")
    ask(bob, gated)
    bob.auth_check(gated)


def test_nobody_answers_requests_for_anothers_repository(bob, gated):
    ask(bob, gated)
    with pytest.raises(HfHubHTTPError) as error:
        bob.accept_access_request(gated, "bob")
    assert error.value.response.status_code == 403


def test_a_request_that_nobody_made_cannot_be_answered(ada, gated):
    with pytest.raises(HfHubHTTPError) as error:
        ada.accept_access_request(gated, "bob")
    assert error.value.response.status_code == 404


def test_the_owner_may_write_and_others_may_not(ada, bob, repo):
    ada.auth_check(repo, write=True)
    with pytest.raises(HfHubHTTPError):
        bob.auth_check(repo, write=True)
