"""from_pretrained: a class that does not fit, files that are missing, damaged or not to be trusted."""

import re
import sys
from pathlib import Path
from typing import Any

from .. import ask
from ..diagnosis import Diagnosis
from ..raised import Raised
from ..rule import rule
from ..words import did_you_mean, every


@rule(
    "04_common_errors",
    "builtins.ValueError",
    r"^Unrecognized configuration class <class '.*?(\w+)'> for this kind of AutoModel: (\w+)",
    by="transformers",
    samples={
        "AutoModelForCausalLM.from_pretrained(VISION)": ("`vit`", "AutoModelForImageClassification"),
        "AutoModelForSeq2SeqLM.from_pretrained(GENERATOR)": (
            "`gpt2`",
            "`AutoModelForCausalLM`",
            "GPT2LMHeadModel",
        ),
    },
)
def wrong_auto_class(raised: Raised, match: re.Match[str]) -> Diagnosis:
    config = raised.local("config", "from_pretrained|from_config")
    saved_as = (config.architectures or [""])[0]
    fitting = _auto_classes(config.model_type)
    trained = f" These weights were saved from a `{saved_as}`." if saved_as else ""
    best = _auto_class_of(saved_as, config.model_type, fitting)
    return Diagnosis(
        f"`{match[2]}` has no version for models of the type `{config.model_type}`.",
        f"The class chooses the head, and this architecture has none for that task.{trained}",
        f"For `{config.model_type}` there are {every(fitting)}. Or choose a model made for your task.",
        f"{best}.from_pretrained(…)" if best else "",
    )


def _auto_classes(model_type: str) -> list[str]:
    """The AutoModel classes that know an architecture."""
    modeling = sys.modules["transformers.models.auto.modeling_auto"]
    found = [
        name
        for name, auto in vars(modeling).items()
        if name.startswith("AutoModel")
        and model_type in getattr(getattr(auto, "_model_mapping", None), "_model_mapping", {})
    ]
    return sorted(found, key=len)


def _auto_class_of(saved_as: str, model_type: str, fitting: list[str]) -> str:
    modeling = sys.modules["transformers.models.auto.modeling_auto"]
    for name in fitting:
        made = vars(modeling)[name]._model_mapping._model_mapping[model_type]
        if saved_as and saved_as in (made if isinstance(made, tuple) else (made,)):
            return name
    return ""


@rule(
    "04_common_errors",
    "builtins.ValueError",
    r"^Unrecognized model in (\S+)\. Should have a `model_type` key",
    by="transformers",
    samples={"AutoModel.from_pretrained(TOKENIZER_ALONE)": ("config.json", "save_pretrained")},
)
def no_config(raised: Raised, match: re.Match[str]) -> Diagnosis:
    return Diagnosis(
        f"Nothing in `{match[1]}` says what kind of model it is: there is no config.json with "
        "a `model_type`.",
        "Only a tokenizer or an adapter was saved there, or the model belongs to another library.",
        "Look at its files. If you saved it yourself, save model and tokenizer both, into the same folder.",
        f"model.save_pretrained({match[1]!r})\ntokenizer.save_pretrained({match[1]!r})",
    )


@rule(
    "04_common_errors",
    "builtins.ValueError",
    r"has model type `([^`]+)` but Transformers does not recognize",
    by="transformers",
    samples={'AutoModel.from_pretrained("shop/new-kind")': ("`parcelnet`", "transformers 5")},
)
def unknown_architecture(raised: Raised, match: re.Match[str]) -> Diagnosis:
    version = sys.modules["transformers"].__version__
    known = ask.near(
        match[1], sys.modules["transformers"].models.auto.configuration_auto.CONFIG_MAPPING_NAMES
    )
    return Diagnosis(
        f"The model is of the type `{match[1]}`, which transformers {version} does not know.",
        f"It is newer than your transformers, or was made by another library. {did_you_mean(known)}".strip(),
        "Read on its card which library and which version load it; then upgrade that one.",
        "%pip install --upgrade transformers",
    )


@rule(
    "04_common_errors",
    "builtins.OSError",
    r"^(?:Error no file named|(\S+) does not appear to have a file named) .*(?:safetensors|\.bin)",
    by="transformers",
    samples={
        'AutoModel.from_pretrained("shop/parcels", variant="fp16")': ("`fp16`", "`shop/parcels`"),
        'AutoModel.from_pretrained("shop/no-weights")': ("`shop/no-weights`", "no weights"),
        "AutoModel.from_pretrained(CONFIG_ALONE)": ("no weights", "save_pretrained"),
    },
)
def no_weights(raised: Raised, match: re.Match[str]) -> Diagnosis:
    where = raised.local("pretrained_model_name_or_path") or match[1]
    if variant := raised.local("variant"):
        happened = f"`{where}` has no weights of the variant `{variant}`."
        return Diagnosis(
            happened, "A variant is a second set of files, and not every repository has one.", "Leave it out."
        )
    here = Path(str(where)).is_dir()
    return Diagnosis(
        f"`{where}` has a config.json and no weights that transformers reads (model.safetensors).",
        "Saving stopped halfway, or only the config was saved."
        if here
        else "The weights are in another format (GGUF, ONNX), in a folder below, or were never uploaded.",
        "Save the model again."
        if here
        else "Look at its files; weights in a folder below want `subfolder=`.",
        f"model.save_pretrained({str(where)!r})" if here else f'HfApi().list_repo_files("{where}")',
    )


@rule(
    "04_common_errors",
    "safetensors._safetensors_rust.SafetensorError",
    r"while deserializing header",
    samples={
        "AutoModel.from_pretrained(CUT_SHORT)": ("3,000 bytes", "force_download=True"),
        "AutoModel.from_pretrained(POINTER)": ("pointer", "git lfs pull"),
    },
)
def damaged_weights(raised: Raised, match: re.Match[str]) -> Diagnosis:
    path = Path(_checkpoint(raised))
    size = f"{path.stat().st_size:,} bytes"
    happened = f"`{path.name}` ({size}) is no whole safetensors file."
    with path.open("rb") as file:
        if file.read(7) == b"version":
            return Diagnosis(
                happened,
                "It is a Git LFS pointer: a clone without git-lfs brings those instead of the weights.",
                "Fetch the real files in that clone, or download through the library.",
                "!git lfs pull",
            )
    return Diagnosis(
        happened,
        "A download or a copy was cut short.",
        "Fetch it again, past the copy in the cache.",
        "AutoModel.from_pretrained(…, force_download=True)",
    )


def _checkpoint(raised: Raised) -> str:
    """The file of weights that was being read."""
    for name in ("checkpoint_file", "checkpoint_files", "file"):
        found = raised.local(name)
        if found:
            return str(found[0] if isinstance(found, list) else found)
    raise LookupError


@rule(
    "04_common_errors",
    "builtins.RuntimeError",
    r"You set `ignore_mismatched_sizes` to `False`",
    by="transformers",
    samples={
        "AutoModelForSequenceClassification.from_pretrained(CLASSIFIER, num_labels=5)": (
            "`classifier.weight`",
            "2 × 16",
            "5 × 16",
            "ignore_mismatched_sizes=True",
        )
    },
)
def sizes_differ(raised: Raised, match: re.Match[str]) -> Diagnosis:
    key, saved, wanted = sorted(
        raised.local("loading_info").mismatched_keys, key=lambda found: -len(found[1])
    )[0]
    sizes = [" × ".join(str(side) for side in shape) for shape in (saved, wanted)]
    happened = f"`{key}` is {sizes[0]} in the file, and {sizes[1]} in the model you asked for."
    if saved[1:] == wanted[1:]:
        return Diagnosis(
            happened,
            f"The checkpoint's head has {saved[0]} outputs and you asked for {wanted[0]} "
            "(`num_labels`, or a vocabulary resized).",
            "To use the model as it is, leave `num_labels` out. To train a new head of "
            f"{wanted[0]}, let the old one go.",
            "AutoModelForSequenceClassification.from_pretrained(…, num_labels=…, "
            "ignore_mismatched_sizes=True)",
        )
    return Diagnosis(
        happened,
        "The config is not the one these weights were saved with.",
        "Load weights and config from one place.",
    )


@rule(
    "04_common_errors",
    "builtins.ValueError",
    r"The repository (\S+) contains custom code",
    by="transformers",
    samples={'AutoModel.from_pretrained("shop/own-code")': ("`shop/own-code`", "revision")},
)
def code_not_trusted(raised: Raised, match: re.Match[str]) -> Diagnosis:
    return Diagnosis(
        f"`{match[1]}` brings Python code of its own, and transformers will not run that unasked.",
        "Its architecture is not part of transformers. The code would run with all your rights "
        "on this machine.",
        "Read its .py files first. If you trust them, say so, and pin the commit you have read.",
        f'AutoModel.from_pretrained("{match[1]}", trust_remote_code=True, revision="…")',
    )


@rule(
    "04_common_errors",
    "_pickle.UnpicklingError",
    r"Weights only load failed.*?GLOBAL (\S+)",
    by="torch",
    samples={
        "torch.load(PICKLE)": ("`builtins.print`", "safetensors"),
        "AutoModel.from_pretrained(PICKLED_MODEL)": ("safetensors",),
    },
)
def pickle_refused(raised: Raised, match: re.Match[str]) -> Diagnosis:
    name = match[1] if "." in match[1] else f"builtins.{match[1]}"
    return Diagnosis(
        f"The file is a pickle that wants to call `{name}`, and torch refused to let it.",
        "A pickle is a program: to load it is to run it. `weights_only=True` (the default) "
        "admits tensors alone.",
        "Look for a model.safetensors in the same repository. `weights_only=False` runs "
        "whatever is in the file: only for a file you made.",
        "from safetensors.torch import load_file\nweights = load_file('model.safetensors')",
    )


@rule(
    "03_tokenizer_and_model",
    "builtins.ValueError",
    r"^Couldn't instantiate the backend tokenizer",
    by="transformers",
    samples={"AutoTokenizer.from_pretrained(VISION)": ("`vit`", "AutoImageProcessor")},
)
def no_tokenizer(raised: Raised, match: re.Match[str]) -> Diagnosis:
    where = raised.local("pretrained_model_name_or_path")
    model_type = _model_type(where)
    kind = f" It is a model of the type `{model_type}`." if model_type else ""
    return Diagnosis(
        f"No tokenizer could be made from `{where}`.",
        "It has no tokenizer.json, nor files to make one from (or they need sentencepiece, "
        f"which is not installed).{kind}",
        "For pictures load `AutoImageProcessor`, for sound `AutoFeatureExtractor`. For text, "
        "take the tokenizer from the base model its card names.",
        f"AutoImageProcessor.from_pretrained({where!r})",
    )


@rule(
    "03_tokenizer_and_model",
    "builtins.OSError",
    r"^Can't load (image processor|feature extractor) for '([^']+)'",
    by="transformers",
    samples={
        "AutoImageProcessor.from_pretrained(CLASSIFIER)": ("image processor", "`bert`"),
        'pipeline("automatic-speech-recognition", CLASSIFIER)': ("feature extractor", "`bert`"),
    },
)
def no_processor(raised: Raised, match: re.Match[str]) -> Diagnosis:
    model_type = _model_type(match[2])
    pictures = match[1].startswith("image")
    what = "pictures" if pictures else "sound"
    task = "image-classification" if pictures else "automatic-speech-recognition"
    kind = f"It is a model of the type `{model_type}`: " if model_type else ""
    return Diagnosis(
        f"`{match[2]}` has no {match[1]} (no preprocessor_config.json).",
        f"{kind}probably it is not a model for {what}, or only the weights were saved.",
        "Choose a model whose task is the one you want; for text, load `AutoTokenizer`.",
        f'HfApi().list_models(pipeline_tag="{task}")',
    )


def _model_type(where: Any) -> str:
    """From the config that has been read a moment ago; empty where it cannot be had."""
    try:
        return str(
            sys.modules["transformers"].AutoConfig.from_pretrained(where, local_files_only=True).model_type
        )
    except Exception:
        return ""


@rule(
    "04_common_errors",
    "builtins.TypeError",
    r"^(\w+)\.__init__\(\) got an unexpected keyword argument '(\w+)'",
    by="transformers",
    samples={
        "AutoModel.from_pretrained(CLASSIFIER, load_in_8bit=True)": ("`load_in_8bit`", "BitsAndBytesConfig"),
        'AutoModel.from_pretrained(CLASSIFIER, attn_implementatio="eager")': ("`attn_implementation`",),
    },
)
def unknown_argument_of_from_pretrained(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    if raised.local("pretrained_model_name_or_path") is None:
        return None
    happened = (
        f"`from_pretrained` does not know `{match[2]}` and handed it on to `{match[1]}`, which "
        "does not either."
    )
    if match[2] in ("load_in_8bit", "load_in_4bit"):
        return Diagnosis(
            happened,
            "Until transformers 4 quantization was switched on so; it has a config of its own now.",
            "Say it in a config (bitsandbytes must be installed).",
            f"from transformers import BitsAndBytesConfig\n"
            f"AutoModel.from_pretrained(…, quantization_config=BitsAndBytesConfig({match[2]}=True))",
        )
    near = ask.near(match[2], _ARGUMENTS)
    return Diagnosis(
        happened,
        did_you_mean(near) or "It is misspelt, or was dropped.",
        "See `help(AutoModel.from_pretrained)`.",
    )


_ARGUMENTS = (
    "attn_implementation",
    "cache_dir",
    "config",
    "device_map",
    "dtype",
    "force_download",
    "ignore_mismatched_sizes",
    "local_files_only",
    "max_memory",
    "num_labels",
    "offload_folder",
    "output_attentions",
    "output_hidden_states",
    "quantization_config",
    "revision",
    "subfolder",
    "token",
    "trust_remote_code",
    "use_safetensors",
    "variant",
)

_GONE = {
    "AdamW": ("It was removed: torch has its own.", "from torch.optim import AdamW"),
    "TFAutoModel": (
        "TensorFlow and Flax were dropped in transformers 5.",
        "from transformers import AutoModel",
    ),
    "TFTrainer": ("TensorFlow was dropped in transformers 5.", "from transformers import Trainer"),
    "AutoModelWithLMHead": ("It was split by task.", "from transformers import AutoModelForCausalLM"),
    "AutoModelForVision2Seq": ("It was renamed.", "from transformers import AutoModelForImageTextToText"),
}

_MISSING_NAME = (
    r"^(?:cannot import name '(\w+)' from 'transformers' |module transformers has no attribute (\w+))"
)


def _missing_name(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    name = match[1] or match[2]
    transformers = sys.modules["transformers"]
    happened = f"transformers {transformers.__version__} has no `{name}`."
    if name in _GONE:
        return Diagnosis(happened, _GONE[name][0], "Use what took its place.", _GONE[name][1])
    if re.match(r"(TF|Flax)[A-Z]", name):
        instead = name.removeprefix("TF").removeprefix("Flax")
        code = f"from transformers import {instead}"
        return Diagnosis(
            happened, "TensorFlow and Flax were dropped in transformers 5.", "Use the torch class.", code
        )
    near = ask.near(name, dir(transformers))
    if not near:
        return None
    code = f"from transformers import {near[0]}"
    return Diagnosis(
        happened, f"It is misspelt, or of another version. {did_you_mean(near)}", "Correct the name.", code
    )


@rule(
    "04_common_errors",
    "builtins.ImportError",
    _MISSING_NAME,
    samples={
        "from transformers import AdamW": ("`AdamW`", "from torch.optim import AdamW"),
        "from transformers import AutoModelForSequenceClasification": (
            "`AutoModelForSequenceClassification`",
        ),
        "from transformers import TFBertModel": ("TensorFlow", "import BertModel"),
    },
)
def name_missing_from_transformers(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    return _missing_name(raised, match)


@rule(
    "04_common_errors",
    "builtins.AttributeError",
    _MISSING_NAME,
    by="transformers",
    samples={"transformers.AutoTokeniser": ("`AutoTokenizer`",)},
)
def attribute_missing_from_transformers(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    return _missing_name(raised, match)


RULES = [
    wrong_auto_class,
    no_config,
    unknown_architecture,
    no_weights,
    damaged_weights,
    sizes_differ,
    code_not_trusted,
    pickle_refused,
    no_tokenizer,
    no_processor,
    unknown_argument_of_from_pretrained,
    name_missing_from_transformers,
    attribute_missing_from_transformers,
]
