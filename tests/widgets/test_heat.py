"""The heat map can be read: by eyes that differ, by a pointer, by a screen reader."""

from itertools import pairwise

import matplotlib.colors
import pytest

from hflearn.widgets.heat import DENSE, colours, heat_map


def test_each_number_says_whose_it_is():
    page = heat_map([[0.25, 0.75]], ["late"], ["lost", "found"], "Shares")
    assert 'data-says="late → lost: 0.25">0.25</td>' in page
    assert '<th scope="row">late</th>' in page
    assert '<th scope="col">found</th>' in page
    assert 'aria-label="Shares"' in page


def test_labels_are_shown_and_not_obeyed():
    page = heat_map([[1.0]], ["<b>"], ["<i>"], "<u>")
    assert not any(tag in page for tag in ("<b>", "<i>", "<u>"))


def test_a_crowded_map_keeps_its_numbers_for_who_asks():
    labels = [str(number) for number in range(DENSE + 1)]
    page = heat_map([[0.5] * len(labels)] * len(labels), labels, labels, "Shares")
    assert '<div class="hflearn-heat dense">' in page
    assert page.count(">0.50</td>") == len(labels) ** 2


def test_more_is_lighter():
    lightness = [_luminance(colours(share / 20)[0]) for share in range(21)]
    assert all(less < more for less, more in pairwise(lightness))


@pytest.mark.parametrize("percent", range(0, 101, 2))
def test_a_number_stands_out_from_its_cell(percent):
    paper, ink = (_luminance(colour) for colour in colours(percent / 100))
    assert (max(paper, ink) + 0.05) / (min(paper, ink) + 0.05) >= 4.5  # WCAG 2.2, AA


@pytest.mark.parametrize("value", [-0.2, 1.2])
def test_a_value_beyond_the_scale_has_the_colour_of_its_end(value):
    assert colours(value) == colours(round(value))


def _luminance(colour: str) -> float:
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in matplotlib.colors.to_rgb(colour)
    ]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
