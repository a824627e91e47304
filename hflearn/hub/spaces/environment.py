"""What a Space's program finds in its environment: never what the learner has in theirs."""

import os
from collections.abc import Mapping
from pathlib import Path

from ..repositories import Repo

# what programs need in order to run at all, on Linux, macOS and Windows
_KEPT: tuple[str, ...] = (
    "PATH",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TZ",
    "LD_LIBRARY_PATH",
    "CUDA_VISIBLE_DEVICES",
)
_KEPT += ("TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "COMSPEC", "PATHEXT", "OMP_NUM_THREADS")


def environment(
    repo: Repo, *, hub: str, host: str, port: int, home: Path, cache: Path, own: Mapping[str, str]
) -> dict[str, str]:
    """For a program that is to listen on `port`, reached at `host`; `own` are its variables and secrets."""
    # What clients are told here, hflearn.connection tells the learner's too. It is written twice, and a test
    # holds that both say the same: the Hub is a server, which needs to know nothing of who talks to it.
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    namespace, name = repo.name.split("/")
    return kept | {
        "HOME": str(home),
        "USERPROFILE": str(home),
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
        "HF_ENDPOINT": hub,
        "HF_HOME": str(cache),
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_UPDATE_CHECK": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "HF_HUB_DISABLE_SYMLINKS_WARNING": "1",
        "DISABLE_SAFETENSORS_CONVERSION": "1",
        "GRADIO_ANALYTICS_ENABLED": "False",
        "GRADIO_SERVER_NAME": "127.0.0.1",
        "GRADIO_SERVER_PORT": str(port),
        "PORT": str(port),
        "SYSTEM": "spaces",
        "SPACE_ID": repo.name,
        "SPACE_AUTHOR_NAME": namespace,
        "SPACE_REPO_NAME": name,
        "SPACE_HOST": host.removeprefix("http://"),
        **own,
    }
