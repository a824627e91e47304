"""Real tokenizers, a real embedder, and a tiny model that writes."""

import pytest
import torch
from sentence_transformers import SentenceTransformer
from transformers import AutoModel, AutoTokenizer, LlamaConfig, LlamaForCausalLM


@pytest.fixture(scope="session")
def embed(stock_dir):
    return next((stock_dir / "embed").iterdir())


@pytest.fixture(scope="session")
def wordpiece(embed):
    return AutoTokenizer.from_pretrained(embed)


@pytest.fixture(scope="session")
def bpe(stock_dir):
    """Byte-level: it has a token for every byte, and no unknown words."""
    return AutoTokenizer.from_pretrained(next((stock_dir / "chat").iterdir()))


@pytest.fixture(scope="session")
def writer(bpe):
    """Continues a text, badly: it was never trained."""
    torch.manual_seed(0)
    shape = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    config = LlamaConfig(vocab_size=len(bpe), max_position_embeddings=64, initializer_range=1.0, **shape)
    return LlamaForCausalLM(config).eval()


@pytest.fixture(scope="session")
def reader(embed):
    """Six layers of twelve heads, whose attention can be seen."""
    return AutoModel.from_pretrained(embed, attn_implementation="eager")


@pytest.fixture(scope="session")
def embedder(embed):
    return SentenceTransformer(str(embed))
