"""Which Hub the learner's code talks to, and what the client libraries must be told about it."""

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

from hflearn.errors import CourseError
from hflearn.home import client_home

PRACTICE, REAL = "practice", "huggingface.co"
PORT = 8760  # of the practice Hub that `hflearn lab` runs, unless something else has it
REAL_URL = "https://huggingface.co"

_SETTINGS = {
    "HF_HUB_DISABLE_XET": "1",  # large uploads would go to a service that the practice Hub does not have
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",  # from this very disk: a dozen bars, each full before it is seen
    "HF_HUB_DISABLE_SYMLINKS_WARNING": "1",  # Windows
    "DISABLE_SAFETENSORS_CONVERSION": "1",  # transformers would ask the Hub's bot for it
    "GRADIO_ANALYTICS_ENABLED": "False",
}

_OVERRIDES = (  # each would lead past HF_HOME, to the learner's real token or cache, or away from loopback
    "HF_TOKEN",
    "HUGGING_FACE_HUB_TOKEN",
    "HF_TOKEN_PATH",
    "HF_STORED_TOKENS_PATH",
    "HF_HUB_CACHE",
    "HUGGINGFACE_HUB_CACHE",
    "HF_ASSETS_CACHE",
    "HUGGINGFACE_ASSETS_CACHE",
    "HF_XET_CACHE",
    "HF_DATASETS_CACHE",
    "HF_MODULES_CACHE",
    "HF_DATASETS_DOWNLOADED_DATASETS_PATH",
    "HF_DATASETS_EXTRACTED_DATASETS_PATH",
    "HF_INFERENCE_ENDPOINT",
    "HUGGINGFACE_CO_STAGING",
    "HF_HUB_OFFLINE",
    "TRANSFORMERS_OFFLINE",
    "HF_DATASETS_OFFLINE",
)


def chosen() -> str:
    """The learner's choice, HFLEARN_HUB: "practice", "huggingface.co", or the address of some Hub.

    Raises CourseError where it is none of these.
    """
    choice = os.environ.get("HFLEARN_HUB") or PRACTICE
    if choice in (PRACTICE, REAL) or choice.startswith(("http://", "https://")):
        return choice.rstrip("/")
    raise CourseError(
        f"HFLEARN_HUB is {choice!r}: set it to practice, to huggingface.co, or to an address (https://…)."
    )


def online() -> bool:
    """True where lessons use a Hub that holds the real ids: huggingface.co, or the one HFLEARN_HUB names."""
    return chosen() != PRACTICE


def to_practice(url: str, environment: MutableMapping[str, str]) -> None:
    """Set `environment` so that clients started in it, or not yet imported, use the practice Hub at `url`.

    They keep a token and a cache of their own: a real token is not sent to the practice Hub, nor overwritten.
    """
    for name in _OVERRIDES:
        environment.pop(name, None)
    environment.update(_SETTINGS, HF_ENDPOINT=url, HF_HOME=str(client_home()))
    for name in ("NO_PROXY", "no_proxy"):  # a company's proxy cannot reach this machine's loopback
        kept = [host for host in environment.get(name, "").split(",") if host]
        environment[name] = ",".join(dict.fromkeys([*kept, "127.0.0.1", "localhost"]))


def to_real(environment: MutableMapping[str, str]) -> str:
    """Set `environment` for the Hub with the real ids that HFLEARN_HUB names, and return its address.

    For huggingface.co that means to leave the learner's settings alone, once ours are gone.
    """
    if environment.get("HF_HOME") == str(
        client_home()
    ):  # this kernel, or the lab around it, was set to practise
        for name in (*_SETTINGS, "HF_ENDPOINT", "HF_HOME"):
            environment.pop(name, None)
    if chosen() != REAL:
        environment["HF_ENDPOINT"] = chosen()
    return environment.get("HF_ENDPOINT") or REAL_URL


def check_imported(url: str, home: Path | None = None) -> None:
    """Raises CourseError where a client library was imported for another Hub than `url`, or another HF_HOME.

    They read both once, as they are imported; a kernel cannot be moved from one Hub to another.
    """
    hub, datasets = sys.modules.get("huggingface_hub.constants"), sys.modules.get("datasets.config")
    if hub and (url != hub.ENDPOINT or (home and Path(hub.HF_HOME) != home)):
        raise _too_early("huggingface_hub")
    if datasets and datasets.HF_ENDPOINT.rstrip("/") != url:
        raise _too_early("datasets")


def _too_early(library: str) -> CourseError:
    return CourseError(
        f"{library} was imported for another Hub: restart the kernel and run start() before any other import."
    )
