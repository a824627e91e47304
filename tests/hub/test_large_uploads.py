"""Large files as they arrive: signed addresses, and contents that are not what was announced."""

import hashlib
import json

import pytest
import requests

from hflearn.hub.api.large_uploads import LIMIT, upload_path

CONTENT = b"\0" * 1000
SIZE = len(CONTENT)
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def batch(ada, repo, running):
    """Ask where to send an object."""

    def ask(oid=SHA256, size=SIZE):
        headers = {"Authorization": f"Bearer {ada.token}"}
        body = {"operation": "upload", "objects": [{"oid": oid, "size": size}]}
        return requests.post(f"{running.url}/{repo}.git/info/lfs/objects/batch", json=body, headers=headers)

    return ask


@pytest.fixture
def href(batch):
    return batch().json()["objects"][0]["actions"]["upload"]["href"]


def test_a_signed_address_takes_the_file_without_a_token(href, batch):
    assert requests.put(href, data=CONTENT).status_code == 200
    assert "actions" not in batch().json()["objects"][0]


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"\1" * 1000, 400), (CONTENT[:-1], 400), (CONTENT + b"\0", 413), (b"", 400)],
    ids=["another SHA-256", "too short", "too long", "empty"],
)
def test_a_content_that_was_not_announced_is_refused(href, batch, content, status):
    response = requests.put(href, data=content)
    assert response.status_code == status
    assert response.headers["X-Error-Code"] and response.headers["X-Error-Message"]
    assert "actions" in batch().json()["objects"][0]


def test_nothing_is_left_of_a_refused_upload(href, root):
    requests.put(href, data=b"\1" * 1000)
    assert list((root / "blobs" / "incoming").iterdir()) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        *(("signature=", "signature=0"), ("size=1000", "size=1001"), ("repo=", "repo=9"), (SHA256, "0" * 64)),
        *(("expires=", "expires=9"), ("signature=", "x="), ("size=1000", "size=-1"), ("size=1000", "size=٣")),
    ],
)
def test_an_address_that_was_tampered_with_is_refused(href, old, new):
    assert requests.put(href.replace(old, new), data=CONTENT).status_code == 403


def test_an_address_expires(store, running, repo):
    path = upload_path(store, store.repo("model", repo).id, SHA256, len(CONTENT), lifetime_s=-2)
    response = requests.put(running.url + path, data=CONTENT)
    assert response.status_code == 403 and "expired" in response.headers["X-Error-Message"]


@pytest.mark.parametrize(
    ("oid", "size"), [("../../etc/passwd", 1), ("A" * 64, 1), (SHA256, -1), (SHA256, None)]
)
def test_an_object_that_is_none_is_refused(batch, oid, size):
    assert batch(oid, size).status_code == 400


def test_a_file_beyond_the_limit_is_refused_before_it_is_sent(batch):
    assert batch(size=LIMIT + 1).json()["objects"][0]["error"]["code"] == 422


def test_a_large_file_of_another_repository_cannot_be_claimed(href, ada, running, repo):
    requests.put(href, data=CONTENT)
    ada.create_repo("ada/thief", exist_ok=True)
    header = {"key": "header", "value": {"summary": "x"}}
    claim = {"key": "lfsFile", "value": {"path": "a", "oid": SHA256}}
    headers = {"Authorization": f"Bearer {ada.token}"}
    url = f"{running.url}/api/models/ada/thief/commit/main"
    response = requests.post(url, data=f"{json.dumps(header)}\n{json.dumps(claim)}", headers=headers)
    assert response.status_code == 400 and "has not been uploaded" in response.headers["X-Error-Message"]
