"""Spaces through the real client."""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable

import pytest
import requests
from huggingface_hub import HfApi
from huggingface_hub.errors import GatedRepoError, HfHubHTTPError, RepositoryNotFoundError

from .conftest import PATIENCE_S, SERVER, eventually

pytestmark = pytest.mark.filterwarnings("ignore:If your Space runs on the default")


@pytest.fixture(scope="module")
def app(ada: HfApi) -> str:
    """A Space of ada's that runs; tests leave it running."""
    name = ada.create_repo(
        "ada/app",
        repo_type="space",
        space_sdk="gradio",
        space_variables=[{"key": "GREETING", "value": "Hola", "description": "How it greets"}],
        space_secrets=[{"key": "API_KEY", "value": "s3cret"}],
        space_hardware="cpu-basic",
    ).repo_id
    commit(ada, name, SERVER)
    return name


@pytest.fixture
def space(ada: HfApi, request: pytest.FixtureRequest) -> Callable[[str], str]:
    """`space(code)` is a new Space of ada's with this program."""

    def make(code: str) -> str:
        name = f"ada/s{abs(hash(request.node.name))}"
        ada.create_repo(name, repo_type="space", space_sdk="gradio")
        commit(ada, name, code)
        return name

    return make


def commit(api: HfApi, name: str, code: str) -> None:
    api.upload_file(path_or_fileobj=code.encode(), path_in_repo="app.py", repo_id=name, repo_type="space")


def come_to(api: HfApi, name: str):
    """The runtime once it is no longer on its way."""
    return api.wait_for_space(name, timeout=PATIENCE_S, poll_interval=0.1)


def environment(api: HfApi, name: str) -> dict[str, str]:
    """What the program of `SERVER` sees."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(api.space_info(name).host, timeout=PATIENCE_S) as answer:
        return json.loads(answer.read())


def test_a_space_without_a_program_says_so(ada):
    ada.create_repo("ada/empty", repo_type="space", space_sdk="gradio")
    runtime = ada.get_space_runtime("ada/empty")
    assert runtime.stage == "NO_APP_FILE" and "app.py" in runtime.raw["errorMessage"]


def test_a_commit_makes_it_run(ada, app):
    runtime = come_to(ada, app)
    assert runtime.stage == "RUNNING" and runtime.hardware == "cpu-basic" and runtime.sleep_time == 900


def test_its_information_says_where_and_how_it_is(ada, app):
    come_to(ada, app)
    info = ada.space_info(app)
    assert info.host.startswith("http://127.0.0.1:") and info.subdomain == "ada-app"
    assert info.runtime.stage == "RUNNING"
    assert ada.space_info(app, expand=["runtime"]).runtime.stage == "RUNNING"


def test_variables_are_read_written_and_deleted(ada, app):
    assert ada.get_space_variables(app)["GREETING"].description == "How it greets"
    assert ada.add_space_variable(app, "GREETING", "Buenas")["GREETING"].value == "Buenas"
    ada.add_space_variable(app, "OTHER", "1")
    assert list(ada.delete_space_variable(app, "OTHER")) == ["GREETING"]
    assert environment(ada, app)["GREETING"] == "Buenas"


def test_a_secret_reaches_the_program_and_nobody_else(ada, app):
    assert environment(ada, app)["API_KEY"] == "s3cret"
    assert ada.get_space_secrets(app)["API_KEY"].updated_at
    ada.add_space_secret(app, "SECOND", "zw3i", description="Another")
    raw = ada.get_space_secrets(app)
    assert raw["SECOND"].description == "Another" and "zw3i" not in repr(raw)
    ada.delete_space_secret(app, "SECOND")
    assert list(ada.get_space_secrets(app)) == ["API_KEY"]


def test_it_pauses_until_it_is_restarted(ada, app):
    assert ada.pause_space(app).stage == "PAUSED"
    assert ada.get_space_runtime(app).stage == "PAUSED"
    assert ada.restart_space(app, factory_reboot=True).stage == "APP_STARTING"
    assert come_to(ada, app).stage == "RUNNING"


def test_its_sleep_time_is_set(ada, app):
    assert ada.set_space_sleep_time(app, 1800).sleep_time == 1800
    assert ada.request_space_hardware(app, "cpu-basic", sleep_time=900).sleep_time == 900
    with pytest.raises(HfHubHTTPError, match="at least 1"):
        ada.set_space_sleep_time(app, 0)


def test_other_hardware_is_refused_in_a_sentence(ada, app):
    assert [kind.name for kind in ada.list_spaces_hardware()] == ["cpu-basic"]
    with pytest.raises(HfHubHTTPError, match="not t4-small") as error:
        ada.request_space_hardware(app, "t4-small")
    assert error.value.response.status_code == 400


def test_an_error_comes_with_its_reason(ada, space):
    runtime = come_to(ada, space("raise ValueError('no such column')"))
    assert runtime.stage == "RUNTIME_ERROR" and "no such column" in runtime.raw["errorMessage"]


def test_logs_are_read(ada, space):
    name = space("print('one')\nprint('two')")
    come_to(ada, name)
    assert list(ada.fetch_space_logs(name)) == ["one\n", "two\n"]
    assert "sdk: gradio, app_file: app.py\n" in list(ada.fetch_space_logs(name, build=True))


def test_logs_are_followed_while_it_runs(ada, space):
    name = space("import time\nfor n in range(300):\n    print(n, flush=True)\n    time.sleep(.005)")
    come = []
    for line in ada.fetch_space_logs(name, follow=True):
        come.append(line)
    assert come == [f"{n}\n" for n in range(300)]


def test_a_flood_does_not_keep_the_hub_from_answering(ada, space):
    name = space("while True: print('x' * 1000)")
    ada.get_space_runtime(name)
    eventually(lambda: any("x" in line for line in ada.fetch_space_logs(name)))
    assert ada.whoami()["name"] == "ada"
    ada.pause_space(name)


def test_the_program_reads_the_models_of_this_hub(ada, space):
    ada.create_repo("ada/model")
    ada.upload_file(path_or_fileobj=b"Hola", path_in_repo="greeting.txt", repo_id="ada/model")
    download = "hf_hub_download('ada/model', 'greeting.txt')"
    name = space(f"from huggingface_hub import hf_hub_download\nprint(open({download}).read())")
    assert come_to(ada, name).raw["errorMessage"].endswith("Hola")


def test_a_renamed_space_knows_its_new_name(ada, space):
    name = space(SERVER)
    assert environment(ada, name)["SPACE_ID"] == name
    ada.move_repo(name, "ada/renamed", repo_type="space")
    assert environment(ada, name)["SPACE_ID"] == "ada/renamed"


@pytest.mark.parametrize(
    "path, body",
    [
        ("secrets", b"{}"),
        ("secrets", b'{"key": "A", "value": 3}'),
        ("variables", b'{"key": "A B", "value": ""}'),
        ("variables", b"[]"),
        ("sleeptime", b'{"seconds": "soon"}'),
        ("sleeptime", b"{}"),
        ("hardware", b'{"flavor": null}'),
    ],
)
def test_a_malformed_request_is_refused_in_a_sentence(ada, app, running, path, body):
    headers = {"Authorization": f"Bearer {ada.token}"}
    answer = requests.post(f"{running.url}/api/spaces/{app}/{path}", data=body, headers=headers)
    assert answer.status_code == 400 and answer.json()["error"].endswith(".")


def test_only_spaces_run(ada, running):
    ada.create_repo("ada/no-space")
    headers = {"Authorization": f"Bearer {ada.token}"}
    answer = requests.get(f"{running.url}/api/models/ada/no-space/runtime", headers=headers)
    assert answer.status_code == 404


def test_strangers_read_the_runtime_and_the_variables_and_nothing_else(ada, app, bob, stranger):
    assert stranger.get_space_runtime(app).stage
    assert "GREETING" in stranger.get_space_variables(app)
    for refused in (bob.get_space_secrets, bob.restart_space, bob.pause_space):
        with pytest.raises(HfHubHTTPError, match="rights"):
            refused(app)
    with pytest.raises(HfHubHTTPError, match="rights"):
        list(bob.fetch_space_logs(app))


def test_a_private_or_gated_space_is_for_its_readers(ada, space, bob):
    name = space(SERVER)
    ada.update_repo_settings(name, repo_type="space", gated="manual")
    for refused in (bob.get_space_runtime, bob.get_space_variables):
        with pytest.raises(GatedRepoError):
            refused(name)
    assert bob.space_info(name).host is None
    ada.update_repo_settings(name, repo_type="space", visibility="private")
    with pytest.raises(RepositoryNotFoundError):
        bob.get_space_runtime(name)


CALL = """
import sys
from gradio_client import Client
try:
    Client(sys.argv[1])
except ValueError as error:
    print(error)
"""


def test_gradio_s_client_finds_a_broken_space_by_its_id_and_says_its_stage(ada, space, running):
    name = space("raise ValueError('broken')")
    come_to(ada, name)
    surroundings = os.environ | {"HF_ENDPOINT": running.url, "NO_PROXY": "127.0.0.1"}
    command = [sys.executable, "-c", CALL, name]
    said = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=PATIENCE_S)
    assert "RUNTIME_ERROR" in said.stdout, said.stderr
