"""What this machine has, found out without importing torch."""

import platform
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psutil

GB = 1e9


@dataclass(frozen=True)
class Cpu:
    """Name and cores of the processor; `bfloat16` where it has AVX512-BF16 (fast bfloat16 products)."""

    name: str
    cores: int
    bfloat16: bool


@cache
def cpu() -> Cpu:
    info = _proc_cpuinfo()
    flags = info.get("flags", "").split()
    name = info.get("model name") or platform.processor() or platform.machine()
    return Cpu(name, len(_usable_cores()), "avx512_bf16" in flags)


@cache
def gpu() -> str | None:
    """The name of the first CUDA GPU, None where there is none."""
    if not (tool := shutil.which("nvidia-smi")):
        return None
    command = [tool, "--query-gpu=name", "--format=csv,noheader"]
    try:
        answer = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return answer.stdout.partition("\n")[0].strip() or None


def memory_gb() -> tuple[float, float]:
    """Memory that is free for a new program, and all there is, in GB (a container's own limit counts)."""
    memory = psutil.virtual_memory()
    limit, used = _container_memory()
    total = min(memory.total, limit)
    return min(memory.available, max(total - used, 0)) / GB, total / GB


def disk_gb(folder: Path) -> float:
    """Free space in GB on the disk that holds `folder`, or will."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free / GB


def _usable_cores() -> list[int]:
    """The cores this process may run on: a container often gets fewer than the machine has."""
    try:
        return psutil.Process().cpu_affinity() or []
    except AttributeError:  # macOS has no such call
        return list(range(psutil.cpu_count() or 1))


def _proc_cpuinfo() -> dict[str, str]:
    """Linux's description of the first core; empty elsewhere."""
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8").partition("\n\n")[0]
    except OSError:
        return {}
    pairs = (line.partition(":") for line in text.splitlines())
    return {key.strip(): value.strip() for key, _, value in pairs}


def _container_memory() -> tuple[float, float]:
    """A Linux container's memory limit and what it uses of it, in bytes; (inf, 0) without a limit."""
    folder = Path("/sys/fs/cgroup")
    try:
        limit = (folder / "memory.max").read_text().strip()
        used = int((folder / "memory.current").read_text())
        cached = dict(line.split() for line in (folder / "memory.stat").read_text().splitlines())
    except (OSError, ValueError):
        return float("inf"), 0
    if limit == "max":
        return float("inf"), 0
    return float(limit), used - int(
        cached.get("inactive_file", 0)
    )  # cached files are given back when asked for
