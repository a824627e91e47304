"""Scikit-learn's handwritten digits, split by writer."""

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.datasets import load_digits

# The rows follow one another writer by writer: a shuffled split would put the same hands on both sides.
TRAINING_ROWS = 1347


def split() -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.uint8], NDArray[np.int64]]:
    """Training images and labels, then held-out ones: images (n, 8, 8) from 0 to 255, white ink on black."""
    digits = load_digits()
    images = np.round(digits.images * (255 / 16)).astype(np.uint8)
    labels = digits.target.astype(np.int64)
    return images[:TRAINING_ROWS], labels[:TRAINING_ROWS], images[TRAINING_ROWS:], labels[TRAINING_ROWS:]


def tensors() -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    """The same for a network: images (n, 1, 8, 8) from −1 to 1."""
    images, labels, held_out_images, held_out_labels = split()
    return (
        _scaled(images),
        torch.from_numpy(labels),
        _scaled(held_out_images),
        torch.from_numpy(held_out_labels),
    )


def _scaled(images: NDArray[np.uint8]) -> torch.Tensor:
    return torch.from_numpy(images).float()[:, None] / 127.5 - 1
