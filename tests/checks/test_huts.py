"""Exercise 06's huts: its cases have the traits that its messages speak of."""

import pytest

from hflearn.checks.ex06_quantization import q4, q7, zero_point
from hflearn.checks.judge import judge
from hflearn.checks.verdict import Status


def ranges():
    import torch

    noise = torch.Generator().manual_seed(1)
    random = [torch.randn(20, generator=noise) + shift for shift in (-1.0, 0.0, 0.7)]
    return [*(args[0] for args in zero_point._inputs()), *random]


@pytest.mark.parametrize("place", range(len(ranges())))
def test_codes_lie_in_their_range_and_come_back_within_half_a_step(place):
    values = ranges()[place]
    codes, scale, point = zero_point._right(values)
    assert codes.min() >= 0 and codes.max() <= 255
    assert ((codes - point) * scale - values).abs().max() <= scale * 0.5001


def test_a_zero_point_lies_nearer_to_the_code_below_it():
    (values,) = zero_point._inputs()[4]
    assert 8.4 < -zero_point._range(values)[0] / zero_point._right(values)[1] < 8.5


def test_two_roundings_leave_the_range_in_the_last_case_alone():
    largest = [zero_point._rule(clamped=False)(*args)[0].max() for args in zero_point._inputs()]
    assert [code > 255 for code in largest] == [False] * zero_point._TIES + [True]


def test_either_code_of_a_tie_is_right():
    def half_up(values):
        return zero_point._half_up(values)

    assert judge("q4", q4, half_up).status is Status.RIGHT


def test_an_answer_that_empties_the_layer_is_told_so():
    def emptied(inputs, weights, threshold, rounded):
        far = (inputs.abs() >= threshold).any(dim=0)
        kept = inputs[:, far] @ weights[:, far].T
        weights[:, far] = 0
        return kept + inputs @ rounded(weights).T

    said = judge("q7", q7, emptied)
    assert said.status is Status.WRONG
    assert "wrote into" in said.message
