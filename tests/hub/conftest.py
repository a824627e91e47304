"""A practice Hub for the tests of one file, and people who use it through the real client."""

from collections.abc import Callable, Iterator
from pathlib import Path

import huggingface_hub
import pytest
from huggingface_hub import HfApi

from hflearn import hub
from hflearn.hub import RunningHub, Store

# What the environment variable of this name sets, were huggingface_hub not imported already.
huggingface_hub.constants.HF_HUB_DISABLE_XET = True
huggingface_hub.utils.disable_progress_bars()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hub")


@pytest.fixture(scope="module")
def store(root: Path) -> Store:
    store = Store(root)
    for name in ("ada", "bob"):
        store.ensure_account(name)
    return store


@pytest.fixture(scope="module")
def running(root: Path, store: Store) -> Iterator[RunningHub]:
    running = hub.start(root)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def client(running: RunningHub, store: Store) -> Callable[..., HfApi]:
    """`client("ada")` is the real client, signed in as ada."""

    def make(account: str, role: str = "write") -> HfApi:
        return HfApi(endpoint=running.url, token=store.create_token(account, role=role))

    return make


@pytest.fixture(scope="module")
def ada(client: Callable[..., HfApi]) -> HfApi:
    return client("ada")


@pytest.fixture(scope="module")
def bob(client: Callable[..., HfApi]) -> HfApi:
    return client("bob")


@pytest.fixture(scope="module")
def stranger(running: RunningHub) -> HfApi:
    return HfApi(endpoint=running.url, token=False)


@pytest.fixture
def repo(ada: HfApi, request: pytest.FixtureRequest) -> str:
    """A model repository of ada's, new for each test."""
    name = "".join(c if c.isalnum() else "-" for c in request.node.name).strip("-")
    while "--" in name:
        name = name.replace("--", "-")
    return ada.create_repo(f"ada/{name[-80:].strip('-')}").repo_id
