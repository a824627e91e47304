"""Exercise 03's help desk: its cases have the traits that its messages speak of, in the real libraries."""

from copy import deepcopy

import pytest

from hflearn.checks.ex03_tokenizer_and_model import greedy, pooling, tiny
from hflearn.checks.expect import Array
from hflearn.checks.function import Case
from hflearn.checks.lending import Lending, Overwritten


@pytest.fixture(autouse=True)
def one_thread():
    """As in the notebook: on a busy machine a second thread costs more than it brings."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def test_the_tiny_models_cases_are_what_they_are_for():
    first, again, ended_before, ends_at_once, short = greedy._inputs()
    assert first == again
    assert len(set(greedy._right(*first))) >= 6  # who stands still, or looks elsewhere, is found out
    ids, end, _ = ended_before
    assert ids[-1] == end and len(greedy._right(*ended_before)) == 4
    assert greedy._right(*ends_at_once) == []
    assert len(greedy._right(*short)) == short[2]


def test_the_tiny_model_leaves_the_learners_random_numbers_alone():
    import torch

    tiny.model.cache_clear()
    torch.manual_seed(0)
    before = torch.random.get_rng_state()
    tiny.model()
    assert torch.equal(before, torch.random.get_rng_state())


def test_a_lent_model_ends_a_loop_that_nothing_else_ends():
    import torch

    ids, model = torch.tensor([[1]]), deepcopy(tiny.lent())
    for _ in range(tiny.CALLS):
        model(ids)
    with pytest.raises(tiny.Endless):
        model(ids)
    deepcopy(tiny.lent())(ids)  # the next try begins to count anew


@pytest.mark.parametrize(("function", "kept"), [(lambda h: h * 2, True), (lambda h: h.mul_(2), False)])
def test_what_writes_into_its_argument_is_found_out(function, kept):
    import torch

    lending = Lending([Case((torch.ones(2),), Array([2, 2]))])
    seen = lending.observe(function)
    assert isinstance(seen, Overwritten) is not kept
    assert (lending.complaint(seen) is None) is kept


def test_five_of_eighteen_positions_are_padding():
    _, mask = pooling._inputs()[0]
    assert (mask.numel(), int((mask == 0).sum())) == (18, 5)


def test_the_reference_pools_as_sentence_transformers_does(filled_hub, tmp_path):
    import torch
    from huggingface_hub import snapshot_download
    from sentence_transformers import SentenceTransformer
    from transformers import AutoModel, AutoTokenizer

    name = "sentence-transformers/all-MiniLM-L6-v2"
    folder = snapshot_download(name, endpoint=filled_hub.url, cache_dir=tmp_path)
    requests = ["The street lamp is dark.", "Our bin was not emptied this week.", "Rubbish?"]
    batch = AutoTokenizer.from_pretrained(folder)(requests, padding=True, return_tensors="pt")
    with torch.inference_mode():
        hidden = AutoModel.from_pretrained(folder)(**batch).last_hidden_state
    ours = torch.nn.functional.normalize(pooling._right(hidden, batch.attention_mask))
    theirs = torch.tensor(SentenceTransformer(folder, device="cpu").encode(requests))
    assert torch.allclose(ours, theirs, atol=1e-5)
