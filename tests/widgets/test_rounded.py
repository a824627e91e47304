"""Rounding to a grid: no weight moves further than half a step, and the scales are where they should be."""

import pytest
import torch

from hflearn.widgets.rounded import CHANNEL, GROUP, IN_GROUPS, SHARED, TENSOR, a_few, grid, size


@pytest.fixture
def matrix():
    """4 × 100, so that a row's last group is short; the last row has a weight far out."""
    found = torch.randn(4, 100, generator=torch.Generator().manual_seed(0))
    found[3, 99] = 100
    return found


@pytest.mark.parametrize("shared", SHARED)
@pytest.mark.parametrize("bits", [2, 4, 8])
def test_no_weight_moves_further_than_half_a_step(matrix, bits, shared):
    found = grid(matrix, bits, shared)
    assert found.weights().shape == matrix.shape
    assert (found.weights() - matrix).abs().max() <= found.scales.max() / 2 + 1e-6


def test_four_bits_leave_fifteen_values_from_the_largest_weight_to_its_negative(matrix):
    left = grid(matrix, 4, TENSOR).weights()
    assert left.max() == 100
    assert len(grid(torch.linspace(-1, 1, 1000).reshape(10, 100), 4, TENSOR).weights().unique()) == 15


def test_a_weight_far_out_spoils_only_what_shares_its_scale(matrix):
    gone = {shared: (grid(matrix, 4, shared).weights() == 0).all(1).tolist() for shared in (TENSOR, CHANNEL)}
    assert gone == {TENSOR: [True, True, True, False], CHANNEL: [False] * 4}
    in_row = grid(matrix, 4, IN_GROUPS).weights()[3]
    assert in_row[:GROUP].count_nonzero() > 50
    assert in_row[GROUP:].count_nonzero() == 1


def test_a_row_of_zeros_stays_zeros():
    assert torch.equal(grid(torch.zeros(2, 3), 4, CHANNEL).weights(), torch.zeros(2, 3))


def test_the_given_matrix_is_not_changed(matrix):
    before = matrix.clone()
    grid(matrix, 3, CHANNEL).weights()
    assert torch.equal(matrix, before)


def test_scales_cost_something_too():
    """A scale takes 32 bits: for each of 64 weights that share one, half a bit."""
    sizes = {shared: 8 * size((128, 640), (4, shared)) / (128 * 640) for shared in SHARED}
    assert sizes == {TENSOR: pytest.approx(4, abs=1e-3), CHANNEL: 4.05, IN_GROUPS: 4.5}


def test_the_largest_scale_is_always_among_the_few_shown():
    weights = torch.ones(100, 64)
    weights[57] = 7
    shown = dict(a_few(grid(weights, 4, CHANNEL), reach=1.5))
    assert shown["channel 57, step 1"] == [-1, 0, 1]
    assert len(shown) == 7
    assert "channel 57, group 0, step 1" in dict(a_few(grid(weights, 4, IN_GROUPS), reach=1.5))
