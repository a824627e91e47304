"""The digits' diffusion model, in the two forms that diffusers has classes for.

``unet_by_class`` is what was trained: it wants to be told the class, and no pipeline of diffusers tells it.
Its class embedding is added to that of the time, so that of "any digit" can be added to the time's bias once
and for all: ``unet`` is the same network for who asks for no class, and `DDIMPipeline` loads it in one line.
"""

from collections.abc import Sequence
from pathlib import Path

from diffusers import DDIMPipeline, DDIMScheduler, UNet2DModel

from hflearn.stock.builders import trained

ANY_DIGIT = 10


def build(sources: Sequence[Path], folder: Path) -> None:
    trained.build(sources, folder)
    unet = without_class(UNet2DModel.from_pretrained(folder / "unet_by_class"))
    scheduler = DDIMScheduler.from_pretrained(folder / "scheduler")
    DDIMPipeline(unet.half(), scheduler).save_pretrained(folder)


def without_class(unet: UNet2DModel) -> UNet2DModel:
    """The network that answers as this one does when it is asked for any digit."""
    weights = dict(unet.state_dict())
    classes = weights.pop("class_embedding.weight")
    bias = "time_embedding.linear_2.bias"
    weights[bias] = weights[bias] + classes[ANY_DIGIT]
    config = {name: value for name, value in unet.config.items() if name != "_name_or_path"}  # a folder here
    plain = UNet2DModel.from_config(config | {"num_class_embeds": None})
    plain.load_state_dict(weights)
    return plain
