"""A notebook without what varies: two runs of the same cells give the same file."""

import hashlib
import re
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from nbformat import NotebookNode, from_dict

from hflearn.notebooks.varying import without_varying

IGNORED = "nbval-ignore-output"
"""The tag of a cell whose output cannot be the same twice."""

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
CELL_METADATA = ("tags", "jupyter")
IMAGES = ("image/png", "image/jpeg")

_PROGRESS = re.compile(
    r"\d+%\||\d+(\.\d+)?[kMG]?(it|B|ex| examples)? \[\d+:\d\d|\?it/s\]|\?B/s\]|\| +\d+\.\d+[kMG]?B"
)
"""tqdm's bars, in a stream or as a widget's text; huggingface_hub's bars of bytes have no rate."""


def normalise(notebook: NotebookNode, before: NotebookNode | None = None) -> NotebookNode:
    """`notebook` as it is kept in the repository; a new object.

    A cell tagged nbval-ignore-output keeps the output that it has in `before` while its source is the same,
    so that a diff shows what was changed and not what was measured. Clear that output to measure anew.
    """
    kept = {cell.id: cell for cell in before.cells if cell.cell_type == "code"} if before else {}
    cells: list[NotebookNode] = []
    for cell in notebook.cells:
        cells.append(_cell(cell, kept.get(cell.get("id", "")), {done.id for done in cells}))
    for count, cell in enumerate((cell for cell in cells if cell.cell_type == "code"), start=1):
        cell.execution_count = count
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count
    metadata = {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    return _node(cells=cells, metadata=metadata, nbformat=4, nbformat_minor=5)


def normalised_outputs(outputs: Iterable[NotebookNode]) -> list[NotebookNode]:
    """A cell's outputs without progress bars, widgets' state and all that varies; a new list."""
    shown = [output if _is_stream(output) else _display(output) for output in outputs]
    kept: list[NotebookNode] = []
    for is_stream, group in groupby((output for output in shown if output), key=_is_stream):
        stretch = list(group)
        kept += _streams(stretch) if is_stream else stretch
    return kept


def _is_stream(output: NotebookNode) -> bool:
    return bool(output.output_type == "stream")


def _streams(pieces: list[NotebookNode]) -> list[NotebookNode]:
    """One output for each stream, stdout first: how they were cut and mixed is a matter of chance."""
    texts = {
        name: _stream("".join(piece.text for piece in pieces if piece.name == name))
        for name in ("stdout", "stderr")
    }
    return [_node(output_type="stream", name=name, text=text) for name, text in texts.items() if text]


def _stream(text: str) -> str:
    lines = [_last_state(line) for line in text.split("\n")]
    kept = [line for line in lines if not _PROGRESS.search(line)]
    # A bar brings line feeds of its own: where nothing but those remains, there was nothing else.
    if len(kept) < len(lines) and not any(kept):
        return ""
    return without_varying("\n".join(kept))


def _last_state(line: str) -> str:
    """What a terminal shows of a line that was overwritten after carriage returns."""
    return line.rstrip("\r").rpartition("\r")[2]


def _cell(cell: NotebookNode, before: NotebookNode | None, taken: set[str]) -> NotebookNode:
    clean = _node(
        id=_id(cell, taken),
        cell_type=cell.cell_type,
        metadata={name: cell.metadata[name] for name in CELL_METADATA if name in cell.metadata},
        source=cell.source,
    )
    if cell.get("attachments"):
        clean.attachments = cell.attachments
    if cell.cell_type == "code":
        clean.outputs = normalised_outputs(_outputs(cell, before))
    return clean


def _outputs(cell: NotebookNode, before: NotebookNode | None) -> list[NotebookNode]:
    ignored = IGNORED in cell.metadata.get("tags", [])
    if ignored and before is not None and before.source == cell.source and before.outputs:
        return before.outputs
    return cell.outputs


def _id(cell: NotebookNode, taken: set[str]) -> str:
    """The cell's own id; where it has none, one made from its source, so that the next run makes the same."""
    name = cell.get("id") or hashlib.sha1(cell.source.encode()).hexdigest()[:8]
    while name in taken:
        name = hashlib.sha1(name.encode()).hexdigest()[:8]
    return name


def _display(output: NotebookNode) -> NotebookNode | None:
    if output.output_type == "error":
        trace = [without_varying(line) for line in output.traceback]
        return _node(
            output_type="error", ename=output.ename, evalue=without_varying(output.evalue), traceback=trace
        )
    data = {kind: _value(kind, value) for kind, value in output.data.items() if kind != WIDGET_VIEW}
    if not data or (WIDGET_VIEW in output.data and _PROGRESS.search(data.get("text/plain", ""))):
        return None
    clean = _node(output_type=output.output_type, data=data, metadata=_alt_texts(output))
    if output.output_type == "execute_result":
        clean.execution_count = output.execution_count
    return clean


def _value(kind: str, value: Any) -> Any:
    if kind in IMAGES:
        return value.strip() + "\n"  # the same with and without the line feed that some front ends add
    return without_varying(value) if isinstance(value, str) else value


def _alt_texts(output: NotebookNode) -> dict[str, Any]:
    found = {kind: output.get("metadata", {}).get(kind, {}).get("alt") for kind in output.data}
    return {kind: {"alt": alt} for kind, alt in found.items() if alt}


def _node(**fields: Any) -> NotebookNode:
    return from_dict(fields)
