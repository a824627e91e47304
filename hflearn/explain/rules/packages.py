"""Packages that the libraries use when they are there, and ask for when they are not."""

import re

from ..diagnosis import Diagnosis
from ..raised import Raised
from ..rule import rule

_OPTIONAL = {
    "bitsandbytes": "quantizes models to 8 and 4 bits",
    "evaluate": "computes metrics",
    "gradio": "makes demos",
    "librosa": "reads sound",
    "onnxruntime": "runs ONNX models",
    "openai": "is the client that chat endpoints are called with",
    "optimum": "exports and quantizes",
    "peft": "trains adapters (LoRA)",
    "sacremoses": "splits text for some translation models",
    "sentencepiece": "cuts text for T5, Marian and others",
    "tiktoken": "cuts text for some chat models",
    "timm": "holds most image models",
    "torchaudio": "reads and resamples sound",
    "torchcodec": "reads sound and video",
    "torchvision": "prepares pictures",
    "trackio": "tracks experiments",
    "trl": "trains chat models",
}
_IMPORTED_AS = {"SentencePiece": "sentencepiece", "Timm": "timm", "protobuf": "protobuf", "PIL": "pillow"}


@rule(
    "04_common_errors",
    "builtins.ImportError",
    r"requires the (\w+) library but it was not found"
    r"|[Pp]lease install (?:it )?(?:with )?['`]?(?:pip install )?([\w-]+)"
    r"|(?:requires|using) .*?\(?`pip install (?:-U )?([\w-]+)"
    r"|requires ([\w-]+): `pip install",
    samples={
        # of packages that no lesson installs
        "transformers.Pop2PianoTokenizer()": ("`pretty_midi`", "%pip install pretty_midi"),
        "AutoModel.from_pretrained(CLASSIFIER, quantization_config=transformers.GPTQConfig(bits=4))": (
            "`optimum`",
        ),
        'datasets.Dataset.from_dict({"a": ["x.wav"]}).cast_column("a", datasets.Audio())[0]': (
            "`torchcodec`",
        ),
    },
)
def package_asked_for(raised: Raised, match: re.Match[str]) -> Diagnosis:
    found = next(name for name in match.groups() if name)
    return _install(_IMPORTED_AS.get(found, found))


@rule(
    "04_common_errors",
    "builtins.ModuleNotFoundError",
    r"^No module named '([\w-]+)'$",
    samples={"import timm": ("`timm`", "%pip install timm")},
)
def package_missing(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    return _install(match[1]) if match[1] in _OPTIONAL else None


def _install(name: str) -> Diagnosis:
    purpose = f": it {_OPTIONAL[name]}" if name in _OPTIONAL else ""
    return Diagnosis(
        f"The call needs the package `{name}`, which is not installed{purpose}.",
        "The libraries install what most people need; this one is for some models alone.",
        "Install it, then restart the kernel: what is there is found out once, at import.",
        f"%pip install {name}",
    )


RULES = [package_asked_for, package_missing]
