"""What differs from run to run and from machine to machine in a cell's text, and what stands in its place."""

import re
from functools import cache
from pathlib import Path

from hflearn import home
from hflearn.course import REPOSITORY

PATTERNS = [
    # Whatever folder Python's packages lie in; a home folder has become ~ by now.
    (re.compile(r"(?:~|[A-Za-z]:)?[/\\][^\s'\"<>:]*[/\\](?:site|dist)-packages[/\\]"), "site-packages/"),
    (re.compile(r"(?:/private)?(?:/tmp|/var/folders/\w+/\w+/T)/tmp\w+"), "/tmp/tmp"),
    (re.compile(r"/tmp/ipykernel_\d+/\d+\.py"), "/tmp/ipykernel.py"),
    # A practice Hub in a kernel's thread listens wherever there is room; `hflearn lab`'s is always here.
    (re.compile(r"\b(127\.0\.0\.1|localhost):\d{2,5}\b"), r"\1:8760"),
    (re.compile(r"(Request ID: )[\w=;.-]+"), r"\g<1>0"),
    (re.compile(r"(?i)(x-request-id['\"]?\s*[:=]\s*['\"]?)[\w=;.-]+"), r"\g<1>0"),
    (re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"), "0" * 8),
    (re.compile(r"\bhf_[A-Za-z0-9]{16,}\b"), "hf_…"),
    (re.compile(r"\b0x[0-9a-f]{6,16}\b"), "0x…"),
]
"""Each pattern leaves alone what it has written itself: normalising twice is normalising once."""


def without_varying(text: str) -> str:
    """`text` with a fixed word in place of folders, ports, request ids, tokens and addresses in memory."""
    for folder, name in _folders(home.home(), home.stock_dir()):
        text = text.replace(folder, name)
    for pattern, replacement in PATTERNS:
        text = pattern.sub(replacement, text)
    return text


@cache
def _folders(home_now: Path, stock: Path) -> list[tuple[str, str]]:
    """The folders of this machine and their names in a kept output: those of a Linux learner's checkout."""
    named = {
        stock: "~/.local/share/hflearn/stock",
        home_now: "~/.local/share/hflearn",
        REPOSITORY: "~/hflearn",
        Path.home(): "~",
    }
    # The longest first, for one may lie inside another. A container's home may be "/", which names nothing.
    ordered = sorted(named.items(), key=lambda pair: -len(str(pair[0])))
    return [(str(folder), name) for folder, name in ordered if len(str(folder)) > 1]
