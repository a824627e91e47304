"""Raises every rule's samples and the ordinary errors, for real; prints the diagnoses as JSON.

    python tests/explain/bench.py FOLDER

On a practice Hub of its own, and in a process of its own, because the clients read the Hub's address when
they are imported. The code sees the names below. Models are random numbers, made here from their configs.
"""

import contextlib
import json
import multiprocessing
import os
import sys
from pathlib import Path

from hflearn import connection, hub
from hflearn.explain import diagnose

DEAD_HUB = 'endpoint="http://127.0.0.1:9"'  # the client asks it six times, in 23 seconds
ROOT = Path(sys.argv[1])
os.environ["HFLEARN_HOME"] = str(ROOT / "home")
STORE = hub.Store(ROOT / "hub")
RUNNING = hub.start(ROOT / "hub")
connection.to_practice(RUNNING.url, os.environ)

import datasets  # noqa: E402
import huggingface_hub  # noqa: E402
import tokenizers  # noqa: E402
import torch  # noqa: E402
import transformers  # noqa: E402
from diffusers import DiffusionPipeline  # noqa: E402
from huggingface_hub import CommitOperationAdd, HfApi, hf_hub_download, snapshot_download  # noqa: E402

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    "the",
    "parcel",
    "arrived",
    "late",
    "on",
    "time",
    "and",
    "my",
    "cat",
    "is",
    "happy",
    "sad",
]


def tokenizer(name: str, words: list[str], **special: str) -> str:
    model = tokenizers.models.WordLevel({word: i for i, word in enumerate(words)}, unk_token="[UNK]")
    cut = tokenizers.Tokenizer(model)
    cut.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    made = transformers.PreTrainedTokenizerFast(tokenizer_object=cut, unk_token="[UNK]", **special)
    made.save_pretrained(ROOT / name)
    return str(ROOT / name)


def model(kind, config, folder: Path) -> str:
    kind(config).save_pretrained(folder)
    return str(folder)


def copy(name: str, *files: str, weights: bytes = b"") -> str:
    """A folder with some files of the classifier's, and other weights."""
    folder = ROOT / name
    folder.mkdir()
    for file in files:
        (folder / file).write_bytes((ROOT / "classifier" / file).read_bytes())
    if weights:
        (folder / "model.safetensors").write_bytes(weights)
    return str(folder)


def put(repo_type: str, repo_id: str, files: dict[str, bytes], **kind) -> None:
    STORE.ensure_repo(repo_type, repo_id, **kind)
    STORE.commit(repo_type, repo_id, files=files, message="Put", author="shop")


class Sly:
    def __reduce__(self):
        return print, ("a pickle ran",)


small = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
CLASSIFIER = tokenizer("classifier", WORDS, pad_token="[PAD]")
model(
    transformers.BertForSequenceClassification,
    transformers.BertConfig(vocab_size=len(WORDS), max_position_embeddings=12, **small),
    ROOT / "classifier",
)
GENERATOR = tokenizer("generator", [*WORDS, "<end>"], eos_token="<end>")
model(
    transformers.GPT2LMHeadModel,
    transformers.GPT2Config(
        vocab_size=18, n_embd=16, n_layer=1, n_head=2, n_positions=12, bos_token_id=17, eos_token_id=17
    ),
    ROOT / "generator",
)
VISION = model(
    transformers.ViTForImageClassification,
    transformers.ViTConfig(image_size=8, patch_size=4, **small),
    ROOT / "vision",
)
ROBERTA = transformers.RobertaConfig(vocab_size=len(WORDS), max_position_embeddings=14, **small)
OTHER_TOKENIZER = tokenizer("other", [*WORDS, *(f"w{i}" for i in range(100))])
TOKENIZER_ALONE = OTHER_TOKENIZER
CONFIG_ALONE = copy("config-alone", "config.json")
whole = (ROOT / "classifier" / "model.safetensors").read_bytes()
CUT_SHORT = copy("cut-short", "config.json", weights=whole[:3000])
POINTER = copy(
    "pointer", "config.json", weights=b"version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 3\n"
)
PICKLED_MODEL = copy("pickled", "config.json")
torch.save({"weight": Sly()}, ROOT / "pickled" / "pytorch_model.bin")
PICKLE = str(ROOT / "sly.pt")
torch.save(Sly(), PICKLE)
EMPTY = str(ROOT / "empty")
ARGS = transformers.TrainingArguments(
    output_dir=EMPTY, use_cpu=True, report_to="none", save_strategy="no", disable_tqdm=True
)

files = {file.name: file.read_bytes() for file in (ROOT / "classifier").iterdir()}
config = json.loads(files["config.json"])
new_kind = {**config, "model_type": "parcelnet"}
own_code = {**new_kind, "auto_map": {"AutoConfig": "own.Config", "AutoModel": "own.Model"}}
for name in ("learner", "reviewer"):
    STORE.ensure_account(name)
TOKEN, OTHER_TOKEN = STORE.create_token("learner"), STORE.create_token("reviewer")
READ_TOKEN = STORE.create_token("learner", role="read")
put("model", "shop/parcels", files)
put("model", "shop/gate", files, gated="manual")
put("model", "reviewer/secret", files, private=True)
put("model", "learner/drafts", files, private=True)
put("model", "shop/no-weights", {"config.json": files["config.json"]})
put("model", "shop/new-kind", {"config.json": json.dumps(new_kind).encode()})
put("model", "shop/own-code", {"config.json": json.dumps(own_code).encode(), "own.py": b""})
rows = b"text,label\ngood,1\nbad,0\n"
put("dataset", "shop/reviews", {"train.csv": rows})
put("dataset", "shop/gated-data", {"train.csv": rows}, gated="manual")
put("dataset", "shop/scripted", {"scripted.py": b"import datasets\n"})
STORE.ensure_repo("dataset", "shop/empty")
put("dataset", "shop/notes", {"notes.md": b"nothing yet"})
card = (
    b"---\nconfigs:\n- config_name: en\n  data_files: en.csv\n- config_name: es\n  data_files: es.csv\n---\n"
)
put("dataset", "shop/languages", {"README.md": card, "en.csv": rows, "es.csv": rows})
shop = HfApi(token=TOKEN)
STORE.ensure_member("shop", "learner")
shop.create_tag("shop/parcels", tag="v1")
shop.create_repo("learner/mine")
OLD_COMMIT = shop.model_info("learner/mine").sha
shop.upload_file(path_or_fileobj=b"x", path_in_repo="x", repo_id="learner/mine")


def offline(switched_on: bool = True) -> None:
    """As in a kernel that was started with HF_HUB_OFFLINE=1."""
    huggingface_hub.constants.HF_HUB_OFFLINE = switched_on


def signed_in(now: bool = True) -> None:
    """As after login(): calls that name no token send the learner's."""
    os.environ.pop("HF_TOKEN", None)
    if now:
        os.environ["HF_TOKEN"] = TOKEN


def names() -> dict:
    """What a learner's cell has at hand."""
    given = {name: value for name, value in globals().items() if name.isupper()}
    used = (torch, transformers, datasets, HfApi, CommitOperationAdd, hf_hub_download, snapshot_download)
    given |= {value.__name__.rpartition(".")[2]: value for value in used}
    given |= {
        "load_dataset": datasets.load_dataset,
        "DiffusionPipeline": DiffusionPipeline,
        "offline": offline,
        "signed_in": signed_in,
    }
    from_transformers = """AutoModel AutoModelForCausalLM AutoModelForSeq2SeqLM AutoTokenizer
        AutoImageProcessor AutoModelForSequenceClassification BertConfig BertModel
        RobertaModel Trainer TrainingArguments pipeline"""
    given |= {name: getattr(transformers, name) for name in from_transformers.split()}
    return {**given, "__name__": "__main__"}


def run(code: str) -> dict:
    """What came of a sample: the error's name, and the diagnosis as data, text and HTML."""
    try:
        exec(compile(code, "<cell>", "exec"), names())
    except BaseException as error:
        found = diagnose(error)
        shown = {"text": str(found), "html": found._repr_html_(), "rule": found.rule} if found else {}
        return {"error": f"{type(error).__name__}: {error}", **shown}
    finally:
        offline(False)
        signed_in(False)
    return {"error": ""}


def main() -> None:
    from ordinary import ORDINARY  # beside this script

    from hflearn.explain.rules import RULES

    transformers.logging.set_verbosity_error()
    datasets.disable_progress_bars()
    codes = [*(code for rule in RULES for code in rule.samples), *ORDINARY.values()]
    slow = [code for code in codes if DEAD_HUB in code]
    with multiprocessing.get_context("fork").Pool(1) as beside, contextlib.redirect_stdout(sys.stderr):
        waiting = {code: beside.apply_async(run, (code,)) for code in slow}
        results = {code: run(code) for code in codes if code not in slow}
        results |= {code: result.get() for code, result in waiting.items()}
    print(json.dumps(results))


if __name__ == "__main__":
    main()
