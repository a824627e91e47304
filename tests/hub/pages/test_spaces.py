"""A Space's page: the app, how it is doing, who may do what."""

import time

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
