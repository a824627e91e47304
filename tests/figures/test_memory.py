"""Bars are as long as their numbers, and the words say the same."""

from hflearn import figures


def test_memory_bars_say_each_number():
    alt = figures.memory_bars({"float32": (538.1, 561.2), "bfloat16": (269.0, 301.0)}).alt
    assert "float32: 538 MB worked out, 561 MB measured; bfloat16: 269 MB worked out, 301 MB measured." in alt


def test_memory_bars_are_as_long_as_the_numbers():
    axes = figures.memory_bars({"a": (10, 20), "b": (30, 40)}).axes[0]
    assert [[bar.get_width() for bar in bars] for bars in axes.containers] == [[10, 30], [20, 40]]
