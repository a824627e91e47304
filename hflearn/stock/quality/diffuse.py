"""Does it draw the digit that was asked for, does it vary, does it only copy? A classifier judges."""

import numpy as np
import torch
from diffusers import DDIMPipeline, DDIMScheduler, UNet2DModel
from scipy.spatial.distance import cdist

from hflearn.stock.quality import folder
from hflearn.stock.quality.judge import judge
from hflearn.stock.recipes import digits, reproducible
from hflearn.stock.recipes.diffuse import NO_CLASS

SAMPLES, STEPS, GUIDANCE = 200, 20, 2.0


def measure() -> dict[str, str]:
    images, labels, new_images, new_labels = digits.split()
    flat, new_flat = (some.reshape(len(some), -1).astype(float) for some in (images, new_images))
    seen = judge().predict
    asked = np.arange(10).repeat(SAMPLES // 10)
    with reproducible():  # on one thread: for 8×8 pixels more of them only wait for one another
        plain, guided, without_class = _drawn(asked, 1.0), _drawn(asked, GUIDANCE), _drawn_without_class()
    return {
        "judge": f"{(seen(new_flat) == new_labels).mean():.3f}",
        "agreement": f"{(seen(plain) == asked).mean():.3f}",
        "guided_agreement": f"{(seen(guided) == asked).mean():.3f}",
        "spread": f"{_spread(plain, asked):.0f}",
        "guided_spread": f"{_spread(guided, asked):.0f}",
        "true_spread": f"{_spread(flat, labels):.0f}",
        "nearest": f"{_nearest(plain, flat):.0f}",
        "guided_nearest": f"{_nearest(guided, flat):.0f}",
        "true_nearest": f"{_nearest(new_flat, flat):.0f}",
        "digits_without_class": f"{len(set(seen(without_class)))}",
    }


@torch.no_grad()
def _drawn(asked: np.ndarray, guidance: float) -> np.ndarray:
    """Flat images (n, 64), 0 to 255, of these digits."""
    unet = UNet2DModel.from_pretrained(folder("diffuse"), subfolder="unet_by_class")
    scheduler = DDIMScheduler.from_pretrained(folder("diffuse"), subfolder="scheduler")
    scheduler.set_timesteps(STEPS)
    labels = torch.from_numpy(asked)
    images = torch.randn(len(labels), 1, 8, 8, generator=torch.Generator().manual_seed(0))
    for t in scheduler.timesteps:
        any_digit = unet(images, t, class_labels=torch.full_like(labels, NO_CLASS)).sample
        noise = any_digit + guidance * (unet(images, t, class_labels=labels).sample - any_digit)
        images = scheduler.step(noise, t, images, use_clipped_model_output=True).prev_sample
    return (images.clamp(-1, 1) + 1).mul(127.5).flatten(1).numpy()


def _drawn_without_class() -> np.ndarray:
    pipeline = DDIMPipeline.from_pretrained(folder("diffuse"))
    pipeline.set_progress_bar_config(disable=True)
    generator = torch.Generator().manual_seed(0)
    images = pipeline(SAMPLES, generator, num_inference_steps=STEPS, output_type="np").images
    return images.reshape(SAMPLES, -1) * 255


def _spread(images: np.ndarray, labels: np.ndarray) -> float:
    """How much the drawings of one digit differ: the mean standard deviation of a pixel within a class."""
    return float(np.mean([images[labels == digit].std(axis=0).mean() for digit in range(10)]))


def _nearest(images: np.ndarray, others: np.ndarray) -> float:
    """The mean distance to the nearest of the others: root mean square over the pixels."""
    return float(cdist(images, others).min(axis=1).mean() / np.sqrt(images.shape[1]))
