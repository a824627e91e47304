"""How fast Spaces answer eight callers at once, a small one and lesson 05's translator: `make bench`.

Exits with 1 if a call failed.
"""

import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from typing import Any

os.environ |= {
    "HF_HUB_DISABLE_XET": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
}

sys.path.insert(0, str(Path(__file__).parents[2]))

CALLERS = 8
APP = """
import gradio as gr
gr.Interface(str.upper, "text", "text", api_name="shout").launch()
"""
SPANISH = [
    "Hola, ¿cómo estás?",
    "Me encanta programar.",
    "El paquete llegó ayer por la mañana.",
    "¿Dónde está la estación?",
    "No he recibido mi pedido todavía.",
]
Ask = Callable[[Any, int], bool]


def shout(client: Any, number: int) -> bool:
    return bool(client.predict(f"hola {number}", api_name="/shout") == f"HOLA {number}")


def translate(client: Any, number: int) -> bool:
    return bool(client.predict(SPANISH[number % len(SPANISH)], api_name="/translate"))


def measured(address: str, what: str, ask: Ask, calls: int) -> bool:
    """Print how long it took to `ask`, `calls` times each caller; whether all were answered rightly."""
    from gradio_client import Client

    # a client for each: in one that threads share, the stream may close between two calls, which cancels one
    clients = [Client(address, verbose=False) for _ in range(CALLERS)]

    def call(client: Client, number: int) -> tuple[float, bool]:
        start = time.perf_counter()
        right = ask(client, number)
        return time.perf_counter() - start, right

    call(clients[0], 0)  # the first call by an id imports gradio itself
    start = time.perf_counter()
    with ThreadPoolExecutor(CALLERS) as pool:
        rounds = pool.map(lambda client: [call(client, number) for number in range(calls)], clients)
        times, answers = zip(*[answer for answers in rounds for answer in answers], strict=True)
    rate = len(times) / (time.perf_counter() - start)
    cuts = quantiles(times, n=20)
    print(
        f"{what:<36}{sum(answers):>4} of {len(times)} answered{1e3 * cuts[9]:>8.0f} ms p50"
        f"{1e3 * cuts[18]:>8.0f} ms p95{rate:>8.0f} /s"
    )
    return all(answers)


def main() -> int:
    with TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["HF_HOME"] = str(folder / "client")
        from hflearn import hub, stock
        from tests import translators

        store = hub.Store(folder / "hub")
        store.ensure_account("ada")
        stock.ensure(["translate"], store)
        running = hub.start(folder / "hub")
        os.environ |= {"HF_ENDPOINT": running.url, "HF_TOKEN": store.create_token("ada")}
        from huggingface_hub import HfApi

        api = HfApi()
        repo = api.create_repo("ada/shout", repo_type="space", space_sdk="gradio").repo_id
        api.upload_file(path_or_fileobj=APP.encode(), path_in_repo="app.py", repo_id=repo, repo_type="space")
        start_up(api, repo, "Gradio, from the first look")
        port, _ = running.runner.arrive(store.repo("space", repo).id)
        answered = [
            measured(repo, "by its id, through the Hub's port", shout, 20),
            measured(f"http://127.0.0.1:{port}", "the program's own port", shout, 20),
        ]
        api.pause_space(repo)
        translator = translators.push(api, "ada/translator", "gradio", stock.roles()["translate"].id)
        start_up(api, translator, "the translator, from the first look")
        answered.append(measured(translator, "the translator, a sentence a call", translate, 5))
        running.stop()
    return 0 if all(answered) else 1


def start_up(api: Any, repo: str, what: str) -> None:
    start = time.perf_counter()
    runtime = api.wait_for_space(repo, poll_interval=0.05)
    assert runtime.stage == "RUNNING", runtime.raw
    print(f"{what:<36}{time.perf_counter() - start:>6.1f} s until it runs")


if __name__ == "__main__":
    sys.exit(main())
