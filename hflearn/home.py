"""Where hflearn keeps things on this machine. Nothing of it lies in the learner's own Hugging Face cache."""

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """The folder for everything the course makes: ``HFLEARN_HOME``, or the user's data folder."""
    return (
        Path(os.environ.get("HFLEARN_HOME") or platformdirs.user_data_path("hflearn")).expanduser().resolve()
    )


def hub_root() -> Path:
    """The practice Hub's store."""
    return home() / "hub"


def client_home() -> Path:
    """``HF_HOME`` on the practice Hub: a cache and a token apart from the learner's real ones."""
    return home() / "client"


def stock_dir() -> Path:
    """Downloads and converted models (``HFLEARN_STOCK``): several homes may share one."""
    return Path(os.environ.get("HFLEARN_STOCK") or home() / "stock").expanduser().resolve()


def progress_file() -> Path:
    """What this learner has done."""
    return home() / "progress.json"
