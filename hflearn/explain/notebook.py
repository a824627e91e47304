"""The box under a traceback, in a notebook or in IPython."""

from typing import Any


def install(shell: Any) -> None:
    """Show a box under the traceback of every cell that ends in an error which the rules know.

    It hangs on the event after a cell: the traceback and any handler of exceptions stay as they are, and
    `%%raises` cells, which end well, show none. To install twice is to install once.
    """
    shell.events.register("post_run_cell", show)


def show(result: Any) -> None:
    """Display the diagnosis of an IPython `ExecutionResult`'s error, if there is one."""
    if not (error := getattr(result, "error_in_exec", None)):
        return
    try:
        from .engine import diagnose

        if found := diagnose(error):
            from IPython.display import display

            display(found)
    except Exception:
        return  # the learner has one error to deal with already
