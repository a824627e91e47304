"""The card says what a lesson takes, what it runs on, and what stands in for what."""

from dataclasses import replace

import pytest

from hflearn import card, course, machine, stock

ITEMS = [stock.roles()["embed"], stock.roles()["chat"]]
PRACTICE = card.Card(course.lesson("01"), ITEMS, "http://127.0.0.1:8760", online=False, download_mb=0)
REAL = card.Card(course.lesson("01"), ITEMS, "https://huggingface.co", online=True, download_mb=0)


@pytest.mark.parametrize("shown", [str(PRACTICE), PRACTICE._repr_html_()], ids=["text", "html"])
def test_it_names_the_lesson_its_budgets_and_its_hub(shown):
    lesson = course.lesson("01")
    assert lesson.title in shown
    assert f"{lesson.minutes} minutes" in shown
    assert f"{lesson.memory_gb:g} GB needed" in shown
    assert "http://127.0.0.1:8760" in shown


@pytest.mark.parametrize("shown", [str(PRACTICE), PRACTICE._repr_html_()], ids=["text", "html"])
def test_it_names_each_model_with_licence_and_size_and_what_it_stands_in_for(shown):
    for item in ITEMS:
        assert (
            item.id in shown and item.licence in shown and f"{item.size_mb:.3g}\N{NO-BREAK SPACE}MB" in shown
        )
    assert ITEMS[1].stands_in_for.partition(":")[0] in shown


def test_on_the_real_hub_it_names_the_real_models():
    assert "HuggingFaceTB/SmolLM2-135M-Instruct" in str(REAL)
    assert "hflearn/" not in str(REAL)


def test_a_download_to_come_is_announced():
    assert "184 MB now, once" in str(replace(PRACTICE, download_mb=184.2))


def test_nothing_to_download_is_said_too():
    assert "0 MB: everything is here" in str(PRACTICE)


def test_too_little_memory_says_what_to_do(monkeypatch):
    monkeypatch.setattr(machine, "memory_gb", lambda: (1.0, 8.0))
    assert "1.0 of 8.0 GB available: close other programs and notebooks first" in str(PRACTICE)


@pytest.mark.parametrize(
    ("bfloat16", "gpu", "expected"),
    [
        (True, None, "Some CPU, 2 cores, AVX512-BF16, so bfloat16 is fast"),
        (False, None, "Some CPU, 2 cores, no AVX512-BF16, so use float32"),
        (False, "NVIDIA A10", "NVIDIA A10 GPU, Some CPU, 2 cores, no AVX512-BF16, so use float32"),
    ],
)
def test_the_device_says_which_number_format_to_use(monkeypatch, bfloat16, gpu, expected):
    monkeypatch.setattr(machine, "cpu", lambda: machine.Cpu("Some", 2, bfloat16))
    monkeypatch.setattr(machine, "gpu", lambda: gpu)
    assert card.device() == expected


def test_html_in_a_name_stays_text():
    lesson = replace(course.lesson("01"), title="a < b")
    assert "a &lt; b" in replace(PRACTICE, lesson=lesson)._repr_html_()
