"""Executes lessons with papermill, for reports and with parameters."""

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from os import environ
from pathlib import Path
from time import perf_counter
from typing import Any

from hflearn import course
from hflearn.errors import CourseError
from hflearn.notebooks.execute import KERNEL_ARGUMENTS, KERNEL_SECONDS, fresh_home, name
from hflearn.notebooks.table import table


@dataclass(frozen=True)
class Outcome:
    lesson: str
    seconds: float
    report: Path
    error: str = ""


def run(lesson_ids: Sequence[str], parameters: Mapping[str, str] | None = None) -> None:
    """Execute lessons, all of them by default, each in a fresh home; an HTML report of each goes to runs/.

    `parameters` replace those of the cell tagged `parameters`; values are Python literals, or else text.
    CourseError if a lesson or parameter is unknown, or a value of another type (nothing was run), or at the
    end if a lesson failed: the notebook as far as it came stays in runs/.
    """
    lessons = [course.lesson(wanted) for wanted in lesson_ids] if lesson_ids else course.lessons()
    values = {parameter: _literal(value) for parameter, value in (parameters or {}).items()}
    for lesson in lessons:
        _refuse(lesson.notebook, values)
    outcomes = [_run_one(lesson.notebook, values) for lesson in lessons]
    print(_summary(outcomes))
    if failed := [outcome for outcome in outcomes if outcome.error]:
        told = "; ".join(f"{outcome.lesson} ({outcome.error})" for outcome in failed)
        raise CourseError(f"{len(failed)} of {len(outcomes)} lessons failed: {told}. See runs/.")


def _refuse(notebook: Path, values: Mapping[str, Any]) -> None:
    from papermill import inspect_notebook

    if not notebook.exists():
        raise CourseError(f"{name(notebook)} does not exist.")
    if not values:
        return
    known = inspect_notebook(str(notebook))
    if unknown := [value for value in values if value not in known]:
        offered = f"It has {', '.join(known)}" if known else "It has none"
        raise CourseError(f"{name(notebook)} has no parameter {unknown[0]!r}. {offered}.")
    for parameter, value in values.items():
        default = _literal(known[parameter]["default"])
        if not isinstance(value, _like(default)):
            wanted = f"should be of type {type(default).__name__}, as its default {default!r} is"
            raise CourseError(f"{name(notebook)}: the parameter {parameter!r} {wanted}; it was {value!r}.")


def _like(default: Any) -> tuple[type, ...]:
    """The types that may stand in for a default: a whole number does for a float."""
    return (float, int) if isinstance(default, float) else (type(default),)


def _literal(text: str) -> Any:
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def _run_one(notebook: Path, values: Mapping[str, Any]) -> Outcome:
    from nbclient.exceptions import CellControlSignal, DeadKernelError
    from papermill import PapermillExecutionError, execute_notebook

    executed = _reports() / notebook.name
    started = perf_counter()
    error = ""
    try:
        with fresh_home(environ.get("HFLEARN_HUB", "practice")):
            execute_notebook(
                notebook,
                executed,
                parameters=values,
                cwd=notebook.parent,
                kernel_name="python3",
                start_timeout=KERNEL_SECONDS,
                extra_arguments=KERNEL_ARGUMENTS,
                progress_bar={"desc": notebook.stem},
            )
    except PapermillExecutionError as failure:
        error = f"[{failure.exec_count}] {failure.ename}: {failure.evalue}"
    except (CellControlSignal, DeadKernelError) as failure:
        error = str(failure).splitlines()[0]
    seconds = perf_counter() - started
    report = _report(executed)
    if not error:
        executed.unlink()
    return Outcome(notebook.stem, seconds, report, error)


def _reports() -> Path:
    folder = course.REPOSITORY / "runs"
    folder.mkdir(exist_ok=True)
    return folder


def _report(executed: Path) -> Path:
    import nbformat
    from nbconvert import HTMLExporter

    notebook = nbformat.read(executed, as_version=4)
    notebook.metadata.pop("widgets", None)  # a report has no kernel: widgets fall back to their text
    html, _ = HTMLExporter().from_notebook_node(notebook)
    report = executed.with_suffix(".html")
    report.write_text(html, encoding="utf-8")
    return report


def _summary(outcomes: Sequence[Outcome]) -> str:
    rows = [(o.lesson, f"{o.seconds:.1f}", "failed" if o.error else "done", name(o.report)) for o in outcomes]
    total = f"{sum(outcome.seconds for outcome in outcomes):.1f}"
    return table(("lesson", "seconds", "", "report"), [*rows, ("all", total, "", "")])
