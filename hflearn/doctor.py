"""``hflearn doctor``: what this machine has, what the course wants, and what to do about the difference."""

import importlib.metadata
import os
import socket
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from hflearn import connection, course, hub, machine, stock
from hflearn.errors import CourseError
from hflearn.home import home, hub_root, stock_dir
from hflearn.stock.build import built
from hflearn.stock.shelve import stocked

CONSTRAINTS = course.REPOSITORY / "constraints.txt"
OLDEST_PYTHON = (3, 11)
SET_UP = "run `make setup`, or: pip install -c constraints.txt -e ."


@dataclass(frozen=True)
class Finding:
    """One line. `ok` is None for what is good to have and can be done without."""

    ok: bool | None
    what: str
    remedy: str = ""

    def __str__(self) -> str:
        mark = {True: "[OK]  ", False: "[FAIL]", None: "[--]  "}[self.ok]
        return f"{mark} {self.what}" + (f" → {self.remedy}" if self.remedy else "")


def doctor() -> bool:
    """Print a line for each thing that was looked at; True where none of them failed."""
    healthy = True
    for finding in findings():
        print(finding, flush=True)
        healthy = healthy and finding.ok is not False
    return healthy


def findings() -> Iterator[Finding]:
    yield python(sys.version_info[:2])
    yield from packages(CONSTRAINTS)
    yield cpu()
    yield gpu()
    yield memory()
    yield disk()
    if connection.online():
        yield real_hub(connection.to_real(dict(os.environ)))
        return
    yield port(connection.PORT)
    yield from shelves()
    yield practice_hub()


def python(version: tuple[int, ...]) -> Finding:
    name = f"Python {'.'.join(map(str, version))} ({sys.executable})"
    wanted = ".".join(map(str, OLDEST_PYTHON))
    if version >= OLDEST_PYTHON:
        return Finding(True, name)
    return Finding(False, name, f"the course wants {wanted} or newer: make PYTHON=python{wanted} setup")


def packages(constraints: Path) -> Iterator[Finding]:
    """A line for each package that hflearn requires, and one for all the others that are pinned."""
    pins = read_pins(constraints)
    if not pins:
        yield Finding(None, "no constraints.txt beside this hflearn: versions are not checked")
    required = _required()
    others = {name: pin for name, pin in pins.items() if name not in required}
    for name in required:
        yield package(name, pins.get(name))
    wrong = [name for name, pin in others.items() if (have := _installed(name)) and not _same(have, pin)]
    if wrong:
        yield Finding(False, f"not at their pinned versions: {', '.join(wrong)}", SET_UP)
    elif others:
        yield Finding(True, f"{len(others)} other pinned packages: none is at another version")


def package(name: str, pin: str | None) -> Finding:
    have = _installed(name)
    if have is None:
        return Finding(False, f"{name} is not installed", SET_UP)
    if pin and not _same(have, pin):
        return Finding(False, f"{name} {have}, where the lessons were tested with {pin}", SET_UP)
    return Finding(True, f"{name} {have}")


def read_pins(constraints: Path) -> dict[str, str]:
    """Package → version, from lines like ``torch==2.13.0``."""
    if not constraints.is_file():
        return {}
    lines = (line.partition("#")[0].strip() for line in constraints.read_text(encoding="utf-8").splitlines())
    pairs = (line.split("==", 1) for line in lines if "==" in line)
    return {canonicalize_name(name): version.partition(";")[0].strip() for name, version in pairs}


def cpu() -> Finding:
    found = machine.cpu()
    name = f"{found.name}, {found.cores} cores"
    if found.bfloat16:
        return Finding(True, f"{name}, AVX512-BF16: bfloat16 is fast here")
    return Finding(
        None, f"{name}, no AVX512-BF16", "the lessons use float32 here, and take up to twice as long"
    )


def gpu() -> Finding:
    name = machine.gpu()
    if name is None:
        return Finding(None, "no CUDA GPU", "no lesson needs one; cells marked %%gpu are skipped")
    version = _installed("torch") or ""
    if version.endswith("+cpu"):
        return Finding(
            None, f"{name}, but torch {version} cannot use it", "pip install torch from pytorch.org's index"
        )
    return Finding(True, name)


def memory() -> Finding:
    available, total = machine.memory_gb()
    needed = max(lesson.memory_gb for lesson in course.lessons())
    what = f"memory: {available:.1f} of {total:.1f} GB available, {needed:g} GB needed at most"
    if total < needed:
        return Finding(
            False, what, "use a machine with more, or only the lessons that need less (see README.md)"
        )
    return Finding(True, what) if available >= needed else Finding(None, what, "close other programs first")


def disk() -> Finding:
    free = min(machine.disk_gb(home()), machine.disk_gb(stock_dir()))
    # Twice the download: a package and what is unpacked from it lie side by side for a moment.
    missing = [item for item in stock.roles().values() if not built(item)]
    needed = sum(2 * item.download_mb + item.size_mb for item in missing) / 1000 + 0.5
    what = f"disk: {free:.1f} GB free, {needed:.1f} GB needed for the stock and the cache"
    remedy = "make room, or set HFLEARN_HOME to a folder on another disk"
    return Finding(True, what) if free >= needed else Finding(False, what, remedy)


def port(number: int) -> Finding:
    what = f"port {number}"
    if hub.healthy(f"http://127.0.0.1:{number}"):
        return Finding(True, f"{what}: a practice Hub answers there")
    with socket.socket() as probe:
        if os.name != "nt":  # there the option means another thing
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port that was just left is free
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return Finding(
                None, f"{what} is taken by something else", "`hflearn lab` will use the next free one"
            )
    return Finding(True, f"{what} is free for the practice Hub")


def shelves() -> Iterator[Finding]:
    """The stock, without fetching anything."""
    store = hub.Store(hub_root())
    missing = [item for item in stock.roles().values() if not stocked(item, store)]
    here = len(stock.roles()) - len(missing)
    what = f"stock: {here} of {len(stock.roles())} models and datasets are here"
    if not missing:
        yield Finding(True, what)
        return
    download = sum(item.download_mb for item in missing if not built(item))
    yield Finding(
        None, what, f"`hflearn stock` fetches the rest ({download:.0f} MB); so does a lesson that needs it"
    )


def practice_hub() -> Finding:
    """Starts one over an empty store, and asks it how it is."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            running = hub.start(Path(folder))
        except CourseError as error:
            remedy = "see that no firewall or security program blocks 127.0.0.1"
            return Finding(False, f"the practice Hub does not start: {error}", remedy)
        try:
            answers = hub.healthy(running.url) is not None
        finally:
            running.stop()
    if answers:
        return Finding(True, "the practice Hub starts and answers")
    remedy = "see that no proxy or firewall stands before 127.0.0.1 (set NO_PROXY=127.0.0.1)"
    return Finding(False, "the practice Hub starts and does not answer", remedy)


def real_hub(url: str) -> Finding:
    try:
        with urllib.request.urlopen(f"{url}/api/models?limit=1", timeout=10):
            return Finding(True, f"{url} answers")
    except OSError as error:
        remedy = "see to the network, or practise without it: unset HFLEARN_HUB"
        return Finding(False, f"{url} does not answer ({error})", remedy)


def _required() -> list[str]:
    """Names of the packages that hflearn itself declares; extras are not among them."""
    wanted = [Requirement(line) for line in importlib.metadata.requires("hflearn") or []]
    return [canonicalize_name(need.name) for need in wanted if need.marker is None or need.marker.evaluate()]


def _installed(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None


def _same(have: str, pin: str) -> bool:
    """Whether two versions are one; a build's label does not count (torch 2.13.0+cpu is torch 2.13.0)."""
    return Version(have).public == Version(pin).public
