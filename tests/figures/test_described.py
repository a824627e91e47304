"""Figures say in words what they show, appear once, and do not depend on seeing every colour."""

import base64
import itertools

import matplotlib
import numpy as np
import pytest

from hflearn import figures
from hflearn.figures import described
from tests import kernel


def test_drawing_leaves_the_learners_matplotlib_as_it_was():
    before = dict(matplotlib.rcParams)
    figures.workflow().png()
    assert dict(matplotlib.rcParams) == before


def test_the_png_is_the_same_every_time():
    assert figures.workflow().png() == figures.workflow().png()


def test_a_notebook_shows_the_figure_once_with_its_alt_text_and_in_words():
    cells = ["import matplotlib.pyplot as plt\nfrom hflearn import figures", "figures.workflow()"]
    image, words = kernel.outputs(*cells)[1]
    alt = figures.workflow().alt
    assert base64.b64decode(image.data["image/png"]) == figures.workflow().png()
    assert image.metadata["image/png"]["alt"] == alt
    assert image.data["text/plain"] == f"<Figure: {alt}>"
    assert alt in words.data["text/html"]


NAMES = ["BLUE", "ORANGE", "GREEN", "VERMILION", "GREY", "INK", "PAPER"]
# Machado, Oliveira and Fernandes (2009), at full severity, over linear RGB.
BLINDNESS = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_colours_that_mean_different_things_stay_apart(blindness):
    colours = [getattr(described, name) for name in NAMES]
    seen = [_lab(np.clip(np.array(BLINDNESS[blindness]) @ _linear(colour), 0, 1)) for colour in colours]
    nearest = min(np.linalg.norm(one - other) for one, other in itertools.combinations(seen, 2))
    assert nearest > 15  # in CIELAB; 2.3 is a just noticeable difference


def _linear(colour: str) -> np.ndarray:
    rgb = np.array(matplotlib.colors.to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def _lab(linear: np.ndarray) -> np.ndarray:
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ linear / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])
