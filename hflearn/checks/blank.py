"""``____``: the place where an answer goes. Using it says so; looking at it does not hurt."""

from collections.abc import Mapping
from functools import partial
from itertools import islice
from types import CodeType, FunctionType, MethodType
from typing import Any, NoReturn

NAME = "____"


class NotAttempted(Exception):
    """The learner's code met a blank: nothing is wrong yet."""

    def __init__(self) -> None:
        super().__init__(
            f"Not attempted: there is still a blank ({NAME}) here. Put your answer there and run again."
        )

    def _render_traceback_(self) -> list[str]:  # IPython asks for this name
        return [str(self)]


class Blank:
    """Raises NotAttempted for whatever is done with it, but can be assigned, passed on and shown."""

    def __repr__(self) -> str:
        return NAME

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("_"):  # IPython, copy and pickle ask for these on their own account
            raise AttributeError(name)
        raise NotAttempted


def _refuse(*_: Any, **__: Any) -> NoReturn:
    raise NotAttempted


_OPERATIONS = """
call str format bytes bool int float complex index hash iter next len contains getitem setitem delitem setattr
enter exit await fspath round neg pos abs invert eq ne lt le gt ge
add sub mul matmul truediv floordiv mod divmod pow lshift rshift and or xor
radd rsub rmul rmatmul rtruediv rfloordiv rmod rdivmod rpow rlshift rrshift rand ror rxor
"""
for _operation in _OPERATIONS.split():
    setattr(Blank, f"__{_operation}__", _refuse)

BLANK = Blank()


def left_in(answer: object, depth: int = 3) -> bool:
    """Whether a blank is still in the answer: itself, an element, or a name that its function's code uses.

    Asking the code spares a half-written function from running, with whatever it would do to the Hub.
    """
    if type(answer) is Blank:
        return True
    if isinstance(answer, partial):
        return left_in(answer.func, depth)
    if isinstance(answer, FunctionType | MethodType):
        return _names_blank(answer.__code__)
    if depth and type(answer) in (list, tuple, set, frozenset):
        return any(left_in(item, depth - 1) for item in islice(answer, 1000))  # type: ignore[call-overload]
    if depth and type(answer) is dict:
        return any(left_in(item, depth - 1) for item in islice(_values(answer), 1000))
    return False


def _values(mapping: Mapping[Any, Any]) -> Any:
    return mapping.values()


def _names_blank(code: CodeType) -> bool:
    return NAME in code.co_names or any(_names_blank(c) for c in code.co_consts if isinstance(c, CodeType))
