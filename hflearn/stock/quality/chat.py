"""Perplexity on news, and tokens a second."""

import math
import time

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from hflearn.stock.quality import folder
from hflearn.stock.quality.news import split

LONGEST = 1024  # tokens of an article


def measure() -> dict[str, str]:
    model, tokenizer = _load(torch.float32)  # the same on every CPU
    loss, count = 0.0, 0
    for text in split("test").drop_duplicates("label").text:  # the first article of each class
        ids = tokenizer(text, return_tensors="pt", truncation=True, max_length=LONGEST).input_ids
        with torch.inference_mode():
            predicted = ids.shape[1] - 1  # every token but the first
            loss += model(ids, labels=ids).loss.item() * predicted
        count += predicted
    return {"tokens": f'"{count:,}"', "perplexity": f"{math.exp(loss / count):.1f}"}


def speed() -> dict[str, str]:
    model, tokenizer = _load(torch.bfloat16)
    prompt = tokenizer("The parcel", return_tensors="pt")
    model.generate(
        **prompt, max_new_tokens=8, do_sample=False
    )  # the first call pays for what later ones find ready
    start = time.perf_counter()
    model.generate(**prompt, min_new_tokens=100, max_new_tokens=100, do_sample=False)
    return {"tokens_per_second": f"{100 / (time.perf_counter() - start):.0f}"}


def _load(dtype: torch.dtype) -> tuple:
    path = folder("chat")
    return AutoModelForCausalLM.from_pretrained(path, dtype=dtype), AutoTokenizer.from_pretrained(path)
