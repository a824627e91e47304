"""The cell magics of the lessons: ``%%raises ErrorType``, ``%%gpu`` and ``%%online``."""

import ast
import linecache
import os
import pydoc
import sys
import traceback
from itertools import groupby
from pathlib import Path
from typing import Any

from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, cell_magic, magics_class, no_var_expand, output_can_be_silenced

from hflearn import connection, machine


class NotRaised(AssertionError):
    """A cell under ``%%raises`` ended without its error; `story` tells as text what came instead."""

    def __init__(self, sentence: str, story: str = "") -> None:
        super().__init__(sentence)
        self.story = story

    def _render_traceback_(self) -> list[str]:  # IPython asks for this name
        return [*self.story.splitlines(), f"AssertionError: {self}"]


@magics_class
class LessonMagics(Magics):
    """Register with ``shell.register_magics(LessonMagics)``."""

    shell: InteractiveShell

    @no_var_expand
    @cell_magic
    def raises(self, line: str, cell: str) -> None:
        """%%raises ErrorType: run the cell, show its error in short, and fail if that error does not come.

        ErrorType is a name the cell knows, a built-in one, or a dotted path. `%tb` shows all of the error.
        """
        name = line.strip()
        if not name:
            raise NotRaised("%%raises wants the name of an error, as in %%raises ValueError.")
        error = self._error_of(f"%%raises {line}", cell)
        expected = _exception_type(name, self.shell.user_ns)
        if expected is None:
            raise NotRaised(f"There is no error called {name} here: import it, or write its dotted path.")
        if error is None:
            raise NotRaised(f"This cell was to raise {name}, and it ended without an error.")
        story = in_short(error, self.shell.user_ns)
        if not isinstance(error, expected):
            raise NotRaised(f"This cell was to raise {name}, not {type(error).__name__}.", story) from error
        print(story)

    @no_var_expand
    @output_can_be_silenced
    @cell_magic
    def gpu(self, line: str, cell: str) -> Any:
        """%%gpu: run the cell where torch can use a CUDA GPU; elsewhere say that it was skipped."""
        if reason := _no_gpu():
            return print(f"Skipped: this cell needs a CUDA GPU, and {reason}.")
        return _execute(self.shell, f"%%gpu {line}", cell)

    @no_var_expand
    @output_can_be_silenced
    @cell_magic
    def online(self, line: str, cell: str) -> Any:
        """%%online: run the cell on a Hub that holds the real ids; elsewhere say that it was skipped."""
        if not connection.online():
            return print("Skipped: this cell needs huggingface.co, and you are on the practice Hub.")
        return _execute(self.shell, f"%%online {line}", cell)

    def _error_of(self, first_line: str, cell: str) -> Exception | None:
        try:
            _execute(self.shell, first_line, cell)
        except Exception as error:
            # What Python's own prompt does with an error, so that %tb and %debug find it.
            sys.last_type, sys.last_value, sys.last_traceback = type(error), error, error.__traceback__
            return error
        return None


def in_short(error: Exception, user_ns: dict[str, Any]) -> str:
    """A traceback as text: the learner's own lines, a line for each stretch of library code, the message."""
    frames = [
        (frame, summary)
        for (frame, _), summary in zip(
            traceback.walk_tb(error.__traceback__), traceback.extract_tb(error.__traceback__), strict=True
        )
        if summary.name not in _VANISHING
    ]
    parts = []
    for mine, stretch in groupby(frames, key=lambda pair: pair[0].f_globals is user_ns):
        if mine:
            parts += [_own_lines(summary) for _, summary in stretch]
        elif parts:  # what lies above the learner's first line is this module, which called it
            parts.append(_others([frame.f_globals.get("__name__", "?") for frame, _ in stretch]))
    if isinstance(error, SyntaxError):
        parts = [f"----> {error.lineno} {(error.text or '').rstrip()}"]
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    return "\n".join([*parts, f"{type(error).__name__}: {_without_folders(message)}".removesuffix(": ")])


_VANISHING = {"<listcomp>", "<dictcomp>", "<setcomp>"}
"""Frames that exist in Python 3.11 and not in 3.12: leaving them out, both tell the same story."""


def _execute(shell: InteractiveShell, first_line: str, cell: str) -> Any:
    """Run a cell in the learner's namespace; returns the value of its last expression, if it ends in one."""
    # The magic's own line stays line 1: numbers in tracebacks are those the learner sees in the editor.
    source = f"# {first_line}\n{shell.transform_cell(cell)}"
    name = shell.compile.cache(source, shell.execution_count)
    tree = shell.transform_ast(shell.compile.ast_parse(source, filename=name))
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(shell.compile(tree, name, "exec"), shell.user_ns)
    return eval(compile(ast.Expression(last.value), name, "eval"), shell.user_ns) if last else None


def _exception_type(name: str, user_ns: dict[str, Any]) -> type[BaseException] | None:
    try:
        found = eval(name, user_ns)
    except Exception:
        found = pydoc.locate(name)  # imports as much of the dotted path as is a module
    return found if isinstance(found, type) and issubclass(found, BaseException) else None


def _own_lines(summary: traceback.FrameSummary) -> str:
    """The statement that was running, numbered and marked, with its function's name where it was in one."""
    first = summary.lineno or 1
    numbers = range(first, (summary.end_lineno or first) + 1)
    width = len(str(numbers[-1]))
    lines = [
        f"{'---->' if number == first else '     '} {number:>{width}} "
        + linecache.getline(summary.filename, number).rstrip()
        for number in numbers
    ]
    if summary.name != "<module>":
        lines[0] += f"   # in {summary.name}"
    return "\n".join(lines)


def _others(modules: list[str]) -> str:
    """One line for consecutive frames of code that is not the learner's."""
    packages = [module.partition(".")[0] for module in modules]
    # The standard library's frames differ from one Python to the next: counted only where they stand alone.
    packages = [package for package in packages if package not in sys.stdlib_module_names] or packages
    frames = "1 frame" if len(packages) == 1 else f"{len(packages)} frames"
    return f"      … {frames} inside {', '.join(dict.fromkeys(packages))} …"


def _without_folders(message: str) -> str:
    """The message with the folders that differ from machine to machine named instead of spelt out."""
    named = {os.environ.get("HF_HOME"): "$HF_HOME", str(Path.cwd()): ".", str(Path.home()): "~"}
    for folder, name in named.items():
        if folder and len(folder) > 1:  # not "/", where a container has no home
            message = message.replace(folder, name)
    return message


def _no_gpu() -> str | None:
    """Why no CUDA GPU can be used; None where one can."""
    if machine.gpu() is None:
        return "this machine has none"
    import torch

    return None if torch.cuda.is_available() else "the installed torch was built without CUDA"
