"""Files through the real client: up, down, listed, in part, in every revision."""

import os
import time
from pathlib import Path

import pytest
import requests
from huggingface_hub import CommitOperationAdd, CommitOperationCopy, CommitOperationDelete, HfFileSystem
from huggingface_hub.errors import EntryNotFoundError, HfHubHTTPError, RevisionNotFoundError

WEIGHTS = os.urandom(300_000)


def upload(api, repo, **options):
    files = {"README.md": b"# Hi\n", "config.json": b"{}", "w/model.safetensors": WEIGHTS, "empty": b""}
    operations = [CommitOperationAdd(path, content) for path, content in files.items()]
    return api.create_commit(
        repo, operations, commit_message="Add", commit_description="All of it", **options
    )


def test_a_small_and_a_large_file_come_back_as_they_were_sent(ada, repo, tmp_path):
    upload(ada, repo)
    for path, content in (("config.json", b"{}"), ("w/model.safetensors", WEIGHTS), ("empty", b"")):
        assert Path(ada.hf_hub_download(repo, path, cache_dir=tmp_path)).read_bytes() == content


def test_a_snapshot_holds_all_files(ada, repo, tmp_path):
    upload(ada, repo)
    folder = ada.snapshot_download(repo, cache_dir=tmp_path)
    assert sorted(path.name for path in Path(folder).iterdir()) == [
        ".gitattributes",
        "README.md",
        "config.json",
        "empty",
        "w",
    ]


def test_a_folder_can_be_uploaded_leaving_out_what_gitignore_names(ada, repo, tmp_path):
    for name, text in ((".gitignore", "*.log\n"), ("a.txt", "a"), ("b.log", "b")):
        (tmp_path / name).write_text(text)
    ada.upload_folder(repo_id=repo, folder_path=tmp_path)
    assert ada.list_repo_files(repo) == [".gitattributes", ".gitignore", "a.txt"]


def test_a_file_that_has_not_changed_makes_no_commit(ada, repo):
    first = upload(ada, repo)
    assert upload(ada, repo).oid == first.oid


def test_files_can_be_deleted_and_copied_in_one_commit(ada, repo):
    upload(ada, repo)
    ada.create_commit(
        repo,
        [
            CommitOperationCopy("w/model.safetensors", "copy.safetensors"),
            CommitOperationDelete("w/"),
            CommitOperationDelete("empty"),
        ],
        commit_message="Tidy",
    )
    assert ada.list_repo_files(repo) == [".gitattributes", "README.md", "config.json", "copy.safetensors"]


def test_the_tree_shows_sizes_and_large_files(ada, repo):
    upload(ada, repo)
    found = {item.path: item for item in ada.list_repo_tree(repo, recursive=True)}
    assert found["w/model.safetensors"].lfs.size == found["w/model.safetensors"].size == len(WEIGHTS)
    assert found["README.md"].lfs is None and found["w"].tree_id


def test_the_tree_shows_the_last_commit_of_each_file(ada, repo):
    first = upload(ada, repo).oid
    second = ada.upload_file(path_or_fileobj=b"# Ho\n", path_in_repo="README.md", repo_id=repo).oid
    last = {item.path: item.last_commit.oid for item in ada.list_repo_tree(repo, expand=True)}
    assert (last["README.md"], last["config.json"], last["w"]) == (second, first, first)


def test_a_missing_folder_is_an_entry_not_found(ada, repo):
    with pytest.raises(EntryNotFoundError):
        list(ada.list_repo_tree(repo, "nowhere"))


def test_paths_that_are_not_there_are_left_out_of_paths_info(ada, repo):
    upload(ada, repo)
    assert [item.path for item in ada.get_paths_info(repo, ["w", "none", "empty"])] == ["w", "empty"]


def test_a_missing_file_is_an_entry_not_found_and_names_the_commit(ada, repo, tmp_path):
    with pytest.raises(EntryNotFoundError) as error:
        ada.hf_hub_download(repo, "none", cache_dir=tmp_path)
    assert error.value.response.headers["X-Repo-Commit"] == ada.model_info(repo).sha


def test_a_missing_revision_is_a_revision_not_found(ada, repo, tmp_path):
    with pytest.raises(RevisionNotFoundError):
        ada.hf_hub_download(repo, "README.md", revision="v9", cache_dir=tmp_path)


def test_an_old_revision_stays_what_it_was(ada, repo):
    first = upload(ada, repo).oid
    ada.delete_file("config.json", repo)
    assert "config.json" in ada.list_repo_files(repo, revision=first)
    assert "config.json" not in ada.list_repo_files(repo)


def test_history_is_told_newest_first(ada, repo):
    upload(ada, repo)
    newest, oldest = ada.list_repo_commits(repo)
    assert (newest.title, newest.message, newest.authors) == ("Add", "All of it", ["ada"])
    assert oldest.title == "initial commit"


def test_long_history_comes_in_pages(store, ada, repo):
    for number in range(60):
        store.commit("model", repo, files={"n": b"%d" % number}, message=f"Commit {number}", author="ada")
    assert len(ada.list_repo_commits(repo)) == 61


def test_a_large_tree_comes_in_pages(store, ada, repo):
    files = {f"f{number:04}": b"" for number in range(1100)}
    store.commit("model", repo, files=files, message="Many", author="ada")
    assert len(ada.list_repo_files(repo)) == 1101


def test_the_etag_of_a_small_file_is_gits_and_of_a_large_one_its_sha256(ada, repo, running):
    upload(ada, repo)
    info = {one.rfilename: one for one in ada.model_info(repo, files_metadata=True).siblings}
    small = requests.head(f"{running.url}/{repo}/resolve/main/README.md")
    large = requests.head(f"{running.url}/{repo}/resolve/main/w/model.safetensors")
    assert small.headers["ETag"].strip('"') == info["README.md"].blob_id
    assert large.headers["ETag"] == large.headers["X-Linked-Etag"]
    assert large.headers["ETag"].strip('"') == info["w/model.safetensors"].lfs.sha256


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("0-9", 0, 10), ("100-", 100, None), ("-5", -5, None), ("0-99999999", 0, None)],
)
def test_a_part_of_a_file_can_be_asked_for(ada, repo, running, asked, start, end):
    upload(ada, repo)
    url = f"{running.url}/{repo}/resolve/main/w/model.safetensors"
    response = requests.get(url, headers={"Range": f"bytes={asked}"})
    assert (response.status_code, response.content) == (206, WEIGHTS[start:end])


@pytest.mark.parametrize(
    ("asked", "status"), [("bytes=999999999-", 416), ("bytes=5-2", 400), ("lines=1-2", 400)]
)
def test_a_part_that_is_not_there_is_refused_with_a_sentence(ada, repo, running, asked, status):
    upload(ada, repo)
    url = f"{running.url}/{repo}/resolve/main/w/model.safetensors"
    response = requests.get(url, headers={"Range": asked})
    assert response.status_code == status
    assert response.headers["X-Error-Code"] and response.headers["X-Error-Message"]


def test_a_repositorys_html_is_not_run_as_a_page_of_the_hub(ada, repo, running):
    ada.upload_file(path_or_fileobj=b"<script>1</script>", path_in_repo="a.html", repo_id=repo)
    headers = requests.get(f"{running.url}/{repo}/resolve/main/a.html").headers
    assert (
        headers["Content-Type"].startswith("text/plain") and "sandbox" in headers["Content-Security-Policy"]
    )


def test_names_with_spaces_accents_and_percent_signs_survive(ada, repo, tmp_path):
    for name in ("a b.txt", "d é/ü.txt", "50%.txt", "a+b#c?.txt", "%2e%2e"):
        ada.upload_file(path_or_fileobj=name.encode(), path_in_repo=name, repo_id=repo)
        assert Path(ada.hf_hub_download(repo, name, cache_dir=tmp_path)).read_bytes() == name.encode()


def test_the_file_system_reads_and_writes(ada, repo, running):
    files = HfFileSystem(endpoint=running.url, token=ada.token, skip_instance_cache=True)
    with files.open(f"{repo}/note.txt", "w") as file:
        file.write("hello")
    assert files.cat(f"{repo}/note.txt") == b"hello"
    assert f"{repo}/note.txt" in files.ls(repo, detail=False)


def test_a_read_token_cannot_write(client, repo):
    with pytest.raises(HfHubHTTPError, match="can only read") as error:
        client("ada", role="read").upload_file(path_or_fileobj=b"1", path_in_repo="a", repo_id=repo)
    assert error.value.response.status_code == 403


def test_nobody_writes_to_anothers_repository(bob, repo):
    with pytest.raises(HfHubHTTPError, match="You don't have the rights") as error:
        bob.upload_file(path_or_fileobj=b"1", path_in_repo="a", repo_id=repo)
    assert error.value.response.status_code == 403


def test_a_broken_card_is_refused_before_it_is_pushed(ada, repo):
    with pytest.raises(ValueError, match=r"Invalid metadata in README\.md"):
        ada.upload_file(path_or_fileobj=b"---\na: [\n---\n", path_in_repo="README.md", repo_id=repo)


def test_a_download_of_the_configuration_counts(ada, repo, running):
    upload(ada, repo)
    requests.get(f"{running.url}/{repo}/resolve/main/config.json")
    deadline = time.monotonic() + 5  # it is counted once the answer is on its way
    while ada.model_info(repo).downloads == 0 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert ada.model_info(repo).downloads == 1
