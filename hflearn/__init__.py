"""hflearn: learn the Hugging Face ecosystem by running it.

The names below are what notebooks import. They load on first use: ``import hflearn`` itself needs neither
torch nor transformers.
"""

import logging
from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# The quantizers of lesson 06 are imported wherever they are installed, with the first model, and each tells
# everybody what of CUDA it could not load.
_QUANTIZERS = (
    "torchao",
    "torch.utils._pytree",  # speaks of torchao's types
    "diffusers.quantizers.torchao.torchao_quantizer",
    "bitsandbytes.backends.cpu.ops",
)
for _name in _QUANTIZERS:
    logging.getLogger(_name).setLevel(logging.ERROR)

_HOME_OF = {
    "start": "hflearn.session",
    "model": "hflearn.session",
    "dataset": "hflearn.session",
    "token": "hflearn.session",
    "endpoint": "hflearn.session",
    "exercise": "hflearn.checks",
    "____": "hflearn.checks",
    "checkpoint": "hflearn.quiz",
    "CourseError": "hflearn.errors",
}
_MODULES = {"explain", "figures", "measure", "widgets"}

__all__ = [*_HOME_OF, *_MODULES]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"hflearn.{name}")
    if name in _HOME_OF:
        return getattr(import_module(_HOME_OF[name]), name)
    raise AttributeError(f"module 'hflearn' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
