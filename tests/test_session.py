"""A session on the practice Hub and off it, in fresh processes and kernels: what a first cell does."""

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from hflearn import course, hub
from hflearn.home import client_home, hub_root
from tests.kernel import outputs

pytestmark = pytest.mark.usefixtures("stock_dir")


def run(code: str, folder: Path, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


def answer(code: str, folder: Path, **environment: str):
    """What the script's last printed line says, as JSON."""
    done = run(code, folder, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def complaint(code: str, folder: Path, **environment: str) -> str:
    """The last line on standard error of a script that fails."""
    done = run(code, folder, **environment)
    assert done.returncode == 1, done.stdout
    return done.stderr.splitlines()[-1]


ASK = """
    import json, os, sys, hflearn
    hflearn.start("01")
    before = sorted({"huggingface_hub", "datasets", "torch", "transformers", "matplotlib"} & set(sys.modules))
    import huggingface_hub, datasets.config
    api = huggingface_hub.HfApi()
    print(json.dumps({
        "imported by start": before,
        "endpoint": hflearn.endpoint(),
        "endpoints read": [huggingface_hub.constants.ENDPOINT, datasets.config.HF_ENDPOINT],
        "store": __import__("hflearn.hub").hub.healthy(hflearn.endpoint()),
        "home": huggingface_hub.constants.HF_HOME,
        "token sent": huggingface_hub.get_token(),
        "offline": huggingface_hub.constants.HF_HUB_OFFLINE,
        "xet disabled": huggingface_hub.constants.HF_HUB_DISABLE_XET,
        "chat": hflearn.model("chat"),
        "chat is there": api.repo_exists(hflearn.model("chat")),
        "news": hflearn.dataset("news"),
        "news is there": api.repo_exists(hflearn.dataset("news"), repo_type="dataset"),
        "me": api.whoami(token=hflearn.token())["name"],
        "another": api.whoami(token=hflearn.token("reviewer"))["name"],
    }))
"""


@pytest.fixture(scope="module")
def practice(tmp_path_factory) -> dict:
    """What a script finds after start(), in any folder, where the shell is set up for the real Hub."""
    return answer(
        ASK,
        tmp_path_factory.mktemp("elsewhere"),
        HF_TOKEN="hf_the_real_one",
        HF_HUB_CACHE="/the/real/cache",
        HF_HUB_OFFLINE="1",
        HTTP_PROXY="http://127.0.0.1:9",
    )


def test_start_imports_no_client_library(practice):
    assert practice["imported by start"] == []


def test_every_client_talks_to_the_practice_hub_over_this_learners_store(practice):
    assert set(practice["endpoints read"]) == {practice["endpoint"]}
    assert practice["store"] == hub.Store(hub_root()).id


def test_the_learners_real_token_and_cache_are_out_of_reach(practice):
    assert practice["token sent"] is None
    assert practice["home"] == str(client_home())


def test_an_offline_switch_does_not_cut_off_loopback(practice):
    assert practice["offline"] is False


def test_large_uploads_do_not_go_to_xet(practice):
    assert practice["xet disabled"] is True


def test_the_lessons_models_and_data_are_there(practice):
    assert (practice["chat"], practice["chat is there"]) == ("hflearn/SmolLM2-135M-Instruct", True)
    assert (practice["news"], practice["news is there"]) == ("hflearn/bbc-news", True)


def test_a_token_makes_its_account(practice):
    assert (practice["me"], practice["another"]) == ("learner", "reviewer")


def test_a_script_prints_the_card(tmp_path):
    card = run("import hflearn; hflearn.start('00')", tmp_path).stdout
    assert card.startswith(course.lesson("00").title)
    for fact in (
        "time:",
        "memory:",
        "0 MB: everything is here",
        "device:",
        "http://127.0.0.1:",
        "Apache-2.0",
    ):
        assert fact in card


def test_start_is_quick_once_stocked(tmp_path):
    code = """
        import time; began = time.perf_counter()
        import hflearn; hflearn.start("01"); print(time.perf_counter() - began)
    """
    assert min(answer(code, tmp_path) for _ in range(3)) < 5  # 0.4 s on an idle machine, which CI is not


# — in a kernel —


@pytest.fixture(scope="module")
def kernel(tmp_path_factory) -> list:
    """The outputs of a notebook that starts twice, loses its Hub in between, and works on."""
    cells = [
        "import hflearn\nhflearn.start('00')",
        "first = hflearn.endpoint()\nfrom hflearn import session, hub\nhflearn.start('00')",
        "print(hflearn.endpoint() == first)",
        "session._session.own.stop()\nprint(hub.healthy(first))",
        "hflearn.start('00')",
        "print(hflearn.endpoint() == first, hub.healthy(first) is not None)",
        "%%raises ZeroDivisionError\n1 / 0",
        "import matplotlib\nprint(matplotlib.rcParams['axes.spines.top'])",
    ]
    return outputs(*cells, folder=tmp_path_factory.mktemp("notebooks elsewhere"), seconds=120)


def test_a_notebook_shows_the_card_as_a_table_and_as_text(kernel):
    (card,) = kernel[0]
    assert "<table>" in card.data["text/html"]
    assert card.data["text/plain"].startswith(course.lesson("00").title)


def test_a_second_start_goes_on_with_the_same_hub(kernel):
    assert kernel[2][0].text == "True\n"


def test_a_dead_hub_is_replaced_at_its_address(kernel):
    assert kernel[3][0].text == "None\n"
    assert kernel[5][0].text == "True True\n"


def test_the_magics_are_there(kernel):
    assert kernel[6][0].text.endswith("ZeroDivisionError: division by zero\n")


def test_figures_have_the_courses_style(kernel):
    assert kernel[7][0].text == "False\n"


# — beside `hflearn lab` —

ENDPOINT = "import hflearn, json; hflearn.start('00'); print(json.dumps(hflearn.endpoint()))"


def test_the_labs_hub_is_used(tmp_path):
    running = hub.start(hub_root())
    try:
        assert answer(ENDPOINT, tmp_path, HFLEARN_HUB_URL=running.url) == running.url
    finally:
        running.stop()


def test_a_hub_over_another_store_is_not_trusted(tmp_path):
    running = hub.start(tmp_path / "other")
    try:
        assert answer(ENDPOINT, tmp_path, HFLEARN_HUB_URL=running.url) != running.url
    finally:
        running.stop()


def test_a_lab_that_has_ended_is_noticed(tmp_path):
    running = hub.start(hub_root())
    running.stop()
    own = answer(ENDPOINT, tmp_path, HFLEARN_HUB_URL=running.url)
    assert own.startswith("http://127.0.0.1:")


def test_tokens_of_a_store_that_is_no_more_are_forgotten(tmp_path):
    client_home().mkdir(parents=True, exist_ok=True)
    (client_home() / "token").write_text("hf_of_another_store")
    (client_home() / "store").write_text("another store's id")
    code = (
        "import hflearn; hflearn.start('00'); import huggingface_hub as h; print('[\"%s\"]' % h.get_token())"
    )
    assert answer(code, tmp_path) == ["None"]


# — on a Hub with the real ids —

REAL = """
    import json, os, hflearn
    hflearn.start("01")
    from huggingface_hub import constants as read
    print(json.dumps(
        [hflearn.endpoint(), read.ENDPOINT, read.HF_HOME, hflearn.model("chat"), hflearn.dataset("news")]
    ))
"""


def test_huggingface_co_is_left_as_the_learner_set_it_up(tmp_path):
    real = "https://huggingface.co"
    found = answer(REAL, tmp_path, HFLEARN_HUB="huggingface.co", HF_HOME=str(tmp_path / "mine"))
    assert found == [
        real,
        real,
        str(tmp_path / "mine"),
        "HuggingFaceTB/SmolLM2-135M-Instruct",
        "SetFit/bbc-news",
    ]


def test_a_lab_that_practises_does_not_hold_a_kernel_back(tmp_path):
    """The lab sets its terminals' clients to practise; a notebook in it may still go to the real Hub."""
    code = (
        "import os; from hflearn import connection; connection.to_practice('http://127.0.0.1:1', os.environ)"
    )
    found = answer(f"{code}\n{textwrap.dedent(REAL)}", tmp_path, HFLEARN_HUB="huggingface.co")
    assert found[:2] == ["https://huggingface.co"] * 2
    assert found[2] != str(client_home())


def test_another_hub_with_the_real_ids_may_be_named(tmp_path):
    found = answer(REAL, tmp_path, HFLEARN_HUB="https://hub.example.org/")
    assert found[:2] == ["https://hub.example.org"] * 2


def test_who_signs_out_in_a_lesson_can_sign_in_again(tmp_path):
    (tmp_path / "token").write_text("hf_the_real_one")
    code = (
        "import hflearn; hflearn.start('00'); import huggingface_hub as h; h.logout();"
        'print(\'["%s", "%s"]\' % (h.get_token(), hflearn.token()))'
    )
    online = {"HFLEARN_HUB": "huggingface.co", "HF_HOME": str(tmp_path)}
    assert answer(code, tmp_path, **online) == ["None", "hf_the_real_one"]


def test_without_a_token_the_real_hub_says_where_to_make_one(tmp_path):
    said = complaint(
        "import hflearn; hflearn.start('00'); hflearn.token()",
        tmp_path,
        HFLEARN_HUB="huggingface.co",
        HF_HOME=str(tmp_path),
    )
    assert "https://huggingface.co/settings/tokens" in said


# — what goes wrong —


@pytest.mark.parametrize("call", ["model('chat')", "dataset('news')", "token()", "endpoint()"])
def test_before_start_it_says_to_start(call, tmp_path):
    assert complaint(f"import hflearn; hflearn.{call}", tmp_path).endswith("call hflearn.start(…) first.")


def test_a_lesson_that_does_not_exist(tmp_path):
    said = complaint("import hflearn; hflearn.start('99')", tmp_path)
    assert "There is no lesson '99'. The lessons are: 00_welcome, " in said


def test_a_role_that_nobody_plays(tmp_path):
    said = complaint("import hflearn; hflearn.start('00'); hflearn.model('novelist')", tmp_path)
    assert "No model plays the role 'novelist'. The roles are: embed, chat" in said


def test_a_dataset_asked_for_as_a_model(tmp_path):
    said = complaint("import hflearn; hflearn.start('00'); hflearn.model('news')", tmp_path)
    assert "news is a dataset, not a model: ask for hflearn.dataset('news')." in said


def test_a_hub_that_is_none(tmp_path):
    said = complaint("import hflearn; hflearn.start('00')", tmp_path, HFLEARN_HUB="huggingface")
    assert "HFLEARN_HUB is 'huggingface': set it to practice, to huggingface.co, or to an address" in said


@pytest.mark.parametrize("early", ["from huggingface_hub import HfApi", "import datasets"])
def test_a_client_that_was_imported_too_early(early, tmp_path):
    said = complaint(f"{early}; import hflearn; hflearn.start('00')", tmp_path)
    assert said.endswith("restart the kernel and run start() before any other import.")
