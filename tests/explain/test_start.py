"""start() puts the box under errors, on the practice Hub that it has just started."""

import pytest

from tests import kernel

CELLS = [
    "import hflearn\nhflearn.start('00')",
    "hflearn.start('00')\nfrom huggingface_hub import HfApi, hf_hub_download",
    "hf_hub_download(hflearn.model('chat').lower().replace('instruct', 'instrct'), 'config.json')",
    "HfApi().whoami()",
    "{}['x']",
]


@pytest.fixture(scope="module")
def outputs(stock_dir) -> list:
    return kernel.outputs(*CELLS, allow_errors=True, seconds=120)[2:]


def test_a_misspelt_id_is_corrected_from_what_this_hub_holds(outputs):
    assert [one.output_type for one in outputs[0]] == ["error", "display_data"]
    assert "Did you mean `hflearn/SmolLM2-135M-Instruct`?" in outputs[0][1].data["text/plain"]


def test_on_the_practice_hub_a_missing_token_is_one_call_away(outputs):
    assert "login(hflearn.token())" in outputs[1][1].data["text/plain"]


def test_an_ordinary_error_stands_alone(outputs):
    assert [one.output_type for one in outputs[2]] == ["error"]
