"""Rows of about equal length together: the less padding, the less computing."""

import torch


def batches(lengths: list[int], size: int) -> list[list[int]]:
    """Row numbers, in random batches of about equal length."""
    shuffled = torch.randperm(len(lengths)).tolist()
    pools = [shuffled[start : start + 20 * size] for start in range(0, len(shuffled), 20 * size)]
    pools = [sorted(pool, key=lengths.__getitem__) for pool in pools]
    batches = [pool[start : start + size] for pool in pools for start in range(0, len(pool), size)]
    return [batches[place] for place in torch.randperm(len(batches)).tolist()]
