"""A Hub with the ids of huggingface.co, behind each a tiny random model of the same kind and layout.

What the lessons do on the real Hub can so be run without it: labels, columns, files and classes are those of
the real repositories, the answers are noise.
"""

import json
from collections.abc import Callable
from pathlib import Path

import torch
from diffusers import DDPMScheduler, UNet2DModel
from transformers import (
    AutoTokenizer,
    BertConfig,
    BertForSequenceClassification,
    BertForTokenClassification,
    DistilBertConfig,
    DistilBertForSequenceClassification,
    GenerationConfig,
    LlamaConfig,
    LlamaForCausalLM,
    MarianConfig,
    MarianMTModel,
    ViTConfig,
    ViTForImageClassification,
    ViTImageProcessor,
    WhisperConfig,
    WhisperForConditionalGeneration,
    WhisperProcessor,
)

from hflearn import stock
from hflearn.hub import Store

SMALL = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
STARS = ["1 star", "2 stars", "3 stars", "4 stars", "5 stars"]
ENTITIES = ["O", "B-MISC", "I-MISC", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
TOPICS = ["tech", "business", "sport", "entertainment", "politics"]
OPINIONS = ["very negative", "negative", "neutral", "positive", "very positive"]


def fill(store: Store, scratch: Path) -> None:
    """Put every online id of the catalogue into the store; what is the same on both Hubs is the stock's."""
    torch.manual_seed(0)
    stock.ensure(["embed"], store, progress=False)
    for item in stock.roles().values():
        if item.online != item.id:
            folder = scratch / item.role
            MAKE[item.role](folder)
            _card(folder, item)
            _shelve(store, item, folder)


def _card(folder: Path, item: stock.Item) -> None:
    (folder / "README.md").write_text(
        f"---\nlicense: apache-2.0\nlanguage: en\n---\n# {item.online}\nRandom.\n"
    )


def _shelve(store: Store, item: stock.Item, folder: Path) -> None:
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    if not store.head(item.repo_type, item.online):
        store.ensure_repo(item.repo_type, item.online)
        author = item.online.partition("/")[0]
        store.commit(item.repo_type, item.online, files=files, message="Random weights", author=author)


def _labelled(labels: list[str]) -> dict:
    return {"id2label": dict(enumerate(labels)), "label2id": {name: i for i, name in enumerate(labels)}}


def _english(folder: Path) -> int:
    """A tokenizer of BERT's kind; the number of its tokens."""
    tokenizer = AutoTokenizer.from_pretrained(_stock("embed"))
    tokenizer.save_pretrained(folder)
    return len(tokenizer)


def _bert(folder: Path, labels: list[str], head: type = BertForSequenceClassification) -> None:
    config = BertConfig(vocab_size=_english(folder), **SMALL, **_labelled(labels))
    head(config).save_pretrained(folder)


def _without_safetensors(folder: Path) -> None:
    _bert(folder, ["LABEL_0", "LABEL_1"])
    model = BertForSequenceClassification.from_pretrained(folder)
    torch.save(model.state_dict(), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()


def _distilbert(folder: Path) -> None:
    config = DistilBertConfig(
        vocab_size=_english(folder),
        dim=32,
        n_layers=2,
        n_heads=2,
        hidden_dim=64,
        **_labelled(["NEGATIVE", "POSITIVE"]),
    )
    DistilBertForSequenceClassification(config).save_pretrained(folder)


def _chat(folder: Path) -> None:
    tokenizer = AutoTokenizer.from_pretrained(_stock("chat"))
    tokenizer.save_pretrained(folder)
    special = {"bos_token_id": tokenizer.bos_token_id, "eos_token_id": tokenizer.eos_token_id}
    config = LlamaConfig(
        vocab_size=len(tokenizer),
        **SMALL | {"hidden_size": 64},  # 13 MB in float32: lesson 04 finds 10 MB too little for it
        max_position_embeddings=8192,
        tie_word_embeddings=True,
        **special,
    )
    model = LlamaForCausalLM(config)
    model.generation_config = GenerationConfig(pad_token_id=tokenizer.eos_token_id, **special)
    model.to(torch.bfloat16).save_pretrained(folder)


def _vit(folder: Path) -> None:
    config = ViTConfig(
        image_size=224, patch_size=16, **SMALL, **_labelled([f"label {i}" for i in range(1000)])
    )
    ViTForImageClassification(config).save_pretrained(folder)
    ViTImageProcessor().save_pretrained(folder)


def _ddpm(folder: Path) -> None:
    sizes = {"block_out_channels": (32, 32), "norm_num_groups": 8, "layers_per_block": 1}
    blocks = {"down_block_types": ("DownBlock2D",) * 2, "up_block_types": ("UpBlock2D",) * 2}
    UNet2DModel(sample_size=32, in_channels=3, out_channels=3, **sizes, **blocks).save_pretrained(folder)
    DDPMScheduler().save_pretrained(folder)
    parts = {"scheduler": ["diffusers", "DDPMScheduler"], "unet": ["diffusers", "UNet2DModel"]}
    (folder / "model_index.json").write_text(json.dumps({"_class_name": "DDPMPipeline", **parts}))


def _whisper(folder: Path) -> None:
    processor = WhisperProcessor.from_pretrained(_stock("transcribe"))
    processor.save_pretrained(folder)
    real = WhisperConfig.from_pretrained(_stock("transcribe"))
    for name, value in {
        "d_model": 32,
        "encoder_layers": 1,
        "decoder_layers": 1,
        "encoder_ffn_dim": 64,
        "decoder_ffn_dim": 64,
    }.items():
        setattr(real, name, value)
    real.encoder_attention_heads = real.decoder_attention_heads = 2
    model = WhisperForConditionalGeneration(real)
    model.generation_config = GenerationConfig.from_pretrained(_stock("transcribe"))
    model.save_pretrained(folder)


def _marian(folder: Path) -> None:
    AutoTokenizer.from_pretrained(_stock("translate")).save_pretrained(folder)
    real = MarianConfig.from_pretrained(_stock("translate"))
    real.d_model, real.encoder_ffn_dim, real.decoder_ffn_dim = 32, 64, 64
    real.encoder_layers = real.decoder_layers = 1
    model = MarianMTModel(real)
    model.generation_config = GenerationConfig.from_pretrained(_stock("translate"))
    model.save_pretrained(folder)


def _rows(folder: Path, splits: list[str], labels: list[str]) -> None:
    """As SetFit keeps its datasets: a file of JSON lines a split, the label as a number and as text."""
    folder.mkdir()
    for split in splits:
        rows = [
            {"text": f"{name} text {i}", "label": i, "label_text": name} for i, name in enumerate(labels)
        ] * 20
        (folder / f"{split}.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))


def _stock(role: str) -> Path:
    """The folder with this role's files, as `hflearn.stock` built them."""
    from hflearn.stock.build import build
    from hflearn.stock.catalog import chosen

    return build(chosen([role])[0])


MAKE: dict[str, Callable[[Path], None]] = {
    "chat": _chat,
    "news": lambda folder: _rows(folder, ["train", "test"], TOPICS),
    "ratings": lambda folder: _rows(folder, ["train", "dev", "test"], OPINIONS),
    "vit": _vit,
    "image": _vit,
    "diffuse": _ddpm,
    "reviews_a": _distilbert,
    "reviews_b": lambda folder: _bert(folder, ["negative", "positive"]),
    "reviews_c": _without_safetensors,
    "sentiment": lambda folder: _bert(folder, STARS),
    "intent": lambda folder: _bert(folder, [f"intent {i}" for i in range(77)]),
    "ner": lambda folder: _bert(folder, ENTITIES, BertForTokenClassification),
    "transcribe": _whisper,
    "translate": _marian,
}
