"""What a revision of a Space asks for: the command that runs it, or what is wrong with it."""

import importlib.metadata
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement

from .status import Status

SDKS = ("gradio", "streamlit", "static")
_APP_FILE = {"gradio": "app.py", "streamlit": "app.py", "static": "index.html"}


# SYSTEM=spaces, which makes Gradio refuse share=True, makes it look for this package too
_HOT_RELOADING = (
    "In the run log Gradio may miss the package `spaces`, by which the real Hub changes an app as it runs:"
    " it does without."
)


class Unfit(Exception):
    """This revision cannot run; `status` says why."""

    def __init__(self, stage: str, sentence: str) -> None:
        super().__init__(sentence)
        self.status = Status(stage, sentence)


@dataclass(frozen=True)
class Plan:
    sdk: str
    app_file: str
    notes: list[str]  # the lines of the build log

    def command(self, port: int) -> list[str]:
        """What to run in the folder that holds the files."""
        if self.sdk == "static":
            folder = PurePosixPath(self.app_file).parent.as_posix()
            server = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
            return [*server, "--directory", folder]
        if self.sdk == "gradio":
            return [sys.executable, self.app_file]
        run = [sys.executable, "-m", "streamlit", "run", self.app_file]
        return [*run, "--server.port", str(port), "--server.address", "127.0.0.1", *_STREAMLIT]


_STREAMLIT = ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
_STREAMLIT += ["--server.fileWatcherType", "none"]  # a commit starts it anew
_STREAMLIT += ["--client.toolbarMode", "viewer"]  # else it offers its own cloud to deploy to


def plan(card: Mapping[str, Any], sdk: str | None, paths: set[str], read: Callable[[str], str]) -> Plan:
    """The plan for files at `paths`, which `read` gives the text of; raises Unfit.

    `sdk` is what the repository was made with; the card has the last word.
    """
    sdk = card.get("sdk", sdk)
    if sdk not in SDKS:
        raise Unfit("CONFIG_ERROR", _no_such(sdk))
    app_file = str(card.get("app_file") or _APP_FILE[sdk])
    if app_file not in paths:
        raise Unfit("NO_APP_FILE", f"There is no {app_file} in this Space: commit one, and it starts.")
    notes = [f"sdk: {sdk}, app_file: {app_file}"]
    if "requirements.txt" in paths:
        notes += _check(read("requirements.txt"))
    notes.append("The practice Hub installs nothing: the program runs in the Python that runs the Hub.")
    if sdk == "gradio":
        notes.append(_HOT_RELOADING)
    return Plan(sdk, app_file, notes)


def _no_such(sdk: object) -> str:
    if sdk == "docker":
        return "The practice Hub runs gradio, streamlit and static Spaces: docker it leaves to the real one."
    named = "names no sdk" if sdk is None else f"asks for the sdk {sdk!r}"
    return f"The README's metadata {named}: write 'sdk: gradio', 'sdk: streamlit' or 'sdk: static'."


def _check(text: str) -> list[str]:
    """A line for each requirement; raises Unfit where this Python does not meet one."""
    found = list(_requirements(text))
    if missing := [note for met, note in found if not met]:
        advice = "The practice Hub installs nothing: install it where the Hub runs, or leave it out."
        raise Unfit("BUILD_ERROR", "\n".join(["requirements.txt asks for:", *missing, advice]))
    return [note for _, note in found]


def _requirements(text: str) -> Iterator[tuple[bool, str]]:
    for line in text.splitlines():
        wanted = line.split(" #")[0].strip()
        if not wanted or wanted.startswith(("#", "-")):
            continue
        try:
            requirement = Requirement(wanted)
        except InvalidRequirement:
            yield False, f"{wanted} (which is not how a requirement is written)"
            continue
        if requirement.marker is None or requirement.marker.evaluate():
            yield _met(requirement)


def _met(requirement: Requirement) -> tuple[bool, str]:
    try:
        version = importlib.metadata.version(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        return False, f"{requirement} (not installed here)"
    if not requirement.specifier.contains(version, prereleases=True):
        return False, f"{requirement} ({version} is installed here)"
    return True, f"{requirement}: {version} is installed"
