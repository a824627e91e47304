"""Models of real classes with random weights, so small that a check trains them in no time."""

from functools import cache
from typing import Any

from ..loaded import quiet

CLASSES = 5


@cache
def bert() -> Any:
    """A BERT whose head is one layer, `classifier`. Lend copies of it."""
    from transformers import BertConfig, BertForSequenceClassification

    config = BertConfig(
        vocab_size=50,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=24,
        max_position_embeddings=16,
        num_labels=CLASSES,
    )
    return _made(BertForSequenceClassification, config)


@cache
def distilbert() -> Any:
    """A DistilBERT, whose head is two layers: `pre_classifier` and `classifier`. Lend copies of it."""
    from transformers import DistilBertConfig, DistilBertForSequenceClassification

    config = DistilBertConfig(
        vocab_size=50,
        dim=16,
        n_layers=2,
        n_heads=2,
        hidden_dim=24,
        max_position_embeddings=16,
        num_labels=CLASSES,
    )
    return _made(DistilBertForSequenceClassification, config)


@cache
def llama() -> Any:
    """A chat model's architecture, with 50 tokens. Lend copies of it."""
    from transformers import LlamaConfig, LlamaForCausalLM

    config = LlamaConfig(
        vocab_size=50,
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=24,
        max_position_embeddings=32,
        initializer_range=0.5,  # or all tokens are equally likely, and every loss the same
    )
    return _made(LlamaForCausalLM, config)


def _made(kind: Any, config: Any) -> Any:
    """Always the same weights, whatever random numbers the learner has drawn."""
    import torch

    with quiet(), torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return kind(config).eval()
