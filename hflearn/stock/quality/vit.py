"""How often the digit is right, beside simpler classifiers, on digits that none of them has seen."""

import numpy as np
import torch
from PIL import Image
from sklearn.linear_model import LogisticRegression
from transformers import AutoImageProcessor, AutoModelForImageClassification

from hflearn.stock.quality import folder
from hflearn.stock.quality.judge import judge
from hflearn.stock.recipes import digits


def measure() -> dict[str, str]:
    images, labels, new_images, new_labels = digits.split()
    flat, new_flat = (some.reshape(len(some), -1) for some in (images, new_images))
    logistic = LogisticRegression(max_iter=2000).fit(flat / 255, labels)
    commonest = np.bincount(labels).argmax()
    return {
        "train": f'"{len(images):,}"',
        "test": f"{len(new_images)}",
        "accuracy": f"{(_predicted(new_images) == new_labels).mean():.3f}",
        "majority": f"{(new_labels == commonest).mean():.3f}",
        "logistic": f"{logistic.score(new_flat / 255, new_labels):.3f}",
        "svm": f"{judge().score(new_flat, new_labels):.3f}",
    }


def _predicted(images: np.ndarray) -> np.ndarray:
    processor = AutoImageProcessor.from_pretrained(folder("vit"))
    model = AutoModelForImageClassification.from_pretrained(folder("vit"))
    pixels = processor([Image.fromarray(image).convert("RGB") for image in images], return_tensors="pt")
    with torch.no_grad():
        return model(**pixels).logits.argmax(-1).numpy()
