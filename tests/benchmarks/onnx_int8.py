"""ONNX Runtime's int8 against torch's float32, on the star model: exits with 1 where it misses a goal.

    .venv/bin/python tests/benchmarks/onnx_int8.py

Both read the same batches in turn, on one thread each, so that a busy machine slows them alike.
"""

import os
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from stocked import stocked

os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_PROGRESS_BARS": "1"}

GOALS = {1: 3.5, 32: 2.0}
"""How many times as fast int8 is to be, by the size of the batch."""
ROUNDS = {1: 100, 32: 15}
TEXT = "My parcel never arrived, and nobody at the shop can tell me where it is."


def main() -> int:
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    torch.set_num_threads(1)
    model = AutoModelForSequenceClassification.from_pretrained(stocked("sentiment"), dtype="float32").eval()
    tokenizer = AutoTokenizer.from_pretrained(stocked("sentiment"))
    with TemporaryDirectory() as folder:
        session = quantized(model, dict(tokenizer(TEXT, return_tensors="pt")), Path(folder))
        reached = [
            faster(model, session, dict(tokenizer([TEXT] * size, return_tensors="pt"))) for size in GOALS
        ]
    return int(not all(reached))


def quantized(model: Any, batch: dict[str, Any], folder: Path) -> Any:
    """A session of ONNX Runtime over the model's int8 file, which is made here."""
    import onnxruntime
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    class Logits(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *inputs: Any) -> Any:
            return self.model(**dict(zip(batch, inputs, strict=True))).logits

    plain, prepared, small = (folder / f"{name}.onnx" for name in ("plain", "prepared", "int8"))
    axes = {name: {0: "texts", 1: "tokens"} for name in batch} | {"logits": {0: "texts"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter of one second is the old one, and says so
        torch.onnx.export(
            Logits().eval(),
            tuple(batch.values()),
            str(plain),
            input_names=list(batch),
            output_names=["logits"],
            dynamic_axes=axes,
            dynamo=False,
        )
        quant_pre_process(str(plain), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(prepared, small, weight_type=QuantType.QInt8, per_channel=True)
    print(f"float32 {plain.stat().st_size / 1e6:.1f} MB, int8 {small.stat().st_size / 1e6:.1f} MB")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(small, options, providers=["CPUExecutionProvider"])


def faster(model: Any, session: Any, batch: dict[str, Any]) -> bool:
    """Whether int8 reaches the goal for a batch of this size; prints both medians and their ratio."""
    import torch

    size = len(batch["input_ids"])
    arrays = {given.name: batch[given.name].numpy() for given in session.get_inputs()}
    with torch.inference_mode():
        before, after = medians(lambda: model(**batch), lambda: session.run(None, arrays), ROUNDS[size])
    reached = before / after >= GOALS[size]
    print(
        f"batch {size:>2}: torch float32 {before * 1000:6.1f} ms, ONNX Runtime int8 {after * 1000:6.1f} ms: "
        f"{before / after:.2f} times as fast (goal {GOALS[size]}{'' if reached else ': missed'})"
    )
    return reached


def medians(one: Callable[[], Any], other: Callable[[], Any], rounds: int) -> list[float]:
    """Seconds of each, in turn; the first call of each does not count."""
    times: list[list[float]] = [[], []]
    for _ in range(rounds + 1):
        for taken, call in zip(times, (one, other), strict=True):
            start = time.perf_counter()
            call()
            taken.append(time.perf_counter() - start)
    return [median(taken[1:]) for taken in times]


if __name__ == "__main__":
    sys.exit(main())
