"""As many boxes as bits, and what is said of a format is what torch says."""

import pytest
import torch

from hflearn import figures
from hflearn.figures.number_formats import FORMATS

DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


@pytest.mark.parametrize("name", DTYPES)
def test_a_float_has_the_bits_that_torch_gives_it(name):
    parts = dict(next(layout for layout in FORMATS if layout.name == name).parts)
    says = torch.finfo(DTYPES[name])
    assert sum(parts.values()) == says.bits
    assert 2.0 ** -parts["fraction"] == says.eps


@pytest.mark.parametrize("name", DTYPES)
def test_a_float_reaches_as_far_as_torch_says(name):
    reach = next(layout for layout in FORMATS if layout.name == name).reach
    most = reach.removeprefix("up to ").rpartition(", ")[0].replace(",", "")
    assert float(most) == pytest.approx(torch.finfo(DTYPES[name]).max, rel=0.01)


def test_there_is_a_box_for_each_bit():
    axes = figures.number_formats().axes[0]
    assert len(axes.patches) == sum(layout.bits for layout in FORMATS)


def test_the_words_count_the_bits():
    assert "bf16, 16 bits: 1 sign, 8 exponent, 7 fraction" in figures.number_formats().alt
