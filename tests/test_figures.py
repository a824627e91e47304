"""Figures say in words what they show, appear once, and do not depend on seeing every colour."""

import base64
import itertools

import matplotlib
import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from hflearn import figures

TEXTS = ["late parcel", "slow delivery", "cold soup"]
COSINES = [[1, 0.63, 0.05], [0.63, 1, 0.02], [0.05, 0.02, 1]]


def test_the_workflow_names_every_step_its_tool_and_its_lesson():
    alt = figures.workflow().alt
    for number, (name, tool, lesson) in enumerate(figures.STEPS, start=1):
        words = f"{number}. {name}: {tool}".replace("\n", " ")
        assert words + (f" (lesson {lesson})." if lesson else ".") in alt


def test_memory_bars_say_each_number():
    alt = figures.memory_bars({"float32": (538.1, 561.2), "bfloat16": (269.0, 301.0)}).alt
    assert "float32: 538 MB worked out, 561 MB measured; bfloat16: 269 MB worked out, 301 MB measured." in alt


def test_memory_bars_are_as_long_as_the_numbers():
    axes = figures.memory_bars({"a": (10, 20), "b": (30, 40)}).axes[0]
    assert [[bar.get_width() for bar in bars] for bars in axes.containers] == [[10, 30], [20, 40]]


def test_similarity_says_what_is_most_and_least_alike():
    alt = figures.similarity(np.array(COSINES), TEXTS).alt
    assert "Most alike, at 0.63: “late parcel” and “slow delivery”." in alt
    assert "Least alike, at 0.02: “slow delivery” and “cold soup”." in alt


@pytest.mark.parametrize("matrix", [COSINES[:2], [row[:2] for row in COSINES]])
def test_a_matrix_that_does_not_fit_its_labels_is_refused(matrix):
    with pytest.raises(ValueError, match="one row and one column for each of the 3 labels"):
        figures.similarity(matrix, TEXTS)


def test_a_long_text_is_shortened_and_leaves_room_for_the_map():
    texts = ["late " * 30, *TEXTS[1:]]
    figure = figures.similarity(COSINES, texts)
    figure.png()
    [axes] = figure.axes
    assert axes.get_yticklabels()[0].get_text() == "late late late late late late late late …   1"
    assert axes.get_tightbbox().x0 >= 0


def test_pictures_stand_in_a_row_under_their_captions():
    figure = figures.pictures([np.zeros((8, 8)), np.ones((8, 8))], ["first", "last"], alt="Grey, then white.")
    assert [axes.get_title() for axes in figure.axes] == ["first", "last"]
    assert figure.alt == "Grey, then white."


def test_a_picture_without_its_caption_is_refused():
    with pytest.raises(ValueError):
        figures.pictures([np.zeros((8, 8))] * 2, ["first"], alt="Grey twice.")


def test_drawing_leaves_the_learners_matplotlib_as_it_was():
    before = dict(matplotlib.rcParams)
    figures.workflow().png()
    assert dict(matplotlib.rcParams) == before


def test_the_png_is_the_same_every_time():
    assert figures.workflow().png() == figures.workflow().png()


def test_a_notebook_shows_the_figure_once_with_its_alt_text_and_in_words():
    cells = ["import matplotlib.pyplot as plt\nfrom hflearn import figures", "figures.workflow()"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, kernel_name="python3", timeout=60).execute()
    image, words = notebook.cells[1].outputs
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
    colours = [getattr(figures, name) for name in NAMES]
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
