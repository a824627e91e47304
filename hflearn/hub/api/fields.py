"""The fields of a JSON body, each read as the type it must have."""

import json
from collections.abc import Mapping
from typing import Any

from ..problems import BadRequest

_LARGEST = 2**53
_DEEPEST = 50


class Fields:
    """A JSON object. A field that is missing or null gives the default, one of another type BadRequest."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    @classmethod
    def parse(cls, body: bytes) -> "Fields":
        """Read `body`; raises BadRequest if it is no JSON object, an empty one passes for `{}`."""
        try:
            values = json.loads(body or b"{}")
            _check_text(values, _DEEPEST)
        except (ValueError, RecursionError) as error:
            raise BadRequest("The body is not valid JSON.") from error
        if not isinstance(values, dict):
            raise BadRequest("The body should be a JSON object.")
        return cls(values)

    def text(self, name: str, default: str | None = None) -> str:
        value = self.maybe_text(name)
        if value is None and default is None:
            raise BadRequest(f'"{name}" is missing.')
        return value if value is not None else default or ""

    def maybe_text(self, name: str) -> str | None:
        return self._typed(name, str, "a string")

    def flag(self, name: str, default: bool = False) -> bool:
        value = self._typed(name, bool, "true or false")
        return default if value is None else value

    def integer(self, name: str) -> int | None:
        value = self._typed(name, int, "a whole number")
        if value is not None and (isinstance(value, bool) or not -1 <= value <= _LARGEST):
            raise BadRequest(f'"{name}" should be a whole number.')
        return value

    def object(self, name: str) -> "Fields":
        return Fields(self._typed(name, dict, "an object") or {})

    def objects(self, name: str) -> list["Fields"]:
        values = self._typed(name, list, "a list") or []
        if not all(isinstance(value, dict) for value in values):
            raise BadRequest(f'"{name}" should be a list of objects.')
        return [Fields(value) for value in values]

    def _typed(self, name: str, kind: type, what: str) -> Any:
        value = self.values.get(name)
        if value is not None and not isinstance(value, kind):
            raise BadRequest(f'"{name}" should be {what}.')
        return value


def _check_text(value: object, depth: int) -> None:
    """Raise ValueError for half a surrogate pair, which JSON can write and UTF-8 cannot."""
    if depth == 0:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        value.encode()
    elif isinstance(value, list):
        for item in value:
            _check_text(item, depth - 1)
    elif isinstance(value, dict):
        for pair in value.items():
            _check_text(list(pair), depth - 1)
