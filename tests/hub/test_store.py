"""The store on disk, filled by code rather than through HTTP."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hflearn.hub import Store, refs
from hflearn.hub.problems import BadRequest, EntryNotFound, RepoNotFound, RevisionNotFound, StaleParent


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "hub")
    store.ensure_repo("model", "org/m")
    return store


def commit(store: Store, **files: bytes) -> str:
    return store.commit("model", "org/m", files=files, message="Add", author="ada")


def test_a_repository_has_a_first_commit(store):
    assert len(store.head("model", "org/m")) == 40


def test_head_is_none_where_there_is_no_such_repository_or_revision(store):
    assert store.head("model", "org/none") is None
    assert store.head("model", "org/m", "v1") is None


def test_a_commit_moves_the_branch(store):
    assert commit(store, a=b"1") == store.head("model", "org/m")


def test_a_commit_that_changes_nothing_is_not_made(store):
    first = commit(store, a=b"1")
    assert commit(store, a=b"1") == first


def test_the_same_actions_give_the_same_ids_whenever_they_happen(tmp_path):
    ids = []
    for year in (2020, 2026):
        store = Store(tmp_path / str(year))
        date = datetime(year, 1, 1, tzinfo=UTC)
        store.ensure_repo("dataset", "org/d", date=date)
        ids.append(
            store.commit("dataset", "org/d", files={"a": b"1"}, message="Add", author="ada", date=date)
        )
    assert ids[0] == ids[1]


def test_another_message_gives_another_id(tmp_path):
    ids = set()
    for message in ("Add", "Change"):
        store = Store(tmp_path / message)
        store.ensure_repo("model", "org/m")
        ids.add(store.commit("model", "org/m", files={"a": b"1"}, message=message, author="ada"))
    assert len(ids) == 2


def test_a_stale_parent_is_refused(store):
    parent = store.head("model", "org/m")
    commit(store, a=b"1")
    with pytest.raises(StaleParent):
        store.commit("model", "org/m", files={"a": b"2"}, message="x", author="ada", parent=parent)


def test_the_first_digits_of_the_parent_are_enough(store):
    parent = store.head("model", "org/m")[:7]
    assert store.commit("model", "org/m", files={"a": b"2"}, message="x", author="ada", parent=parent)


def tree(store: Store) -> str:
    repo = store.repo("model", "org/m")
    with store.database.reading() as db:
        return refs.resolve(db, repo, "main").tree


def test_deleting_a_folder_deletes_what_it_holds(store):
    before = tree(store)
    store.commit("model", "org/m", files={"d/a": b"1", "d/e/b": b"2"}, message="Add", author="ada")
    store.commit("model", "org/m", files={}, deletions=["d"], message="Delete", author="ada")
    assert tree(store) == before


def test_a_folder_can_be_replaced_by_a_file_in_one_commit(store):
    store.commit("model", "org/m", files={"d/a": b"1"}, message="Add", author="ada")
    assert store.commit("model", "org/m", files={"d": b"2"}, deletions=["d"], message="x", author="ada")


@pytest.mark.parametrize("files", [{"a/b": b"", "a": b""}, {".gitattributes/x": b""}])
def test_a_file_and_a_folder_cannot_share_a_path(store, files):
    with pytest.raises(BadRequest):
        store.commit("model", "org/m", files=files, message="x", author="ada")


def test_deleting_what_is_not_there_is_refused(store):
    with pytest.raises(EntryNotFound):
        store.commit("model", "org/m", files={}, deletions=["none"], message="x", author="ada")


def test_a_commit_to_an_unknown_repository_is_refused(store):
    with pytest.raises(RepoNotFound):
        store.commit("model", "org/none", files={"a": b""}, message="x", author="ada")


def test_a_commit_to_an_unknown_branch_is_refused(store):
    with pytest.raises(RevisionNotFound):
        store.commit("model", "org/m", files={"a": b""}, message="x", author="ada", revision="dev")


def test_a_broken_card_is_refused(store):
    with pytest.raises(BadRequest, match=r"README\.md"):
        store.commit("model", "org/m", files={"README.md": b"---\na: [\n---\n"}, message="x", author="ada")


def test_a_file_from_the_same_disk_is_linked_not_copied(store, tmp_path):
    weights = tmp_path / "model.safetensors"
    weights.write_bytes(os.urandom(1000))
    store.commit("model", "org/m", files={"model.safetensors": weights}, message="x", author="ada")
    assert weights.stat().st_nlink == 2


def test_git_agrees_on_the_id_of_a_file_and_of_a_folder(store):
    from hflearn.hub import trees
    from hflearn.hub.blobs import small_blob

    blob = small_blob(b"hello\n")
    assert blob.oid == "ce013625030ba8dba906f756967f9e9ca394464a"  # git hash-object
    with store.database.writing() as db:
        # printf 'hello\n' > a; mkdir a.d; cp a a.d/b; git add .; git write-tree
        assert trees.edit(db, trees.EMPTY, {"a": blob, "a.d/b": blob}) == git_tree()


def git_tree() -> str:
    import hashlib

    def oid(body: bytes) -> bytes:
        return hashlib.sha1(b"tree %d\0" % len(body) + body).digest()

    blob = bytes.fromhex("ce013625030ba8dba906f756967f9e9ca394464a")
    inner = oid(b"100644 b\0" + blob)
    return oid(b"100644 a\0" + blob + b"40000 a.d\0" + inner).hex()


def test_a_second_store_on_the_same_folder_has_the_same_id(store):
    assert Store(store.root).id == store.id


def test_several_may_open_a_new_store_at_once(tmp_path):
    for number in range(20):
        with ThreadPoolExecutor(8) as pool:
            stores = list(pool.map(Store, [tmp_path / str(number)] * 8))
        assert len({store.id for store in stores}) == 1


def test_a_token_cannot_be_read_back_from_the_disk(store):
    store.ensure_account("ada")
    token = store.create_token("ada")
    store.close()
    written = b"".join(path.read_bytes() for path in store.root.rglob("*") if path.is_file())
    assert token.encode() not in written


def test_a_token_for_an_unknown_account_is_refused(store):
    with pytest.raises(BadRequest):
        store.create_token("nobody")
