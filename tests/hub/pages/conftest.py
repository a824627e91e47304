"""A practice Hub without a network, and browsers for it: each with a cookie jar of its own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hflearn.hub import Store, pages
from hflearn.hub.application import application

ORIGIN = "http://127.0.0.1:8760"
CARD = """---
license: apache-2.0
language: [en, es]
library_name: sentence-transformers
pipeline_tag: sentence-similarity
tags: [embeddings]
datasets: [shop/reviews, elsewhere/pairs]
---
# Sentences as vectors

It maps a sentence to **384** numbers. See [the notes](notes.md#limits) and [usage](#how-to-use).

## How to use
| split | rows |
|---|---:|
| train | 12900 |
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """ada's and bob's accounts, a shop that ada belongs to, and a repository of each kind."""
    store = Store(tmp_path_factory.mktemp("pages"))
    store.ensure_member("shop", "ada")
    store.ensure_account("bob")
    add(store, "model", "ada/vectors", {"README.md": CARD, "notes.md": "# Limits\n", "data/a b.txt": "one\n"})
    add(store, "dataset", "shop/reviews", {"README.md": "---\nlicense: mit\nlanguage: es\n---\nStars."})
    add(store, "space", "ada/demo", {"README.md": "---\nsdk: gradio\n---\nTry it.", "app.py": "print()"})
    add(store, "model", "shop/secret", {"README.md": "The price list."}, private=True)
    add(store, "model", "shop/voice", {"README.md": "A voice.", "voice.txt": "la la"}, gated="manual")
    return store


@pytest.fixture(scope="module")
def browser(store: Store) -> Iterator[Callable[[str], TestClient]]:
    """`browser("ada")` is a browser in which ada is signed in; `browser("")` one in which nobody is."""
    app = application(store, pages.routes(store))

    def open_one(name: str) -> TestClient:
        client = TestClient(app, base_url=ORIGIN, headers={"Origin": ORIGIN})
        if name:
            client.post("/login", data={"name": name})
        return client

    yield open_one
    app.state.runner.close()


@pytest.fixture
def stranger(browser: Callable[[str], TestClient]) -> TestClient:
    return browser("")


@pytest.fixture
def ada(browser: Callable[[str], TestClient]) -> TestClient:
    return browser("ada")


@pytest.fixture
def bob(browser: Callable[[str], TestClient]) -> TestClient:
    return browser("bob")


@pytest.fixture
def push(store: Store) -> Callable[..., str]:
    """`push("ada/x", {"README.md": "…"})` makes the repository if it is missing and commits the files."""

    def commit(repo_id: str, files: dict[str, str | bytes | Path], **more: object) -> str:
        return add(store, "model", repo_id, files, **more)

    return commit


def add(store, repo_type, repo_id, files, *, private=False, gated=False, **more):
    store.ensure_repo(repo_type, repo_id, private=private, gated=gated)
    contents = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    said = {"message": "Add files", "author": repo_id.split("/")[0]} | more
    return store.commit(repo_type, repo_id, files=contents, **said)
