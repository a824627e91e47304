"""A README.md taken apart: its metadata, its text, and the section that q10 asks for."""

import re
from typing import Any

HEADING = "## Limits"
_LIMITS = re.compile(r" {0,3}##[ \t]+Limits([ \t]+#+)?[ \t]*")
_HEADING = re.compile(r" {0,3}#{1,6}([ \t]|$)")
_FENCE = re.compile(r" {0,3}(```|~~~)")


def metadata(card: str) -> dict[str, Any]:
    """What stands between the two lines of ``---`` at the top; empty where nothing can be read there."""
    import yaml

    block = _block(card)
    try:
        read = yaml.safe_load(block[2]) if block else {}
    except yaml.YAMLError:
        return {}
    return read if isinstance(read, dict) else {}


def body(card: str) -> list[str]:
    """The lines under the metadata that are not blank."""
    block = _block(card)
    return [line.rstrip() for line in card[block.end() if block else 0 :].splitlines() if line.strip()]


def limits(lines: list[str]) -> list[int]:
    """Where the section's heading stands; inside of a code fence it is no heading."""
    places, fenced = [], False
    for place, line in enumerate(lines):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and _LIMITS.fullmatch(line):
            places.append(place)
    return places


def says_something(lines: list[str], place: int) -> bool:
    """Whether text follows the heading, before the next one of its level."""
    for line in lines[place + 1 :]:
        if not _HEADING.match(line):
            return True
        if not line.strip().startswith("###"):
            return False
    return False


def _block(card: str) -> re.Match[str] | None:
    """The metadata as the client finds them: blank lines may stand above."""
    from huggingface_hub.repocard import REGEX_YAML_BLOCK

    return re.search(REGEX_YAML_BLOCK, card)
