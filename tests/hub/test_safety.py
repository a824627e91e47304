"""Requests that mean harm or make no sense: a right refusal, and never a 500."""

import http.client
import json
import socket

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
PIECES = [
    *(
        "api",
        "models",
        "datasets",
        "spaces",
        "ada",
        "fuzz",
        "main",
        "resolve",
        "tree",
        "commit",
        "preupload",
        "refs",
    ),
    *(
        "revision",
        "branch",
        "tag",
        "discussions",
        "1",
        "comment",
        "merge",
        "status",
        "title",
        "settings",
        "like",
    ),
    *(
        "paths-info",
        "commits",
        "user-access-request",
        "handle",
        "grant",
        "pending",
        "collections",
        "items",
        "users",
    ),
    *(
        "overview",
        "likes",
        "repos",
        "create",
        "delete",
        "move",
        "duplicate",
        "validate-yaml",
        "whoami-v2",
        "edit",
    ),
    *(
        "uploads",
        "fuzz.git",
        "info",
        "lfs",
        "objects",
        "batch",
        "verify",
        "lfs-files",
        "runtime",
        "refs%2Fpr%2F1",
    ),
    *(
        "..",
        "%2e%2e",
        "%00",
        "%ff",
        "%",
        "%2F",
        "a%5Cb",
        "README.md",
        "ü",
        "",
        " ",
        "'",
        "0" * 50,
        "%ED%A0%80",
    ),
]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(["\ud800", "main"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(PIECES), inner, max_size=3),
    max_leaves=8,
)
FIELDS = [
    "name",
    "organization",
    "type",
    "visibility",
    "gated",
    "fromRepo",
    "toRepo",
    "tag",
    "startingPoint",
    "title",
]
FIELDS += [
    "description",
    "pullRequest",
    "comment",
    "status",
    "user",
    "requestId",
    "files",
    "path",
    "sample",
    "size",
]
FIELDS += [
    "operation",
    "objects",
    "oid",
    "key",
    "value",
    "summary",
    "parentCommit",
    "content",
    "item",
    "namespace",
]
FIELDS += [
    "paths",
    "expand",
    "repository",
    "target",
    "position",
    "note",
    "theme",
    "private",
    "gitIgnore",
    "sdk",
]
BODIES = st.one_of(
    st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=4).map(lambda value: json.dumps(value).encode()),
    JSON.map(lambda value: json.dumps(value).encode()),
    st.lists(
        st.fixed_dictionaries(
            {
                "key": st.sampled_from(["header", "file", "lfsFile", "deletedFile", "deletedFolder", "x"]),
                "value": st.dictionaries(
                    st.sampled_from(["summary", "path", "content", "encoding", "oid"]), JSON
                ),
            }
        ),
        max_size=3,
    ).map(lambda lines: b"\n".join(json.dumps(line).encode() for line in lines)),
    st.binary(max_size=40),
)
QUERIES = st.dictionaries(
    st.sampled_from(
        [
            "cursor",
            "limit",
            "sort",
            "search",
            "filter",
            "expand",
            "recursive",
            "blobs",
            "p",
            "type",
            "status",
            "num_parameters",
        ]
    ),
    st.sampled_from(["0", "-1", "x", "9" * 30, "true", "٣", "\0", "siblings", "min:1Q", "%", "lastModified"]),
    max_size=3,
)


@pytest.fixture(scope="module")
def fuzzed(ada, running):
    """A repository to be harmed, and who may harm it."""
    ada.create_repo("ada/fuzz", exist_ok=True)
    ada.create_discussion("ada/fuzz", title="Number one")
    ada.update_repo_settings("ada/fuzz", gated="manual")
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {ada.token}"
    return session, running.url


def check(response: requests.Response) -> None:
    assert response.status_code < 500 or response.status_code == 501, response.text
    assert response.headers["X-Request-Id"]
    if response.status_code >= 400:
        assert response.headers["X-Error-Code"] and response.headers["X-Error-Message"]


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    method=st.sampled_from(METHODS),
    path=st.lists(st.sampled_from(PIECES), max_size=9),
    query=QUERIES,
    body=BODIES,
)
def test_no_request_is_answered_with_a_500(fuzzed, method, path, query, body):
    session, url = fuzzed
    check(session.request(method, f"{url}/{'/'.join(path)}", params=query, data=body, allow_redirects=False))


FUZZED = "/api/models/ada/fuzz"
ROUTES = [
    *(("POST", "/api/repos/create"), ("DELETE", "/api/repos/delete"), ("POST", "/api/repos/move")),
    *(("POST", "/api/validate-yaml"), ("POST", "/api/collections"), ("PUT", FUZZED + "/settings")),
    *(("POST", "/ada/fuzz.git/info/lfs/objects/batch"), ("POST", "/ada/fuzz.git/info/lfs/verify")),
    *(("POST", f"{FUZZED}/{path}") for path in ("commit/main", "commit/main?create_pr=1", "preupload/main")),
    *(("POST", f"{FUZZED}/{path}") for path in ("branch/b", "tag/main", "paths-info/main", "duplicate")),
    *(
        ("POST", f"{FUZZED}/discussions{path}")
        for path in ("", "/1/comment", "/1/title", "/1/status", "/1/merge")
    ),
    *(("POST", f"{FUZZED}/{path}") for path in ("user-access-request/handle", "user-access-request/grant")),
    ("POST", FUZZED + "/lfs-files/duplicate"),
]


@settings(max_examples=500, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(route=st.sampled_from(ROUTES), body=BODIES)
def test_no_body_is_answered_with_a_500(fuzzed, route, body):
    session, url = fuzzed
    method, path = route
    check(session.request(method, url + path, data=body, headers={"Content-Type": "application/json"}))


@pytest.mark.parametrize(
    "path",
    [
        "..%2f..%2fhub.sqlite",
        "%2e%2e/%2e%2e/hub.sqlite",
        "..\\hub.sqlite",
        "%2fetc%2fpasswd",
        "/etc/passwd",
        "a%00b",
    ],
)
def test_no_path_leaves_the_store(running, repo, path):
    for where in ("resolve/main", "raw/main", "blob/main"):
        # http.client sends the path as it is; requests would tidy it up
        connection = http.client.HTTPConnection(running.url.removeprefix("http://"))
        connection.request("GET", f"/{repo}/{where}/{path}")
        response = connection.getresponse()
        assert response.status in (400, 404) and b"SQLite" not in response.read()
        connection.close()


def commit(session, url, *lines):
    header = {"key": "header", "value": {"summary": "x"}}
    body = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in (header, *lines))
    return session.post(f"{url}/api/models/ada/fuzz/commit/main", data=body.encode())


@pytest.mark.parametrize(
    "path", ["../x", "/x", "a/../../x", "a\\b", "a\0b", ".git/config", "", "x" * 300, "\ud800"]
)
def test_no_commit_puts_a_file_outside(fuzzed, path):
    response = commit(*fuzzed, {"key": "file", "value": {"path": path, "content": "", "encoding": "base64"}})
    assert (response.status_code, response.headers["X-Error-Code"]) == (400, "BadRequest")


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "null",
        '{"key": "file"}',
        '{"key": "nonsense", "value": {}}',
        "\x00",
        '{"key": 3, "value": {}}',
        '{"key": "file", "value": {"path": "a", "content": "%%", "encoding": "base64"}}',
        '{"key": "file", "value": {"path": "a", "content": "x", "encoding": "rot13"}}',
        '{"key": "lfsFile", "value": {"path": "a", "oid": "0"}}',
        '{"key": "deletedFile", "value": {"path": "none"}}',
        "[" * 100000,
    ],
)
def test_a_malformed_line_of_a_commit_is_refused(fuzzed, line):
    response = commit(*fuzzed, line)
    assert response.status_code in (400, 404)
    check(response)


def test_a_body_over_the_limit_is_refused(fuzzed):
    session, url = fuzzed
    response = session.post(f"{url}/api/validate-yaml", data=b" " * 5_000_000)
    assert (response.status_code, response.headers["X-Error-Code"]) == (413, "PayloadTooLarge")


def test_a_small_file_over_the_limit_is_refused(fuzzed):
    line = {"key": "file", "value": {"path": "a", "content": "A" * 14_000_000, "encoding": "base64"}}
    assert commit(*fuzzed, line).status_code == 413


@pytest.mark.parametrize("host", ["[", "a b", "a/b", "evil.example/..", "x" * 5 + ":99999999"])
def test_a_host_header_that_is_none_is_refused(fuzzed, host):
    session, url = fuzzed
    response = session.get(f"{url}/api/models?limit=1", headers={"Host": host})
    assert response.status_code < 500


def test_a_message_that_is_not_http_is_refused(running):
    host, port = running.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(b"\x16\x03\x01 nonsense\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Basic YTpi", "Bearer \xff", "hf_x", "Bearer a b c"])
def test_a_malformed_authorization_is_bad_credentials(running, header):
    response = requests.get(f"{running.url}/api/models", headers={"Authorization": header.encode("latin-1")})
    assert response.status_code == 401
    assert response.headers["X-Error-Message"] == "Invalid credentials in Authorization header"


@pytest.mark.parametrize(
    "path",
    [
        "/api/models/ada/fuzz/super-squash/main",
        "/api/jobs/ada",
        "/api/settings/webhooks",
        "/ada/fuzz.git/info/refs",
        "/api/spaces/ada/app/dev-mode",
        "/api/models/ada/fuzz/xet-write-token/main",
        "/api/daily_papers",
    ],
)
def test_what_the_practice_hub_lacks_it_says(fuzzed, path):
    session, url = fuzzed
    response = session.post(url + path)
    assert response.status_code == 501
    assert response.headers["X-Error-Message"].startswith("The practice Hub cannot")


def test_an_unknown_request_of_the_api_is_not_found(fuzzed):
    session, url = fuzzed
    assert session.get(f"{url}/api/nonsense/of/all/kinds").status_code == 404


def test_a_hostile_config_and_weights_are_taken_as_they_are(ada):
    ada.create_repo("ada/hostile", exist_ok=True)
    headers = [b"", b"\xff" * 8, b"\x10" + b"\0" * 7 + b'{"a": {"dtype": ', b"\x02\0\0\0\0\0\0\0[]"]
    for config in (b'{"model_type": "\\ud800"}', b'{"architectures": NaN}', b"[" * 10_000, b"\xff"):
        ada.upload_file(path_or_fileobj=config, path_in_repo="config.json", repo_id="ada/hostile")
        assert ada.model_info("ada/hostile").id
    for header in headers[1:]:
        ada.upload_file(path_or_fileobj=header, path_in_repo="model.safetensors", repo_id="ada/hostile")
        assert ada.model_info("ada/hostile").safetensors is None
