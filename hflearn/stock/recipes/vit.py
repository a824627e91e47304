"""A Vision Transformer from scratch on scikit-learn's digits: 16 patches of 2×2 pixels, about a minute."""

from pathlib import Path

import torch
from torch.nn.functional import affine_grid, grid_sample
from transformers import ViTConfig, ViTForImageClassification, ViTImageProcessorPil

from hflearn.stock.recipes import digits
from hflearn.stock.recipes.half import save_in_half

EPOCHS, BATCH, PEAK_RATE = 60, 32, 3e-3
NAMES = [str(digit) for digit in range(10)]


def train(folder: Path) -> None:
    images, labels, _, _ = digits.tensors()
    model = ViTForImageClassification(_config()).train()
    batches = len(images) // BATCH
    optimizer = torch.optim.AdamW(model.parameters(), lr=PEAK_RATE, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_RATE, EPOCHS * batches, pct_start=0.1)
    for _ in range(EPOCHS):
        for rows in torch.randperm(len(images))[: batches * BATCH].split(BATCH):
            pixels = _wobble(images[rows]).expand(-1, 3, -1, -1)
            model(pixel_values=pixels, labels=labels[rows]).loss.backward()
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
    save_in_half(model, folder)
    _processor().save_pretrained(folder)


def _config() -> ViTConfig:
    return ViTConfig(
        hidden_size=64, num_hidden_layers=4, num_attention_heads=4, intermediate_size=128,
        image_size=8, patch_size=2, num_channels=3,  # the pipeline makes every image RGB
        hidden_dropout_prob=0.1,
        id2label=dict(enumerate(NAMES)), label2id={name: place for place, name in enumerate(NAMES)},
    )  # fmt: skip


def _processor() -> ViTImageProcessorPil:
    half = [0.5, 0.5, 0.5]
    return ViTImageProcessorPil(size={"height": 8, "width": 8}, image_mean=half, image_std=half)


def _wobble(images: torch.Tensor) -> torch.Tensor:
    """Each image (n, 1, 8, 8) turned, scaled and moved a little, and grained: 1,347 digits are few."""
    n = len(images)
    turn, scale, move = torch.randn(n) * 0.12, 1 + torch.randn(n) * 0.08, torch.randn(n, 2) * 0.12
    across = torch.stack([scale * turn.cos(), -scale * turn.sin(), move[:, 0]], dim=1)
    down = torch.stack([scale * turn.sin(), scale * turn.cos(), move[:, 1]], dim=1)
    grid = affine_grid(torch.stack([across, down], dim=1), list(images.shape), align_corners=False)
    moved = grid_sample(images + 1, grid, align_corners=False) - 1  # outside the image it is black: −1
    return moved + 0.1 * torch.randn_like(images)
