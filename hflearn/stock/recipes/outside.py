"""Training data that is not ours to pass on: it lies beside the project, or where HFLEARN_DATA says."""

import hashlib
import os
import zipfile
from pathlib import Path

from hflearn.errors import CourseError

SHA256 = {
    "banking77/train.csv": "b06e26ac675513959a63135f11b94ea7786ed02da65db93a5650d8838cbc664b",
    "banking77/test.csv": "d12d6e3bc4c3103966ae786dc435913c0c563dfa328f5a3646d0e62cfeeb474d",
    "wnut17/wnut17train.conll": "731820e13f71af324c6b55a1575ec2ce59fbaa2a0806f8f0400b98d56cd6a7a5",
    "wnut17/emerging.dev.conll": "e053b752b8155113ca66e7db08af5f2f5f43ab993694e4774f1ec5bad42312d8",
    "wnut17/emerging.test.annotated": "2aa79b764e56ec9264a1b30fdd9b70195bd00ff400b62edd8f399d5f13c178f0",
    "spa-eng.zip/spa-eng/spa.txt": "6ec60e212f812ee3430f7568ea6f33b6fb080e32193c5952e8da0ee8ba45574c",
}
SOURCES = {
    "banking77": "https://github.com/PolyAI-LDN/task-specific-datasets, folder banking_data",
    "wnut17": "https://github.com/leondz/emerging_entities_17",
    # www.manythings.org/anki has newer editions; this is the one of 2018-05-13, as Keras's tutorial uses it.
    "spa-eng.zip": "https://storage.googleapis.com/download.tensorflow.org/data/spa-eng.zip",
}


def root() -> Path:
    """The folder that holds banking77/, wnut17/ and spa-eng.zip."""
    beside = Path(__file__).parents[4] / "shared" / "data"
    return Path(os.environ.get("HFLEARN_DATA") or beside)


def read(name: str) -> str:
    """The text of one of the files of `SHA256`.

    Raises:
        CourseError: the file is not there (it says where the public gets it), or is another one.
    """
    top = name.split("/")[0]
    source, archived = SOURCES[top], top.endswith(".zip")
    file, holds = (root() / top, top) if archived else (root() / name, f"{top}/")
    if not file.exists():
        missing = file.relative_to(root())
        raise CourseError(
            f"{missing} is not in {root()}: get it from {source}, and set HFLEARN_DATA to the folder that "
            f"holds {holds}."
        )
    content = _member(file, name.removeprefix(top + "/")) if archived else file.read_bytes()
    if hashlib.sha256(content).hexdigest() != SHA256[name]:
        raise CourseError(f"{file} is not the file that this course was made with: get it from {source}.")
    return content.decode("utf-8")


def _member(file: Path, name: str) -> bytes:
    """Of an archive that is whole, and has it; else nothing."""
    try:
        with zipfile.ZipFile(file) as archive:
            return archive.read(name)
    except (zipfile.BadZipFile, KeyError):
        return b""
