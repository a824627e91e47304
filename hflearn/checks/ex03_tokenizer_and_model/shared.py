"""A list that two calls are handed alike, so that a function which changes it is found out by the second."""

from typing import Any


class Shared(list[Any]):
    """A list which the copying of arguments leaves as it is."""

    def __deepcopy__(self, memo: dict[int, Any]) -> "Shared":
        return self
