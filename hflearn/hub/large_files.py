"""Which files are large in git's sense: kept outside git, under their SHA-256."""

import codecs
from pathlib import PurePosixPath

INLINE_LIMIT = 10 * 2**20
_WEIGHTS = {
    "safetensors",
    "bin",
    "ckpt",
    "gguf",
    "h5",
    "model",
    "msgpack",
    "onnx",
    "pb",
    "pt",
    "pth",
    "tflite",
}
_DATA = {"arrow", "joblib", "npy", "npz", "parquet", "pickle", "pkl"}
_ARCHIVES = {"7z", "bz2", "gz", "rar", "tar", "tgz", "wasm", "xz", "zip", "zst"}
_MEDIA = {"flac", "gif", "jpeg", "jpg", "mp3", "mp4", "ogg", "pdf", "png", "wav", "webp"}
_SUFFIXES = _WEIGHTS | _DATA | _ARCHIVES | _MEDIA

# What the real Hub puts in a new repository, so that plain git would treat the same files as large.
GITATTRIBUTES = "".join(
    f"*.{suffix} filter=lfs diff=lfs merge=lfs -text\n" for suffix in sorted(_SUFFIXES)
).encode()


def is_large(path: str, size: int, sample: bytes) -> bool:
    """Decide from name, size in bytes and first few hundred bytes. An empty file is never large."""
    if size == 0:
        return False
    suffix = PurePosixPath(path).suffix.lower().removeprefix(".")
    return size > INLINE_LIMIT or suffix in _SUFFIXES or not _is_text(sample)


def _is_text(sample: bytes) -> bool:
    try:
        return "\0" not in codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
