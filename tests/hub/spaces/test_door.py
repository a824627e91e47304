"""Who comes in at the address of a Space that is not open to everybody."""

import socket
import urllib.error
import urllib.request

import pytest

from hflearn.hub import access_requests, accounts, repositories
from hflearn.hub.sessions import Sessions

PAGE = {"index.html": "<h1>Hola</h1>"}
REFUSED = "not open to everybody"


@pytest.fixture
def knock(runner, store, space):
    """`knock(headers)` asks for the page of ada's private Space, which says Hola."""
    repo = store.repo("space", space(PAGE, sdk="static"))
    with store.database.writing() as db:
        repositories.set_visibility(db, repo, private=True)
    return lambda headers: said(runner.host(repo), headers)


def said(address: str, headers: dict[str, str]) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(urllib.request.Request(address, headers=headers), timeout=120) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        assert error.code == 403
        return error.read().decode()


def cookie(store, name: str) -> dict[str, str]:
    sessions = Sessions(store.secret, store.id)
    return {"Cookie": f"theme=dark; {sessions.cookie}={sessions.write(name)}"}


def token(store, name: str) -> str:
    return f"Bearer {store.create_token(name, role='read')}"


def test_strangers_are_told_how_to_come_in(knock):
    assert REFUSED in knock({})


@pytest.mark.parametrize("header", ["Authorization", "X-HF-Authorization"])
def test_a_token_opens_it(knock, store, header):
    assert "Hola" in knock({header: token(store, "ada")})


def test_so_does_being_signed_in_on_the_hub_s_pages(knock, store):
    assert "Hola" in knock(cookie(store, "ada"))


def test_other_accounts_stay_outside(knock, store):
    assert REFUSED in knock({"Authorization": token(store, "bob")} | cookie(store, "bob"))


@pytest.mark.parametrize("value", ["Bearer hf_invented", "Basic YWRhOg==", "Bearer", ""])
def test_what_is_no_token_opens_nothing(knock, value):
    assert REFUSED in knock({"Authorization": value})


def test_a_forged_cookie_opens_nothing(knock, store):
    name, value = cookie(store, "ada")["Cookie"].rsplit("=", 1)
    assert REFUSED in knock({"Cookie": f"{name}={value.replace('ada', 'bob')}"})


def test_a_stranger_does_not_start_it(knock, runner, store, space):
    knock({})
    repo = store.repo("space", space(PAGE, sdk="static"))
    with store.database.reading() as db:
        assert runner.status(db, repo).stage == "SLEEPING"


def test_a_gate_opens_for_those_who_were_accepted(runner, store, space):
    repo = store.repo("space", space(PAGE, sdk="static"))
    with store.database.writing() as db:
        repositories.set_gate(db, repo, "auto")
    bob = {"Authorization": token(store, "bob")}
    assert REFUSED in said(runner.host(repo), bob)
    with store.database.writing() as db:
        repo = repositories.get(db, "space", repo.name)
        access_requests.ask(db, repo, accounts.find(db, "bob"))
    assert "Hola" in said(runner.host(repo), bob)


def test_an_upload_is_refused_in_words_too(runner, store, space):
    """An answer that comes before all was sent gets lost where the connection is closed at once."""
    repo = store.repo("space", space(PAGE, sdk="static"))
    with store.database.writing() as db:
        repositories.set_visibility(db, repo, private=True)
    port = int(runner.host(repo).rsplit(":", 1)[1])
    with socket.create_connection(("127.0.0.1", port), timeout=30) as visitor:
        visitor.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1_000_000)
        assert visitor.recv(2**16).startswith(b"HTTP/1.1 403 Forbidden\r\n")
