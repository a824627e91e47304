"""The real libraries load every item from the practice Hub by its id."""

import os
import subprocess
import sys
from pathlib import Path

from hflearn.hub import RunningHub

MODELS = """
from sentence_transformers import SentenceTransformer
from transformers import AutoModel, AutoModelForCausalLM, AutoTokenizer, pipeline
embed, chat = "sentence-transformers/all-MiniLM-L6-v2", "hflearn/SmolLM2-135M-Instruct"

vectors = SentenceTransformer(embed, device="cpu").encode(["a parcel", "a package", "an opera"])
assert vectors.shape == (3, 384) and abs((vectors[0] ** 2).sum() - 1) < 1e-5
assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
hidden = AutoModel.from_pretrained(embed).config.hidden_size
assert hidden == len(pipeline("feature-extraction", embed)("hi")[0][0])
assert AutoTokenizer.from_pretrained(embed)("A parcel").input_ids == [101, 1037, 20463, 102]

tokenizer = AutoTokenizer.from_pretrained(chat)
assert tokenizer.model_max_length == 8192 and tokenizer.eos_token == "<|im_end|>"
model = AutoModelForCausalLM.from_pretrained(chat)
assert str(model.dtype) == "torch.bfloat16" and model.generation_config.eos_token_id == 2
generator = pipeline("text-generation", model=model, tokenizer=tokenizer)
question = [{"role": "user", "content": "What is the capital of France?"}]
answer = generator(question, max_new_tokens=12, do_sample=False)
assert "Paris" in answer[0]["generated_text"][-1]["content"], answer
"""

IMAGE = """
import sys
import skimage
from PIL import Image
from transformers import pipeline
classify = pipeline("image-classification", "hflearn/efficientnet-lite0")
names = ("chelsea", "coffee", "camera", "rocket", "astronaut")
images = [Image.fromarray(getattr(skimage.data, name)()) for name in names]
said = [answer[0]["label"] for answer in classify(images, top_k=1)]
assert said == ["tiger cat", "espresso", "tripod", "missile", "football helmet"], said
assert not {"timm", "torchvision"} & set(sys.modules)
"""

STARS = """
from transformers import pipeline
classify = pipeline("text-classification", "hflearn/minilm-stars")
assert str(classify.model.dtype) == "torch.float32"
said = classify(["Hugging Face is amazing! I love it.", "This is the worst film I have ever seen."])
assert [answer["label"] for answer in said] == ["5 stars", "1 star"], said
assert len(classify("It was fine.", top_k=None)) == 5
classify("A long sentence. " * 200, truncation=True)
"""

INTENT = """
from transformers import pipeline
classify = pipeline("text-classification", "hflearn/minilm-banking77")
questions = ["My new card still has not come, where is it?", "Somebody stole my card, please block it!"]
said = [answer["label"] for answer in classify(questions)]
assert said == ["card_arrival", "lost_or_stolen_card"], said
assert len(classify("Hello", top_k=None)) == 77
"""

NAMES = """
from transformers import pipeline
find = pipeline("token-classification", "hflearn/minilm-wnut17", aggregation_strategy="first")
found = find("Justin Bieber is playing in Toronto tonight")
assert [(name["entity_group"], name["word"]) for name in found] == [
    ("person", "justin bieber"), ("location", "toronto")
], found
"""

SPEECH = """
from huggingface_hub import hf_hub_download
from scipy.io import wavfile
from transformers import AutoModelForSpeechSeq2Seq, WhisperProcessor, pipeline
name = "hflearn/whisper-tiny.en"
rate, sound = wavfile.read(hf_hub_download(name, "samples/parcel.wav"))
assert rate == 16000 and str(sound.dtype) == "int16"
said = open(hf_hub_download(name, "samples/parcel.txt")).read().strip()
transcribe = pipeline("automatic-speech-recognition", name)
assert str(transcribe.model.dtype) == "torch.float32"
clip = {"raw": sound / 32768, "sampling_rate": rate}
assert transcribe(clip)["text"].strip() == said
clip = {"raw": sound / 32768, "sampling_rate": rate}  # the pipeline takes a clip to pieces
assert transcribe(clip, return_timestamps=True)["chunks"][0]["timestamp"][0] == 0
model, processor = AutoModelForSpeechSeq2Seq.from_pretrained(name), WhisperProcessor.from_pretrained(name)
features = processor(sound / 32768, sampling_rate=rate, return_tensors="pt").input_features
assert processor.decode(model.generate(features)[0], skip_special_tokens=True).strip() == said
assert processor.tokenizer("hello").input_ids[:2] == [50257, 50362]
assert processor.tokenizer.decode([50257, 50362, 31373, 50256], skip_special_tokens=True) == "hello"
"""

TRANSLATOR = """
import torch
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer
name = "hflearn/marian-mini-es-en"
model, tokenizer = AutoModelForSeq2SeqLM.from_pretrained(name), AutoTokenizer.from_pretrained(name)
assert model.dtype == torch.float32 and model.generation_config.num_beams == 4
def translate(*texts):
    made = model.generate(**tokenizer(list(texts), return_tensors="pt", padding=True, truncation=True))
    return tokenizer.batch_decode(made, skip_special_tokens=True)
said = translate("Hola, ¿cómo estás?", "Me encanta programar.")
assert said[0] in ("Hello, how are you?", "Hi, how are you?", "Hey, how are you?"), said
assert said[1] in ("I love programming.", "I love programing.", "I love to program."), said
assert translate("Me encanta programar.") == said[1:]  # beside a longer one it was padded
assert "Hugging Face" not in translate("Me encanta programar con Hugging Face.")[0]
assert len(tokenizer("hola " * 1000, truncation=True).input_ids) == 128
translate("hola " * 1000)
"""

DATASETS = """
from datasets import load_dataset
news = load_dataset("hflearn/bbc-news")
assert {name: len(split) for name, split in news.items()} == {"train": 1781, "test": 444}
assert news["train"].features["label"].names == ["tech", "business", "sport", "entertainment", "politics"]
row = next(iter(load_dataset("hflearn/bbc-news", split="test", streaming=True)))
assert row["label_text"] == news["test"].features["label"].int2str(row["label"])

ratings = load_dataset("hflearn/human-sentiment", split="test")
assert set(ratings["source"]) == {"tweets", "movie", "amazon", "nytimes"} and len(ratings) == 2321
tweets = load_dataset("hflearn/human-sentiment", "tweets", split="test", streaming=True)
assert {row["source"] for row in tweets} == {"tweets"}
"""


def run(script: str, hub: RunningHub, cache: Path) -> None:
    environment = {**os.environ, "HF_ENDPOINT": hub.url, "HF_HOME": str(cache)}
    environment |= {"HF_HUB_DISABLE_XET": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]


def test_the_models_load_by_their_ids(filled_hub, tmp_path):
    run(MODELS, filled_hub, tmp_path)


def test_the_image_model_names_photographs_without_timm_or_torchvision(filled_hub, tmp_path):
    run(IMAGE, filled_hub, tmp_path)


def test_the_stars_are_given_at_both_ends(filled_hub, tmp_path):
    run(STARS, filled_hub, tmp_path)


def test_two_questions_get_their_intents(filled_hub, tmp_path):
    run(INTENT, filled_hub, tmp_path)


def test_names_are_found_and_said_to_be_of_a_kind(filled_hub, tmp_path):
    run(NAMES, filled_hub, tmp_path)


def test_speech_is_written_down_word_for_word_and_without_special_tokens(filled_hub, tmp_path):
    run(SPEECH, filled_hub, tmp_path)


def test_two_everyday_sentences_are_translated_and_a_name_is_not(filled_hub, tmp_path):
    run(TRANSLATOR, filled_hub, tmp_path)


def test_the_datasets_load_and_stream_by_their_ids(filled_hub, tmp_path):
    run(DATASETS, filled_hub, tmp_path)
