"""A class-conditional diffusion model on scikit-learn's digits: 0.7 million parameters, about 100 s."""

from pathlib import Path

import torch
from diffusers import DDIMScheduler, UNet2DModel
from torch.nn.functional import mse_loss

from hflearn.stock.recipes import digits

STEPS, BATCH, PEAK_RATE = 800, 128, 2e-3
NO_CLASS = 10  # after the ten digits: "any digit", which guidance needs
DROPPED = 0.15  # of the labels become NO_CLASS, so that the model learns it


def train(folder: Path) -> None:
    images, labels, _, _ = digits.tensors()
    unet, scheduler = _unet(), DDIMScheduler(num_train_timesteps=200, beta_schedule="squaredcos_cap_v2")
    optimizer = torch.optim.AdamW(unet.parameters(), lr=PEAK_RATE)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, PEAK_RATE, STEPS, pct_start=0.1)
    for _ in range(STEPS):
        rows = torch.randint(len(images), (BATCH,))
        asked = torch.where(torch.rand(BATCH) < DROPPED, NO_CLASS, labels[rows])
        noise, when = torch.randn_like(images[rows]), torch.randint(200, (BATCH,))
        noisy = scheduler.add_noise(images[rows], noise, when)
        mse_loss(unet(noisy, when, class_labels=asked).sample, noise).backward()
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
    unet.half().save_pretrained(folder / "unet_by_class")
    scheduler.save_pretrained(folder / "scheduler")


def _unet() -> UNet2DModel:
    return UNet2DModel(
        sample_size=8, in_channels=1, out_channels=1, num_class_embeds=NO_CLASS + 1,
        block_out_channels=(32, 64), layers_per_block=1, norm_num_groups=8,
        down_block_types=("DownBlock2D", "AttnDownBlock2D"), up_block_types=("AttnUpBlock2D", "UpBlock2D"),
    )  # fmt: skip
