"""Devices, number formats, memory and disk."""

import re

from ..diagnosis import Diagnosis
from ..raised import Raised
from ..rule import rule

_DEVICE = "device = 'cuda' if torch.cuda.is_available() else 'cpu'"


@rule(
    "04_common_errors",
    "builtins.AssertionError",
    r"^Torch not compiled with CUDA enabled",
    by="torch",
    samples={
        'AutoModel.from_pretrained(CLASSIFIER).to("cuda")': ("CPU build", "is_available()"),
        'pipeline("text-classification", CLASSIFIER, device="cuda")': ("CPU build",),
        'AutoModel.from_pretrained(CLASSIFIER, device_map="cuda")': ("CPU build",),
    },
)
def torch_without_cuda(raised: Raised, match: re.Match[str]) -> Diagnosis:
    return Diagnosis(
        'The code asks for `"cuda"`, and the installed torch is the CPU build.',
        "It was written for a machine with an NVIDIA GPU.",
        "Let the code choose. If this machine has a GPU, install the CUDA build of torch.",
        f"{_DEVICE}\nmodel.to(device)",
    )


@rule(
    "04_common_errors",
    "builtins.RuntimeError",
    r"Expected all tensors to be on the same device|Tensor on device (\S+) is not on the "
    r"expected device (\S+?)!",
    samples={
        'torch.nn.Linear(2, 2, device="meta")(torch.ones(1, 2))': ("`meta`", "`cpu`", ".to(model.device)")
    },
)
def devices_differ(raised: Raised, match: re.Match[str]) -> Diagnosis:
    found = re.findall(r"\b(?:cuda(?::\d+)?|cpu|meta|mps(?::\d+)?|xpu(?::\d+)?)\b", raised.message)
    devices = " and ".join(f"`{device}`" for device in sorted(set(found), key=found.index))
    meta = " `meta` is no device: a tensor there has a shape and no numbers." if "meta" in found else ""
    return Diagnosis(
        f"An operation met tensors on different devices: {devices}.{meta}",
        "The model was moved and the inputs were not, or the other way round.",
        "Move the inputs to where the model is, right before the call.",
        "inputs = tokenizer(text, return_tensors='pt').to(model.device)",
    )


@rule(
    "04_common_errors",
    "builtins.RuntimeError",
    r"(?:mat1 and mat2|m1 and m2) to have the same dtype, but got: (\S+) != (\S+)"
    r"|(?:mat1 and mat2|m1 and m2) must have the same dtype, but got (\S+) and (\S+)"
    r"|Input type \((\S+)\) and (?:bias|weight) type \((\S+)\) should be the same",
    samples={
        "torch.nn.Linear(4, 2)(torch.ones(1, 4, dtype=torch.float16))": ("Half", "Float", "model.dtype"),
        "torch.nn.Linear(4, 2).bfloat16()(torch.ones(1, 4))": ("BFloat16",),
        "torch.ones(2, 2, dtype=torch.float16) @ torch.ones(2, 2)": ("Half",),
        "torch.nn.Conv2d(3, 2, 3).half()(torch.ones(1, 3, 8, 8))": ("`Half`", "`Float`"),
    },
)
def formats_differ(raised: Raised, match: re.Match[str]) -> Diagnosis:
    first, second = (_format(name) for name in match.groups() if name)
    return Diagnosis(
        f"An operation met two number formats: `{first}` and `{second}`.",
        "The model was loaded in one format (`dtype=`) and the inputs were made in another.",
        "Bring the inputs into the model's format; on a CPU use float32, or bfloat16 where it is fast.",
        "inputs = inputs.to(model.dtype)",
    )


def _format(name: str) -> str:
    """torch writes one format in many ways: c10::Half, torch.FloatTensor, CPUBFloat16Type, float."""
    bare = re.sub(r"c10::|torch\.|cuda\.|CPU|CUDA|Tensor|Type", "", name)
    return (bare[:1].upper() + bare[1:]).replace("Bfl", "BFl")


@rule(
    "04_common_errors",
    "builtins.RuntimeError",
    r'"(\w+)" not implemented for \'(Half|BFloat16)\'|Low precision dtypes not supported\. Got '
    r"(Half|BFloat16)",
    samples={"torch.linalg.inv(torch.ones(2, 2, dtype=torch.float16))": ("Half", ".float()")},
)
def format_not_supported(raised: Raised, match: re.Match[str]) -> Diagnosis:
    return Diagnosis(
        f"torch has no version of this operation for the format `{match[2] or match[3]}` on this device.",
        "Half precision is made for GPUs; on the CPU several operations lack it, and those "
        "that exist are slow.",
        "Compute in float32 here.",
        "model = model.float()\ninputs = inputs.float()",
    )


@rule(
    "04_common_errors",
    "builtins.RuntimeError",
    r"DefaultCPUAllocator: (?:can't allocate memory|not enough memory): you tried to allocate (\d+) bytes",
    samples={
        "torch.empty(10**15)": ("4,000,000 GB", "free"),
        "BertModel(BertConfig(vocab_size=10**12))": ("3,072,000 GB",),
    },
)
def out_of_memory(raised: Raised, match: re.Match[str]) -> Diagnosis:
    import psutil

    wanted, free = int(match[1]) / 1e9, psutil.virtual_memory().available / 1e9
    size = f"{wanted:,.0f}" if wanted >= 100 else f"{wanted:.1f}"
    return Diagnosis(
        f"One tensor of {size} GB was asked for, and {free:.1f} GB are free.",
        "The model, the batch or the texts are too large for this machine; or a size was mistyped.",
        "Work out the memory first: parameters × 2 bytes in bfloat16, × 4 in float32. Then a "
        "smaller model, batch or `max_length`.",
        "with torch.no_grad():  # no training: keep nothing for the gradients\n    outputs = model(**inputs)",
    )


@rule(
    "03_tokenizer_and_model",
    "builtins.RuntimeError",
    r"^Can't call numpy\(\) on Tensor that requires grad",
    samples={"AutoModel.from_pretrained(CLASSIFIER)(torch.tensor([[1, 2]]))[0].numpy()": ("no_grad",)},
)
def gradients_kept(raised: Raised, match: re.Match[str]) -> Diagnosis:
    return Diagnosis(
        "The tensor still remembers how it was computed, for a gradient; numpy cannot hold that.",
        "The model ran outside `torch.no_grad()`, which costs memory too.",
        "Where you do not train, compute without gradients.",
        "with torch.no_grad():\n    outputs = model(**inputs)",
    )


@rule(
    "04_common_errors",
    "builtins.OSError",
    r"^\[Errno 28\] No space left on device",
    samples={
        'datasets.Dataset.from_dict({"text": ["x" * 10000] * 10}).to_json("/dev/full")': (
            "HF_HOME",
            "hf cache",
        )
    },
)
def disk_full(raised: Raised, match: re.Match[str]) -> Diagnosis | None:
    if not any(
        raised.passed(library) for library in ("datasets", "huggingface_hub", "transformers", "diffusers")
    ):
        return None
    path = getattr(raised.error, "filename", None)
    where = f" (it was writing {path})" if path else ""
    return Diagnosis(
        f"The disk is full{where}.",
        "Models and datasets pile up in the cache: every revision you ever loaded is kept.",
        "See what it holds, delete what you do not need; or move it to a larger disk with "
        "`HF_HOME` (before any import).",
        "!hf cache ls",
    )


RULES = [
    torch_without_cuda,
    devices_differ,
    formats_differ,
    format_not_supported,
    out_of_memory,
    gradients_kept,
    disk_full,
]
