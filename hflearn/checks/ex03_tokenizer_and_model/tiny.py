"""A language model of the real class with random weights, so small that a check can run it often."""

from copy import deepcopy
from functools import cache
from typing import Any

VOCABULARY = 40
CALLS = 50
"""How often a lent model lets itself be asked: far more often than any question needs."""


class Endless(Exception):
    """A lent model has been asked more than CALLS times."""


@cache
def model() -> Any:
    """Always the same one, whatever random numbers the learner has drawn."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    class Tiny(LlamaForCausalLM):
        def __repr__(self) -> str:
            return "a tiny model"

    config = LlamaConfig(
        vocab_size=VOCABULARY,
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=1,
        max_position_embeddings=64,
        initializer_range=0.5,  # wide, so that the next token depends on what came before
        bos_token_id=None,
        eos_token_id=None,
        pad_token_id=None,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        return Tiny(config).eval()


@cache
def lent() -> Any:
    """The same model, and it ends a loop that nothing else ends. (A check hands over a copy at each call.)

    :raises Endless: when it is asked more than CALLS times.
    """
    copy = deepcopy(model())
    copy.calls = 0
    copy.register_forward_pre_hook(_count)
    return copy


def _count(model: Any, args: Any) -> None:
    model.calls += 1
    if model.calls > CALLS:
        raise Endless(f"the model was asked more than {CALLS} times")


SEED = 29
"""The generated tokens differ from each other, and from what the misconceptions of question 9 give."""
