"""Gated repositories, and the settings with which an owner answers."""

import pytest


@pytest.fixture
def gated(push, request):
    name = "shop/" + request.node.name.replace("_", "-")[:50].strip("-")
    push(name, {"README.md": "# A voice", "voice.txt": "la la"}, gated="manual")
    return f"/{name}"


def test_a_stranger_sees_the_card_and_the_gate_but_no_file(stranger, gated):
    page = stranger.get(gated).text
    assert "A voice" in page
    assert "behind a gate" in page
    answer = stranger.get(f"{gated}/blob/main/voice.txt")
    assert answer.status_code == 403
    assert "la la" not in answer.text
    assert f'href="{gated}"' in answer.text


def test_access_is_asked_for_granted_and_used(bob, ada, gated):
    assert bob.get(f"{gated}/raw/main/voice.txt").status_code == 403
    assert "has not answered yet" in bob.post(f"{gated}/ask-access").text
    assert "Accept bob" in ada.get(f"{gated}/settings").text
    ada.post(f"{gated}/settings/access", data={"account": "bob", "answer": "accepted"})
    assert "behind a gate" not in bob.get(gated).text
    assert bob.get(f"{gated}/raw/main/voice.txt").text == "la la"


def test_a_request_can_be_rejected(bob, ada, gated):
    bob.post(f"{gated}/ask-access")
    ada.post(f"{gated}/settings/access", data={"account": "bob", "answer": "rejected"})
    assert "said no" in bob.get(gated).text


def test_an_automatic_gate_opens_at_once(bob, ada, gated):
    ada.post(f"{gated}/settings", data={"visibility": "public", "gate": "auto"})
    bob.post(f"{gated}/ask-access")
    assert bob.get(f"{gated}/blob/main/voice.txt").status_code == 200


def test_a_repository_is_made_private_and_public_again(stranger, ada, gated):
    ada.post(f"{gated}/settings", data={"visibility": "private", "gate": "none"})
    assert stranger.get(gated).status_code == 404
    ada.post(f"{gated}/settings", data={"visibility": "public", "gate": "none"})
    assert stranger.get(f"{gated}/blob/main/voice.txt").status_code == 200


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("/settings", {"visibility": "nobody", "gate": "auto"}, 400),
        ("/settings", {}, 400),
        ("/settings/access", {"account": "bob", "answer": "accepted"}, 404),
        ("/settings/access", {"account": "nobody", "answer": "accepted"}, 404),
        ("/settings/access", {"account": "bob", "answer": "perhaps"}, 400),
    ],
)
def test_settings_that_make_no_sense_are_refused_in_words(ada, gated, path, data, status):
    assert ada.post(gated + path, data=data).status_code == status


def test_settings_are_for_those_who_own_the_repository(bob, gated):
    assert bob.get(f"{gated}/settings").status_code == 403
    assert bob.post(f"{gated}/settings", data={"visibility": "private", "gate": "none"}).status_code == 403


def test_there_is_nothing_to_ask_for_where_there_is_no_gate(bob):
    assert bob.post("/ada/vectors/ask-access").status_code == 400
