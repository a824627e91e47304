"""What a notebook's code cells do, as far as it can be read off without running them."""

import ast
from collections.abc import Iterator

from IPython.core.inputtransformer2 import TransformerManager

PYTHON_MAGICS = ("%%raises", "%%gpu", "%%online", "%%time", "%%capture")
"""Cell magics whose body is Python."""


def parse(source: str) -> ast.Module | None:
    """The cell's syntax tree without its magics; None where it is not Python."""
    first, _, rest = source.partition("\n")
    if first.startswith("%%"):
        if first.split()[0] not in PYTHON_MAGICS:
            return None
        source = rest
    try:
        return ast.parse(TransformerManager().transform_cell(source))
    except SyntaxError:
        return None


def prints(tree: ast.Module) -> bool:
    """Whether running the cell is bound to show something: a print or display that no condition guards."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("print", "display")
        for node in _always_run(tree)
    )


def call_of(tree: ast.Module, function: str) -> ast.Call | None:
    """The first call of `function`, by itself or as a module's attribute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name == function:
                return node
    return None


def hflearn_names(tree: ast.Module) -> Iterator[str]:
    """Every name the cell takes from hflearn, dotted where it reaches inside."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (a.name.partition(".")[2] for a in node.names if a.name.startswith("hflearn."))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "hflearn":
            inside = (node.module or "").partition(".")[2]
            yield from (f"{inside}.{alias.name}" if inside else alias.name for alias in node.names)
        elif (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "hflearn"
        ):
            yield node.attr


def _always_run(node: ast.AST) -> Iterator[ast.AST]:
    conditional = (
        ast.FunctionDef,
        ast.AsyncFunctionDef,
        ast.ClassDef,
        ast.Lambda,
        ast.If,
        ast.Try,
        ast.For,
        ast.While,
    )
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, conditional):
            yield child
            yield from _always_run(child)
