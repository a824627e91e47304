"""The two faces of a dial agree."""

import pytest

from hflearn.widgets.dial import Dial


def test_the_field_moves_the_slider_and_the_slider_the_field():
    dial = Dial("top-k", 3, 0, 10)
    dial.field.value = 5
    assert dial.slider.value == 5
    dial.slider.value = 7
    assert dial.value == 7


def test_what_the_slider_counts_up_is_rounded():
    dial = Dial("temperature", 1.0, 0.1, 3.0, 0.1)
    dial.slider.value = 0.1 + 11 * 0.1
    assert dial.value == 1.2


def test_a_lower_end_takes_the_value_down():
    dial = Dial("token", 9, 0, 9)
    dial.up_to(4)
    assert (dial.value, dial.slider.value, dial.slider.max) == (4, 4, 4)


def test_a_number_beyond_the_ends_becomes_the_end():
    dial = Dial("top-p", 0.5, 0.05, 1.0, 0.05)
    dial.field.value = 7
    assert dial.value == pytest.approx(1.0)
