"""Where a decoded value came from, so that it can be given back exactly; resolved only when somebody asks."""

from __future__ import annotations

import json
from typing import Any, TypeAlias


class Source:
    """A JSON document, kept as its bytes, or as the value that a user gave."""

    __slots__ = ("_content", "_value")

    def __init__(self, content: bytes | None = None, value: object = None) -> None:
        self._content = content
        self._value = value

    def value(self) -> object:
        """Parse the document, once."""
        if self._content is not None:
            self._value = json.loads(self._content)
            self._content = None
        return self._value


# A chain of plain tuples rather than of objects: one is made for each item, on the fast path too.
Origin: TypeAlias = "Source | tuple[Origin, str | int]"


def came(origin: Origin | None) -> object:
    """Give the JSON value that stood at `origin`; None where the value was made by hand."""
    if origin is None:
        return None
    if isinstance(origin, Source):
        return origin.value()
    around: Any = came(origin[0])
    return around[origin[1]]
