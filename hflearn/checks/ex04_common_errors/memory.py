"""q8: why a training that fits on paper runs out of memory: weights are a quarter of it."""

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from .. import plain
from ..expect import Number
from ..loaded import quiet
from ..patient import NOTHING, Patient, run
from ..question import Misconception, Question, Slip

if TYPE_CHECKING:
    from torch import nn


@cache
def trainees() -> dict[str, "nn.Module"]:
    """Small models, each with something that a careless sum overlooks, by what is said of them."""
    import torch
    from transformers import AutoModelForCausalLM, AutoModelForSequenceClassification, BertConfig, LlamaConfig

    small = {"hidden_size": 128, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 256}
    bert = BertConfig(vocab_size=4_000, **small)
    llama = LlamaConfig(vocab_size=4_000, tie_word_embeddings=True, **small)
    with quiet():
        whole = AutoModelForSequenceClassification.from_config(bert)
        half = AutoModelForSequenceClassification.from_config(bert).to(torch.bfloat16)
        frozen = AutoModelForSequenceClassification.from_config(bert)
        tied = AutoModelForCausalLM.from_config(llama)
        mixed = AutoModelForSequenceClassification.from_config(bert)
    frozen.bert.embeddings.requires_grad_(False)
    words = mixed.get_input_embeddings().to(torch.bfloat16)
    words.register_forward_hook(lambda module, _, vectors: vectors.float())  # what follows is in float32
    return {
        "a model in float32": whole,
        "a model in bfloat16": half,
        "a model whose embeddings are frozen": frozen,
        "a model that uses its embeddings twice, as its head too": tied,
        "a model with embeddings in bfloat16 and the rest in float32": mixed,
    }


_CLOSE = 5e-3  # buffers, which some sums count, are less than that
_FLOAT32, _BFLOAT16, _FROZEN, _TIED, _MIXED = range(5)


def needed_mb(model: "nn.Module") -> float:
    """Weights, gradients and Adam's two moments."""
    weights, trained = _bytes(model)
    return (weights + 3 * trained) / 1e6


def _bytes(model: "nn.Module") -> tuple[int, int]:
    """Of all weights, and of those that are trained."""
    sizes = [(p.numel() * p.element_size(), p.requires_grad) for p in model.parameters()]
    return sum(size for size, _ in sizes), sum(size for size, trained in sizes if trained)


def _examine(training_mb: Any) -> list[Any]:
    return [run(training_mb, kind, model) for kind, model in trainees().items()]


def _complain(seen: list[Any]) -> str | None:
    for (kind, model), said in zip(trainees().items(), seen, strict=True):
        if said is None:
            return f"For {kind}: {NOTHING}"
        if wrong := Number(needed_mb(model), rel=_CLOSE, unit="MB").complaint(said):
            return f"For {kind}: {wrong}"
    return None


def _gives(*rules: Callable[["nn.Module"], float]) -> Callable[[Any], bool]:
    """Whether the function follows one of these rules instead, in every case."""

    def shows(seen: Any) -> bool:
        said = [plain.number(number) for number in seen]
        return any(
            all(abs(a - rule(m)) <= _CLOSE * rule(m) for a, m in zip(said, trainees().values(), strict=True))  # type: ignore[operator]
            for rule in rules
        )

    return shows


def _right(seen: Any, *places: int) -> bool:
    said, wanted = ([of[i] for i in places] for of in (seen, [needed_mb(m) for m in trainees().values()]))
    return all(Number(b, rel=_CLOSE).complaint(a) is None for a, b in zip(said, wanted, strict=True))


def _four_each(model: "nn.Module") -> float:
    return sum(p.numel() for p in model.parameters()) * 4 / 1e6


_SUM = "return sum(w.numel() * w.element_size() for w in model.parameters()) * {times} / 1e6"

question = Question(
    title="It fits, said the script, and the night run died",
    expects=lambda: Patient(_examine, _complain),
    reference="""
        weights = sum(w.numel() * w.element_size() for w in model.parameters())
        trained = sum(w.numel() * w.element_size() for w in model.parameters() if w.requires_grad)
        return (weights + 3 * trained) / 1e6
    """,
    alternatives=[
        """
        total = 0
        for weights in model.parameters():
            copies = 4 if weights.requires_grad else 1
            total += copies * weights.nbytes
        return total / 1_000_000
        """,
        """
        frozen = [w for w in model.parameters() if not w.requires_grad]
        trained = [w for w in model.parameters() if w.requires_grad]
        size = lambda tensors: sum(t.nbytes for t in tensors)
        gradients = size(trained)
        moments = 2 * size(trained)
        return (size(frozen) + size(trained) + gradients + moments) / 1e6
        """,
    ],
    hints=[
        "What does training keep for each weight that using the model does not?",
        "A gradient for each weight that is trained, and Adam two more numbers of the same kind (its "
        "moments). A frozen weight has none of the three.",
        "`weights.element_size()` gives the bytes of one number, `weights.requires_grad` says whether it is "
        "trained.",
    ],
    misconceptions=[
        Misconception(
            "unrepaired",
            """
            parameters = sum(weights.numel() for weights in model.parameters())
            return parameters * 4 / 1e6
            """,
            when=_gives(
                _four_each, lambda model: _bytes(model)[0] / 1e6, lambda model: _bytes(model)[1] / 1e6
            ),
            says="That is what the weights take, which is enough to use the model. Training keeps more for "
            "every weight that it changes, and the sum still leaves that out.",
            also=[_SUM.format(times=1), "return model.get_memory_footprint() / 1e6"],
        ),
        Misconception(
            "four bytes whatever the format",
            """
            weights = sum(w.numel() for w in model.parameters()) * 4
            trained = sum(w.numel() for w in model.parameters() if w.requires_grad) * 4
            return (weights + 3 * trained) / 1e6
            """,
            when=_gives(
                lambda m: (
                    _four_each(m) + 3 * sum(p.numel() for p in m.parameters() if p.requires_grad) * 4 / 1e6
                ),
                lambda m: 4 * _four_each(m),
            ),
            says="Right for float32, too much for the model in bfloat16: you counted 4 bytes a number "
            "whatever the format. (Its gradients and moments come in its own format, too.)",
            also=["return sum(w.numel() for w in model.parameters()) * 16 / 1e6"],
        ),
        Misconception(
            "a model has one format",
            """
            size = next(model.parameters()).element_size()
            weights = sum(w.numel() for w in model.parameters()) * size
            trained = sum(w.numel() for w in model.parameters() if w.requires_grad) * size
            return (weights + 3 * trained) / 1e6
            """,
            when=lambda seen: _right(seen, _FLOAT32, _BFLOAT16, _FROZEN, _TIED) and not _right(seen, _MIXED),
            says="Right where all weights have one format. The last model has two (embeddings in bfloat16, "
            "the rest in float32), and the bytes of one weight were taken for all: ask each weight for its "
            "own.",
            also=[
                """
                weights = sum(w.numel() for w in model.parameters()) * model.dtype.itemsize
                trained = sum(w.numel() for w in model.parameters() if w.requires_grad)
                return (weights + 3 * trained * model.dtype.itemsize) / 1e6
                """,
                """
                size = [w.element_size() for w in model.parameters()][-1]
                return sum(w.numel() * (4 if w.requires_grad else 1) for w in model.parameters()) * size / 1e6
                """,
            ],
        ),
        Misconception(
            "everything is trained",
            _SUM.format(times=4),
            when=_gives(lambda model: 4 * _bytes(model)[0] / 1e6),
            says="Right where everything is trained; too much for the model whose embeddings are frozen. "
            "A frozen weight is in memory, but it has no gradient and no moments.",
        ),
        Misconception(
            "what is frozen is not there",
            """
            trained = sum(w.nbytes for w in model.parameters() if w.requires_grad)
            return 4 * trained / 1e6
            """,
            when=_gives(lambda model: 4 * _bytes(model)[1] / 1e6),
            says="Too little for the model with frozen embeddings: they are not trained, but they are in "
            "memory all the same, once.",
        ),
        Misconception(
            "Adam is one number",
            """
            weights = sum(w.nbytes for w in model.parameters())
            trained = sum(w.nbytes for w in model.parameters() if w.requires_grad)
            return (weights + 2 * trained) / 1e6
            """,
            when=_gives(
                lambda model: (_bytes(model)[0] + 2 * _bytes(model)[1]) / 1e6,
                lambda model: 3 * _bytes(model)[0] / 1e6,
            ),
            says="One of the four is missing. For each trained weight there are the weight, its gradient, "
            "and two moments of Adam (the mean of the gradients, and of their squares).",
            also=[_SUM.format(times=3)],
        ),
        Misconception(
            "weights and gradients, and that is all",
            """
            weights = sum(w.nbytes for w in model.parameters())
            trained = sum(w.nbytes for w in model.parameters() if w.requires_grad)
            return (weights + trained) / 1e6
            """,
            when=_gives(lambda model: sum(_bytes(model)) / 1e6, lambda model: 2 * _bytes(model)[0] / 1e6),
            says="Weights and gradients are counted. The optimizer keeps a record of its own as well: Adam "
            "has two numbers for each weight that it trains.",
            also=[_SUM.format(times=2)],
        ),
        Misconception(
            "a name is a weight",
            """
            trained = {name for name, w in model.named_parameters() if w.requires_grad}
            trained |= {"lm_head.weight"}
            tensors = model.state_dict().items()
            return sum(t.nbytes * (4 if name in trained else 1) for name, t in tensors) / 1e6
            """,
            when=lambda seen: (
                _right(seen, _FLOAT32, _BFLOAT16, _FROZEN)
                and seen[_TIED] > 1.05 * needed_mb(list(trainees().values())[_TIED])
            ),
            says="Right but for the model that uses its embeddings twice: `state_dict()` names them twice, "
            "and in memory they are there once. `model.parameters()` gives each once.",
            also=[
                """
                total = 0
                for name, w in model.named_parameters(remove_duplicate=False):
                    total += w.nbytes * (4 if w.requires_grad else 1)
                return total / 1e6
                """
            ],
        ),
    ],
    slips=[
        Slip(_SUM.format(times=4).replace(" / 1e6", ""), "right in bytes; the answer is wanted in MB"),
        Slip(_SUM.format(times="4 / 1.048576"), "right in MiB"),
        Slip(_SUM.format(times=4).replace("return ", ""), "gave nothing back"),
        Slip(_SUM.format(times=16), "has the right type, not the right value"),
    ],
    follows="A quarter of it is weights; the batch comes on top. Hence LoRA, which trains a hundredth of the "
    "weights and saves most of the other three quarters.",
)
