"""The practice Hub against the same work without it: `make bench`. Exits with 1 if a goal is missed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hflearn.hub import Store

os.environ |= {
    "HF_HUB_DISABLE_XET": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}

MODELS = 2_000
WEIGHTS_MB = 90
MEMORY = """
import gc, sys, psutil, huggingface_hub, requests
from huggingface_hub import HfApi
from pathlib import Path
HfApi()
def resident(): gc.collect(); return psutil.Process().memory_info().rss / 1e6
before = resident()
from hflearn import hub
running = hub.start(Path(sys.argv[1]))
for _ in range(20): requests.get(running.url + "/api/models?limit=20")
print(resident() - before)
"""


@dataclass
class Result:
    what: str
    figure: float
    unit: str
    goal: float
    at_most: bool = True

    @property
    def reached(self) -> bool:
        return self.figure <= self.goal if self.at_most else self.figure >= self.goal

    def __str__(self) -> str:
        goal = f"{'≤' if self.at_most else '≥'} {self.goal:g}"
        verdict = "ok" if self.reached else "MISSED"
        return f"{self.what:<62}{self.figure:>8.2f} {self.unit:<5}{goal:>8}  {verdict}"


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def loading(url: str, token: str, folder: Path) -> Result:
    """from_pretrained, with everything in the client's cache, against the same folder."""
    from huggingface_hub import HfApi
    from transformers import AutoModel, BertConfig, BertModel
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    local = folder / "model"
    BertModel(BertConfig(num_hidden_layers=6, hidden_size=384, intermediate_size=1536)).save_pretrained(local)
    api = HfApi(endpoint=url, token=token)
    api.upload_folder(repo_id=api.create_repo("ada/encoder").repo_id, folder_path=local)

    def hub() -> object:
        return AutoModel.from_pretrained("ada/encoder")

    def disk() -> object:
        return AutoModel.from_pretrained(local)

    hub(), disk()  # fill the cache
    pairs = [(seconds(hub), seconds(disk)) for _ in range(9)]
    ratio = median(one for one, _ in pairs) / median(other for _, other in pairs)
    return Result("from_pretrained, warm cache: Hub / folder", ratio, "x", 1.3)


@contextmanager
def file_server(folder: Path) -> Iterator[str]:
    command = [
        sys.executable,
        "-u",
        "-m",
        "http.server",
        "0",
        "--bind",
        "127.0.0.1",
        "--directory",
        str(folder),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert process.stdout
    port = process.stdout.readline().split("port ")[1].split()[0]
    yield f"http://127.0.0.1:{port}"
    process.terminate()


def download(url: str) -> float:
    """Megabytes a second."""
    import requests

    def read() -> None:
        with requests.get(url, stream=True) as response:
            for _ in response.iter_content(2**20):
                pass

    return WEIGHTS_MB / seconds(read)


def downloading(url: str, store: "Store", folder: Path) -> Result:
    """One large file, against Python's own server in a process of its own."""
    weights = folder / "model.safetensors"
    weights.write_bytes(os.urandom(WEIGHTS_MB * 10**6))
    store.ensure_repo("model", "ada/large")
    store.commit("model", "ada/large", files={weights.name: weights}, message="Add", author="ada")
    with file_server(folder) as plain:
        pairs = [
            (download(f"{url}/ada/large/resolve/main/{weights.name}"), download(f"{plain}/{weights.name}"))
            for _ in range(7)
        ]
    ratio = median(hub for hub, _ in pairs) / median(other for _, other in pairs)
    return Result(f"{WEIGHTS_MB} MB download: Hub / http.server", ratio, "x", 0.7, at_most=False)


def listing(url: str, store: "Store") -> list[Result]:
    """A page of a list, of 2,000 repositories."""
    import requests

    tasks = ["text-classification", "text-generation", "translation", "image-classification"]
    for number in range(MODELS):
        card = (
            f"---\nlicense: {'mit' if number % 3 else 'apache-2.0'}\npipeline_tag: {tasks[number % 4]}\n---\n"
        )
        store.ensure_repo("model", f"org{number % 20}/model-{number}")
        files = {"README.md": card.encode(), "config.json": b'{"model_type": "bert"}'}
        store.commit("model", f"org{number % 20}/model-{number}", files=files, message="Add", author="ada")
    queries = {
        "all, by downloads": "sort=downloads",
        "task and licence": "filter=license:mit&pipeline_tag=translation&full=true",
        "search": "search=model-19&sort=lastModified",
    }
    session = requests.Session()
    for query in queries.values():
        assert len(session.get(f"{url}/api/models?{query}").json()) == 100
    return [
        Result(
            f"a page of 100 out of {MODELS:,} models: {name}",
            1000 * median(seconds(lambda q=query: session.get(f"{url}/api/models?{q}")) for _ in range(9)),
            "ms",
            50,
        )
        for name, query in queries.items()
    ]


def committing(url: str, token: str) -> Result:
    """Small commits in a row, each of two requests of the real client."""
    from huggingface_hub import CommitOperationAdd, HfApi

    api = HfApi(endpoint=url, token=token)
    repo = api.create_repo("ada/busy").repo_id

    def commits() -> None:
        for number in range(100):
            operation = CommitOperationAdd("number.txt", str(number).encode())
            api.create_commit(repo, [operation], commit_message=f"Number {number}")

    taken = seconds(commits)
    assert len(api.list_repo_commits(repo)) == 101
    return Result("100 small commits in a row", 100 / taken, "/s", 30, at_most=False)


def remembering(root: Path) -> Result:
    """What an idle server adds to a process that has huggingface_hub."""
    run = subprocess.run(
        [sys.executable, "-c", MEMORY, str(root)], check=True, stdout=subprocess.PIPE, text=True
    )
    return Result("memory of the server's thread", float(run.stdout), "MB", 60)


def main() -> int:
    with TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["HF_HOME"] = str(folder / "client")
        from hflearn import hub

        store = hub.Store(folder / "hub")
        store.ensure_account("ada")
        token = store.create_token("ada")
        running = hub.start(folder / "hub")
        os.environ |= {"HF_ENDPOINT": running.url, "HF_TOKEN": token}
        results = [
            loading(running.url, token, folder),
            downloading(running.url, store, folder),
            *listing(running.url, store),
            committing(running.url, token),
            remembering(folder / "hub"),
        ]
        running.stop()
    print(f"{'practice Hub':<62}{'figure':>8} {'':<5}{'goal':>8}")
    print(*results, sep="\n")
    return 0 if all(result.reached for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
