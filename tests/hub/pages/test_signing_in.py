"""Names, cookies and tokens."""

import re

import pytest


def token_in(html: str) -> str:
    return re.search(r'id="token">(hf_\w+)<', html)[1]


def test_a_name_is_enough_and_the_page_says_so(stranger):
    assert "There are no passwords" in stranger.get("/login").text
    assert "Signed in as" in stranger.post("/login", data={"name": "newcomer"}).text
    assert stranger.get("/newcomer").status_code == 200


@pytest.mark.parametrize(
    "name", ["", "  ", "a b", "../x", "<script>", "api", "models", "x" * 200, "-", "shop"]
)
def test_a_name_that_cannot_be_is_refused_in_words(stranger, name):
    answer = stranger.post("/login", data={"name": name})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert "<script" not in answer.text


def test_signing_in_leads_back_to_the_page_one_came_from(stranger):
    answer = stranger.get("/ada/vectors/discussions/new", follow_redirects=False)
    where = answer.headers["location"]
    assert where == "/login?next=%2Fada%2Fvectors%2Fdiscussions%2Fnew"
    data = {"name": "bob", "next": "/ada/vectors/discussions/new"}
    assert stranger.post("/login", data=data).url.path == "/ada/vectors/discussions/new"


@pytest.mark.parametrize(
    "address", ["//evil.example", "https://evil.example", "/\\evil.example", "\t//x", "x"]
)
def test_signing_in_leads_to_no_other_site(stranger, address):
    answer = stranger.post("/login", data={"name": "bob", "next": address}, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(stranger):
    cookie = stranger.post("/login", data={"name": "bob"}, follow_redirects=False).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


@pytest.mark.parametrize(
    "forge", [lambda v: v.replace("bob", "ada"), lambda v: v[:-1], lambda v: "é", lambda v: "a:b:c"]
)
def test_a_cookie_cannot_be_forged(stranger, forge):
    stranger.post("/login", data={"name": "bob"})
    [(name, value)] = stranger.cookies.items()
    stranger.cookies.clear()
    answer = stranger.get("/", headers={"Cookie": f"{name}={forge(value)}".encode()})
    assert answer.status_code == 200
    assert "You are not signed in" in answer.text


def test_signing_out_ends_it(bob):
    assert "Signed in as" in bob.get("/").text
    assert "Signed in as" not in bob.post("/logout").text


@pytest.mark.parametrize("role", ["read", "write"])
def test_a_token_is_shown_once_and_works(bob, role):
    page = bob.post("/settings/tokens", data={"name": "notebook", "role": role}).text
    token = token_in(page)
    who = bob.get("/api/whoami-v2", headers={"Authorization": f"Bearer {token}"}).json()
    assert who["name"] == "bob"
    assert who["auth"]["accessToken"]["role"] == role
    assert token not in bob.get("/settings/tokens").text


def test_a_revoked_token_works_no_more(bob):
    token = token_in(bob.post("/settings/tokens", data={"name": "lost", "role": "read"}).text)
    row = bob.get("/settings/tokens").text.split('<th scope="row">lost<')[1]
    bob.post("/settings/tokens/revoke", data={"hash": re.search(r'value="(\w+)"', row)[1]})
    assert bob.get("/api/whoami-v2", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_nobody_revokes_another_s_token(bob, ada):
    bob.post("/settings/tokens", data={"name": "mine", "role": "read"})
    row = bob.get("/settings/tokens").text.split('<th scope="row">mine<')[1]
    found = re.search(r'value="(\w+)"', row)[1]
    assert ada.post("/settings/tokens/revoke", data={"hash": found}).status_code == 404
    assert "mine" in bob.get("/settings/tokens").text


def test_a_token_has_one_of_two_roles(bob):
    assert bob.post("/settings/tokens", data={"name": "x", "role": "admin"}).status_code == 400


def test_tokens_are_for_those_who_are_signed_in(stranger):
    assert stranger.get("/settings/tokens", follow_redirects=False).headers["location"].startswith("/login")
    answer = stranger.post("/settings/tokens", data={"role": "write"}, follow_redirects=False)
    assert answer.headers["location"] == "/login"


def test_join_leads_to_signing_in(stranger):
    assert stranger.get("/join").url.path == "/login"
