"""The lessons' libraries, unmodified, each in a process that knows the Hub by HF_ENDPOINT alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SILENT = {"HF_HUB_DISABLE_PROGRESS_BARS": "1", "HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_XET": "1"}
SILENT |= {
    "HF_HUB_DISABLE_UPDATE_CHECK": "1",
    "DISABLE_SAFETENSORS_CONVERSION": "1",
    "HF_HUB_ETAG_TIMEOUT": "10",
}

TRANSFORMERS = """
from transformers import AutoConfig, AutoModel, AutoTokenizer, BertConfig, BertModel, BertTokenizerFast
from pathlib import Path
import os, torch
folder = Path(os.environ["HF_HOME"]) / "made"
folder.mkdir(parents=True)
(folder / "vocab.txt").write_text("\\n".join("[PAD] [UNK] [CLS] [SEP] [MASK] hello world".split()))
tokenizer = BertTokenizerFast(str(folder / "vocab.txt"))
model = BertModel(BertConfig(vocab_size=7, hidden_size=8, num_hidden_layers=1, num_attention_heads=2,
                             intermediate_size=8))
model.push_to_hub("ada/tiny-bert", max_shard_size="1KB")
tokenizer.push_to_hub("ada/tiny-bert")
again = AutoModel.from_pretrained("ada/tiny-bert")
assert all(torch.equal(a, b) for a, b in zip(model.state_dict().values(), again.state_dict().values()))
assert AutoTokenizer.from_pretrained("ada/tiny-bert")("hello world").input_ids
"""
SENTENCE_TRANSFORMERS = """
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Pooling, Transformer
word = Transformer("ada/tiny-bert")
model = SentenceTransformer(modules=[word, Pooling(word.get_word_embedding_dimension())])
model.push_to_hub("ada/tiny-sentences", private=True)
assert SentenceTransformer("ada/tiny-sentences").encode(["hello"]).shape == (1, 8)
"""
DATASETS = """
from datasets import Dataset, load_dataset
Dataset.from_dict({"text": ["a", "b", "c"], "label": [0, 1, 0]}).push_to_hub("ada/tiny-data")
assert load_dataset("ada/tiny-data", split="train")["text"] == ["a", "b", "c"]
assert [row["label"] for row in load_dataset("ada/tiny-data", split="train", streaming=True)] == [0, 1, 0]
from huggingface_hub import HfApi
api = HfApi()
api.create_repo("ada/csv", repo_type="dataset")
api.upload_file(path_or_fileobj=b"x,y\\n1,2\\n", path_in_repo="a.csv", repo_id="ada/csv", repo_type="dataset")
assert load_dataset("ada/csv", split="train")[0] == {"x": 1, "y": 2}
assert load_dataset("csv", data_files="hf://datasets/ada/csv/a.csv", split="train").num_rows == 1
"""
DIFFUSERS = """
from diffusers import DDPMPipeline, DDPMScheduler, UNet2DModel
unet = UNet2DModel(sample_size=8, in_channels=1, out_channels=1, layers_per_block=1, norm_num_groups=2,
                   block_out_channels=(8, 8), down_block_types=("DownBlock2D", "DownBlock2D"),
                   up_block_types=("UpBlock2D", "UpBlock2D"))
DDPMPipeline(unet, DDPMScheduler(num_train_timesteps=4)).push_to_hub("ada/tiny-diffusion")
pipeline = DDPMPipeline.from_pretrained("ada/tiny-diffusion")
assert len(pipeline(num_inference_steps=2).images) == 1
"""
FILE_SYSTEM = """
import pandas as pd
from huggingface_hub import HfApi, HfFileSystem
HfApi().create_repo("ada/frames", repo_type="dataset", exist_ok=True)
pd.DataFrame({"a": [1, 2]}).to_parquet("hf://datasets/ada/frames/data.parquet")
assert pd.read_parquet("hf://datasets/ada/frames/data.parquet").a.sum() == 3
assert HfFileSystem().glob("datasets/ada/frames/*.parquet") == ["datasets/ada/frames/data.parquet"]
"""


@pytest.fixture(scope="module")
def environment(running, ada, tmp_path_factory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("client")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HF")}
    return kept | SILENT | {"HF_ENDPOINT": running.url, "HF_TOKEN": ada.token, "HF_HOME": str(home)}


def run(environment: dict[str, str], *command: str | Path) -> str:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_transformers_pushes_shards_and_loads_them(environment):
    run(environment, sys.executable, "-c", TRANSFORMERS)


def test_sentence_transformers_builds_on_a_pushed_model(environment):
    run(environment, sys.executable, "-c", SENTENCE_TRANSFORMERS)


def test_datasets_pushes_loads_and_streams(environment):
    run(environment, sys.executable, "-c", DATASETS)


def test_diffusers_pushes_a_pipeline_and_loads_it(environment):
    run(environment, sys.executable, "-c", DIFFUSERS)


def test_the_file_system_serves_pandas(environment):
    run(environment, sys.executable, "-c", FILE_SYSTEM)


def test_the_command_line_signs_in_uploads_downloads_and_deletes(environment, tmp_path):
    hf = Path(sys.executable).with_name("hf")
    (tmp_path / "up").mkdir()
    (tmp_path / "up" / "model.safetensors").write_bytes(os.urandom(50_000))
    assert "ada" in run(environment, hf, "auth", "whoami")
    run(environment, hf, "repos", "create", "ada/by-hand")
    run(environment, hf, "upload", "ada/by-hand", tmp_path / "up")
    run(environment, hf, "download", "ada/by-hand", "--local-dir", tmp_path / "down")
    sent, received = (tmp_path / where / "model.safetensors" for where in ("up", "down"))
    assert sent.read_bytes() == received.read_bytes()
    assert "by-hand" in run(environment, hf, "models", "ls", "--author", "ada", "--quiet")
