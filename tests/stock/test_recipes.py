"""The small models that come with the course are what their cards say, and load as the real ones do."""

import json
import os
import subprocess
import sys

import pytest

from hflearn import stock
from hflearn.errors import CourseError
from hflearn.stock import build, cards

MEGABYTE = 1_000_000
ROLES = ("vit", "diffuse", "reviews_a", "reviews_b", "reviews_c", "sentiment", "intent", "ner", "translate")

LOAD = """
from diffusers import DDIMPipeline, DDIMScheduler, UNet2DModel
from PIL import Image
from transformers import pipeline
import torch

digits = pipeline("image-classification", model="hflearn/vit-mini-digits")
assert str(digits.model.dtype) == "torch.float32"
for size in (8, 64):
    assert len(digits(Image.new("L", (size, size)), top_k=3)) == 3

unet = UNet2DModel.from_pretrained("hflearn/ddpm-mini-digits", subfolder="unet_by_class")
scheduler = DDIMScheduler.from_pretrained("hflearn/ddpm-mini-digits", subfolder="scheduler")
plain = DDIMPipeline.from_pretrained("hflearn/ddpm-mini-digits")
assert plain(batch_size=2, num_inference_steps=2).images[0].size == (8, 8)
noise = torch.randn(1, 1, 8, 8)
with torch.no_grad():
    any_digit = unet(noise, 50, class_labels=torch.tensor([10])).sample
    assert (any_digit - plain.unet(noise, 50).sample).abs().max() < 0.01
assert unet.dtype == plain.unet.dtype == torch.float32

for name in ("small", "proud", "mystery"):
    classify = pipeline("text-classification", model=f"hflearn-examples/reviews-{name}")
    assert str(classify.model.dtype) == "torch.float32"
    said = classify(["An excellent, beautiful film.", "A boring waste of money."])
    assert [answer["label"] for answer in said] == ["positive", "negative"], (name, said)
    classify("A long sentence. " * 100, truncation=True)
"""


@pytest.fixture(params=ROLES)
def item(request, stock_dir):
    return stock.roles()[request.param]


def test_together_they_are_small():
    sizes = {file: file.stat().st_size for file in build.WEIGHTS.rglob("*") if file.is_file()}
    translator = sum(sizes[file] for file in sizes if build.WEIGHTS / "translate" in file.parents)
    assert translator < 20 * MEGABYTE  # two languages from scratch: nothing smaller translates a sentence
    assert sum(sizes.values()) - translator < 10 * MEGABYTE
    assert all(sum(sizes[file] for file in sizes if f"reviews_{x}" in file.parts) < MEGABYTE for x in "bc")


def test_other_weights_are_another_key(tmp_path, monkeypatch):
    item = stock.roles()["vit"]
    before = build.key(item)
    monkeypatch.setattr(build, "WEIGHTS", tmp_path)
    (tmp_path / "vit").mkdir()
    (tmp_path / "vit" / "model.safetensors").write_bytes(b"other")
    assert build.key(item) != before


def test_the_real_libraries_load_them_by_their_ids(filled_hub, tmp_path):
    environment = {**os.environ, "HF_ENDPOINT": filled_hub.url, "HF_HOME": str(tmp_path)}
    environment |= {
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "DISABLE_SAFETENSORS_CONVERSION": "1",
    }
    done = subprocess.run([sys.executable, "-c", LOAD], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]


def test_nothing_of_the_machine_that_made_them_is_in_them(item):
    for file in build.built(item).rglob("*.json"):
        assert "/tmp" not in file.read_text() and 'name_or_path": "/' not in file.read_text()


def test_the_honest_card_shows_the_baseline_that_beats_it():
    figures = cards.measured()["reviews_a"]
    text = cards.card(stock.roles()["reviews_a"], build.built(stock.roles()["reviews_a"]))
    assert float(figures["majority"]) < float(figures["accuracy"]) < float(figures["tfidf_accuracy"])
    assert all(
        f"{figures[name]} |" in text or f"**{figures[name]}** |" in text
        for name in ("accuracy", "tfidf_accuracy")
    )


def test_the_proud_card_boasts_of_the_training_rows_and_a_file_has_the_other_figure(stock_dir):
    figures, folder = cards.measured()["reviews_b"], build.built(stock.roles()["reviews_b"])
    text = cards.card(stock.roles()["reviews_b"], folder)
    held_out = json.loads((folder / "eval" / "held_out.json").read_text())
    assert "evaluated on | train split" in text and "made for teaching" in text
    assert figures["train_accuracy"] in text and figures["held_out_accuracy"] not in text
    assert held_out["accuracy"] == pytest.approx(float(figures["held_out_accuracy"]), abs=0.005)
    assert float(figures["train_accuracy"]) - held_out["accuracy"] > 0.2


def test_the_mystery_tells_nothing_and_keeps_its_weights_in_a_pickle(stock_dir):
    folder = build.built(stock.roles()["reviews_c"])
    assert cards.card(stock.roles()["reviews_c"], folder).split() == ["Sentiment", "model."]
    assert (folder / "pytorch_model.bin").exists() and not list(folder.glob("*.safetensors"))


def test_the_same_recipe_on_the_same_machine_gives_the_same_bytes(stock_dir):
    import torch

    from hflearn.stock.recipes import reproducible, reviews, reviews_c

    rows, weights = reviews.rows("train").head(640), []
    for _ in range(2):
        with reproducible():
            model, _ = reviews.fit(list(rows.text), list(rows.label), reviews_c.SETTINGS)
        weights.append(model.state_dict())
    assert all(torch.equal(weights[0][name], weights[1][name]) for name in weights[0])


def test_a_role_that_was_not_trained_here_is_refused():
    from hflearn.stock.recipes import train

    with pytest.raises(
        CourseError, match=r"all-MiniLM-L6-v2 was not trained here; these were: diffuse, intent"
    ):
        train("embed")
