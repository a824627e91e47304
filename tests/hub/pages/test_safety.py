"""Other sites in the learner's browser, other names for this machine, and requests without sense."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

FORMS = [
    "/login",
    "/logout",
    "/settings/tokens",
    "/settings/tokens/revoke",
    "/ada/vectors/like",
    "/shop/voice/ask-access",
    "/ada/vectors/settings",
    "/shop/voice/settings/access",
    "/spaces/ada/demo/settings/environment",
    "/spaces/ada/demo/settings/environment/delete",
    "/spaces/ada/demo/settings/sleep",
    "/ada/vectors/discussions/new",
    "/ada/vectors/discussions/1",
]
ORIGINS = [
    "http://evil.example",
    "http://127.0.0.1:8760.evil.example",
    "http://127.0.0.1:8888",
    "http://[",
    "null",
    "",
]
HOSTS = ["evil.example:8760", "evil.example", "127.0.0.1.evil.example", "[", "", "a b"]
PATHS = ["/", "/models", "/ada/vectors", "/login", "/nobody", "/ada/vectors/tree/main"]
NAMES = "models datasets spaces ada shop vectors reviews demo voice main refs pr 1 README.md hub.css static"
PAGES = "tree blob raw commit commits discussions new settings tokens login like ask-access access"
ODD = ["%2F", "%00", "%ff", "..", ".", "é", "", "{", "%"]
QUERIES = ["", "?p=1", "?revision=%2F..", "?status=x", "?next=//e", "?sort=x&search=%ff", "?a&b"]


@pytest.mark.parametrize("form", FORMS)
def test_a_form_of_another_site_does_nothing(ada, form):
    for origin in ORIGINS:
        answer = ada.post(form, data={"name": "x", "visibility": "private"}, headers={"Origin": origin})
        assert answer.status_code == 403
        assert "another site" in answer.text
    assert "Signed in as" in ada.get("/").text


def test_a_form_without_an_origin_does_nothing(ada):
    del ada.headers["Origin"]
    assert ada.post("/logout").status_code == 403


@pytest.mark.parametrize(
    "host", ["evil.example:8760", "evil.example", "127.0.0.1.evil.example", "[", "", "a b"]
)
def test_a_name_that_was_made_to_point_here_gets_nothing(ada, host):
    for answer in (
        ada.get("/settings/tokens", headers={"Host": host}),
        ada.post("/login", data={"name": "x"}, headers={"Host": host, "Origin": f"http://{host}"}),
    ):
        assert answer.status_code == 400
        assert "Signed in as" not in answer.text


@pytest.mark.parametrize("host", ["localhost:8760", "127.0.0.1", "[::1]:8760", "192.168.0.7:8760"])
def test_the_machine_s_own_names_are_answered(stranger, host):
    assert stranger.get("/", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/models", "/ada/vectors", "/login", "/nobody", "/ada/vectors/tree/main"]
)
def test_every_page_has_the_headers_that_keep_it_safe(stranger, path):
    headers = stranger.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"


def test_a_form_that_is_too_large_is_refused(ada):
    assert ada.post("/login", content=b"name=" + b"x" * 2**21).status_code == 413


@pytest.mark.parametrize("body", [b"\xff\xfe", b"&" * 1000, b"a=1&" * 100, b"name=%ff%00", b"{}"])
def test_a_form_without_sense_is_refused(stranger, body):
    assert 400 <= stranger.post("/login", content=body).status_code < 500


def test_an_address_that_leads_nowhere_is_explained(stranger):
    answer = stranger.get("/a/b/c/d/e")
    assert answer.status_code == 404
    assert "There is no page at /a/b/c/d/e" in answer.text


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pieces=st.lists(st.sampled_from([*NAMES.split(), *PAGES.split(), *ODD]), max_size=8),
    query=st.sampled_from(
        ["", "?p=1", "?revision=%2F..", "?status=x", "?next=//e", "?sort=x&search=%ff", "?a&b"]
    ),
    method=st.sampled_from(["GET", "HEAD", "POST", "PUT", "DELETE"]),
)
def test_no_request_is_a_500(ada, pieces, query, method):
    # with the host: a client refuses to send a bare path that begins with two slashes
    address = f"{ada.base_url}/{'/'.join(pieces)}{query}"
    answer = ada.request(method, address, follow_redirects=False)
    assert answer.status_code < 500 or answer.status_code == 501
