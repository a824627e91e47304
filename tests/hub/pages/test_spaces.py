"""A Space's page: the app, how it is doing, who may do what."""

import re
import time

import pytest

from .conftest import add


def opened(browser, name):
    """The page once the Space has come to something."""
    deadline = time.monotonic() + 120
    while 'http-equiv="refresh"' in (page := browser.get(f"/spaces/{name}").text):
        assert time.monotonic() < deadline, page
        time.sleep(0.05)
    return page


def static(store, name, **more):
    files = {"README.md": "---\nsdk: static\n---\nThe card.", "index.html": "<h1>Hola</h1>"}
    add(store, "space", name, files, **more)
    return name


def test_it_shows_the_app_in_a_frame_and_allows_no_other(store, stranger):
    name = static(store, "ada/framed")
    page = opened(stranger, name)
    src = page.split('src="http://')[1].split('"')[0]
    assert src.startswith("127.0.0.1:") and "The card." in page
    policy = stranger.get(f"/spaces/{name}").headers["Content-Security-Policy"]
    assert policy.endswith(f"; frame-src http://{src}")


def test_other_pages_frame_nothing(stranger):
    assert "frame-src" not in stranger.get("/spaces").headers["Content-Security-Policy"]


def test_it_says_whose_rights_the_code_has(store, stranger):
    assert "with your rights" in opened(stranger, static(store, "ada/rights"))


def test_a_broken_one_says_why(store, stranger):
    files = {"README.md": "---\nsdk: gradio\n---\n", "app.py": "raise ValueError('<no> such column')"}
    add(store, "space", "ada/broken", files)
    page = opened(stranger, "ada/broken")
    assert "runtime error" in page and "&lt;no&gt; such column" in page


def test_its_owner_pauses_and_restarts_it(store, ada, stranger):
    name = static(store, "shop/paused")
    opened(ada, name)
    assert "paused" in ada.post(f"/spaces/{name}/pause").text
    assert "Restart" not in opened(stranger, name)
    ada.post(f"/spaces/{name}/restart")
    assert "running" in opened(stranger, name)


def test_others_do_not(store, bob, stranger):
    name = static(store, "ada/hers")
    assert bob.post(f"/spaces/{name}/pause").status_code == 403
    assert "/login" in str(stranger.post(f"/spaces/{name}/restart").url)


def test_only_its_owner_reads_the_logs(store, ada, bob):
    name = static(store, "ada/logged")
    assert "app_file: index.html" in opened(ada, name)
    assert "app_file" not in opened(bob, name)


def test_behind_a_gate_it_does_not_run_for_strangers(store, stranger):
    page = opened(stranger, static(store, "ada/gated", gated="manual"))
    assert "<iframe" not in page and "behind a gate" in page


def setting(browser, space, form, **fields):
    """The settings page after a form of it was sent."""
    return browser.post(f"/spaces/{space}/settings/{form}", data=fields).text


def test_its_owner_sets_lists_and_deletes_variables(store, ada):
    name = static(store, "ada/set")
    page = setting(ada, name, "environment", name="MODEL", value="ada/<m>", kind="variable")
    assert "MODEL" in page and "ada/&lt;m&gt;" in page
    assert "MODEL" not in setting(ada, name, "environment/delete", name="MODEL", kind="variable")


def test_a_secret_is_listed_without_its_value(store, ada):
    name = static(store, "ada/secretive")
    page = setting(ada, name, "environment", name="API_KEY", value="s3cret", kind="secret")
    assert "API_KEY" in page and "s3cret" not in page


def test_a_name_that_cannot_be_set_is_explained_and_nothing_typed_is_lost(store, ada):
    name = static(store, "ada/misnamed")
    page = setting(ada, name, "environment", name="MY KEY", value="typed with care", kind="variable")
    assert "cannot be a variable" in page and 'value="MY KEY"' in page and 'value="typed with care"' in page
    page = setting(ada, name, "environment", name="MY KEY", value="s3cret", kind="secret")
    assert "cannot be a variable" in page and "s3cret" not in page


@pytest.mark.parametrize(
    "seconds, said", [("soon", "not a whole number"), ("0", "at least 1"), ("", "whole number")]
)
def test_a_sleep_time_is_a_number_of_seconds(store, ada, seconds, said):
    name = static(store, "ada/sleepy")
    assert 'value="60"' in setting(ada, name, "sleep", seconds="60")
    assert said in setting(ada, name, "sleep", seconds=seconds)


def test_others_set_nothing(store, bob):
    name = static(store, "ada/kept")
    for form in ("environment", "environment/delete", "sleep"):
        fields = {"name": "A", "value": "1", "seconds": "1"}
        assert bob.post(f"/spaces/{name}/settings/{form}", data=fields).status_code == 403


def test_other_repositories_have_no_variables(ada):
    assert "Variables" not in ada.get("/ada/vectors/settings").text


def stage_in(page, name):
    """The badge beside a Space in a list; None where it has none."""
    found = re.search(rf'>{name}</a>\s*(?:<span class="badge[^>]*>([a-z ]+)</span>)?', page)
    return found[1]


def test_a_list_shows_stages_and_starts_nothing(store, ada, stranger):
    name = static(store, "ada/listed")
    for _ in range(2):
        assert stage_in(stranger.get("/spaces?author=ada").text, name) == "sleeping"
    opened(ada, name)
    for path in ("/spaces?author=ada", "/ada"):
        assert stage_in(stranger.get(path).text, name) == "running"
    ada.post(f"/spaces/{name}/pause")
    assert stage_in(stranger.get("/").text, name) == "paused"


def test_a_list_does_not_tell_strangers_what_goes_on_behind_a_gate(store, ada, stranger):
    name = static(store, "ada/behind", gated="manual")
    opened(ada, name)
    assert stage_in(stranger.get("/spaces?author=ada").text, name) == "gated"


def test_the_app_is_framed_under_the_name_by_which_the_page_was_opened(store, stranger):
    """A browser keeps the sign-in of localhost apart from that of 127.0.0.1."""
    name = static(store, "ada/named")
    opened(stranger, name)
    page = stranger.get(f"/spaces/{name}", headers={"Host": "localhost:8760"})
    assert 'src="http://localhost:' in page.text
    assert "; frame-src http://localhost:" in page.headers["Content-Security-Policy"]
