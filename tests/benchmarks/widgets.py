"""How long each explorer takes to answer, over the real models: exits with 1 where a median exceeds the goal.

    .venv/bin/python tests/benchmarks/widgets.py

Measured in the kernel, from a control's change to the new picture. Tokens and sentences are new each time.
"""

import os
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from stocked import stocked

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}

GOAL_MS = 100
NEW_BITS_MS = 300  # that one runs its model anew, over 48 texts
CHANGES = 40
TEXT = "My parcel never arrived, and nobody at the shop can tell me where it is. "


def main() -> int:
    from transformers import AutoModel, AutoModelForCausalLM, AutoTokenizer

    wordpiece, bpe = (
        AutoTokenizer.from_pretrained(stocked("embed")),
        AutoTokenizer.from_pretrained(stocked("chat")),
    )
    reader = AutoModel.from_pretrained(stocked("embed"), attn_implementation="eager")
    writer = AutoModelForCausalLM.from_pretrained(stocked("chat"))
    reached = [
        report("tokens: a letter more in 1,000", *typing_tokens(wordpiece, bpe)),
        *(report(f"sampling: {name}", *turning) for name, turning in turning_sampling(writer, bpe).items()),
        report("attention: another head, 40 tokens", *turning_attention(reader, wordpiece)),
        report("similarity: a letter more in 15 sentences", *typing_similarity()),
        report("bits: a setting not tried before", *turning_bits(), goal=NEW_BITS_MS),
    ]
    return int(not all(reached))


Change = Callable[[int], Any]


def typing_tokens(wordpiece: Any, bpe: Any) -> tuple[Change, Any]:
    from hflearn import widgets

    explorer = widgets.tokens(TEXT, wordpiece, bpe)
    long = (TEXT * 20)[: 1000 - CHANGES]
    return lambda step: setattr(explorer.text, "value", long + "x" * step), explorer


def turning_sampling(writer: Any, bpe: Any) -> dict[str, tuple[Change, Any]]:
    from hflearn import widgets

    explorer = widgets.sampling(writer, bpe, TEXT)
    return {
        "temperature": (lambda step: setattr(explorer.temperature.field, "value", 0.1 + step / 20), explorer),
        "top-k": (lambda step: setattr(explorer.top_k.field, "value", 1 + step), explorer),
        "top-p": (lambda step: setattr(explorer.top_p.field, "value", 0.2 + step / 60), explorer),
    }


def turning_attention(reader: Any, wordpiece: Any) -> tuple[Change, Any]:
    from hflearn import widgets

    explorer = widgets.attention(reader, wordpiece, TEXT * 3)
    return lambda step: setattr(explorer.head.field, "value", step % 12), explorer


def typing_similarity() -> tuple[Change, Any]:
    from sentence_transformers import SentenceTransformer

    from hflearn import widgets

    lines = [f"{TEXT} It was lamp number {number}." for number in range(15)]
    explorer = widgets.similarity(SentenceTransformer(str(stocked("embed"))), lines)
    return lambda step: setattr(explorer.text, "value", "\n".join(lines) + "x" * step), explorer


def turning_bits() -> tuple[Change, Any]:
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    from hflearn import widgets
    from hflearn.stock.quality import ratings

    rated = ratings.split("test")
    reviews = sorted(rated[rated.source.isin(["amazon", "movie"])].text, key=len)
    texts = [text for text in reviews if len(text) >= 20][:240:5]  # as short as lesson 06's
    model = AutoModelForSequenceClassification.from_pretrained(stocked("sentiment"))
    explorer = widgets.bits(model, AutoTokenizer.from_pretrained(stocked("sentiment")), texts)

    def change(step: int) -> None:
        explorer.answers.clear()
        explorer.bits.field.value = 2 + step % 7

    return change, explorer


def report(what: str, change: Change, explorer: Any, goal: int = GOAL_MS) -> bool:
    """Whether the median reaches the goal; prints it."""
    taken, shown = [], set()
    for step in range(1, CHANGES + 1):
        started = time.perf_counter()
        change(step)
        taken.append((time.perf_counter() - started) * 1000)
        shown.add(explorer.picture.value)
    assert len(shown) > 1, "nothing changed, so nothing was measured"
    reached = median(taken) <= goal
    missed = "" if reached else f"  (goal {goal}: missed)"
    print(f"{what:<45} median {median(taken):5.1f} ms, slowest {max(taken):5.1f} ms{missed}")
    return reached


if __name__ == "__main__":
    sys.exit(main())
