"""Puts code in an exercise cell's blank: how CI runs every solution and every sample of a misconception."""

from textwrap import dedent, indent

from .blank import NAME


def fill(cell: str, code: str) -> str:
    """The cell with ``code``, indented to fit, in place of its lines from the first with a blank to the last.

    :raises ValueError: the cell has no blank.
    """
    lines = cell.splitlines()
    blank = [number for number, line in enumerate(lines) if NAME in line]
    if not blank:
        raise ValueError("no blank in this cell")
    first = lines[blank[0]]
    margin = first[: len(first) - len(first.lstrip())]
    filling = indent(dedent(code).strip("\n"), margin)
    return "\n".join([*lines[: blank[0]], filling, *lines[blank[-1] + 1 :]])
