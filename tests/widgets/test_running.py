"""What an explorer changes in torch, it puts back."""

import pytest
import torch

from hflearn.widgets.running import one_thread


def test_threads_are_given_back():
    before = torch.get_num_threads()
    with pytest.raises(ValueError), one_thread():
        assert torch.get_num_threads() == 1
        raise ValueError
    assert torch.get_num_threads() == before
