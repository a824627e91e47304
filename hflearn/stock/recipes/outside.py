"""Training data that is not ours to pass on: it lies beside the project, or where HFLEARN_DATA says."""

import hashlib
import os
from pathlib import Path

from hflearn.errors import CourseError

PUBLIC = "https://github.com/"
SHA256 = {
    "banking77/train.csv": "b06e26ac675513959a63135f11b94ea7786ed02da65db93a5650d8838cbc664b",
    "banking77/test.csv": "d12d6e3bc4c3103966ae786dc435913c0c563dfa328f5a3646d0e62cfeeb474d",
    "wnut17/wnut17train.conll": "731820e13f71af324c6b55a1575ec2ce59fbaa2a0806f8f0400b98d56cd6a7a5",
    "wnut17/emerging.dev.conll": "e053b752b8155113ca66e7db08af5f2f5f43ab993694e4774f1ec5bad42312d8",
    "wnut17/emerging.test.annotated": "2aa79b764e56ec9264a1b30fdd9b70195bd00ff400b62edd8f399d5f13c178f0",
}
SOURCES = {
    "banking77": "PolyAI-LDN/task-specific-datasets, folder banking_data",
    "wnut17": "leondz/emerging_entities_17",
}


def root() -> Path:
    """The folder that holds banking77/ and wnut17/."""
    beside = Path(__file__).parents[4] / "shared" / "data"
    return Path(os.environ.get("HFLEARN_DATA") or beside)


def read(name: str) -> str:
    """The text of one of the files of `SHA256`.

    Raises:
        CourseError: the file is not there (it says where the public gets it), or is another one.
    """
    file, source = root() / name, PUBLIC + SOURCES[name.split("/")[0]]
    if not file.exists():
        raise CourseError(
            f"{name} is not in {root()}: get it from {source}, and set HFLEARN_DATA to the folder that holds "
            f"{name.split('/')[0]}/."
        )
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256[name]:
        raise CourseError(f"{file} is not the file that this course was made with: get it from {source}.")
    return data.decode("utf-8")
