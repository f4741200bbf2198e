"""What the generated quick path is made of; whatever it does not expect is left to the tolerant path."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from ._origin import Origin

Read = TypeVar("Read")

_parse = datetime.fromisoformat
_SHORTEST = len("2026-01-01T00:00:00Z")


class Unexpected(ValueError):  # noqa: N818 - a signal, never shown
    """A value is not what the quick path is for."""


def timestamp(text: str) -> datetime:
    """Read an RFC 3339 time; ISO 8601 allows more, which the shape check keeps out."""
    value = _parse(text)
    if value.tzinfo is None or len(text) < _SHORTEST or text[7:17:3] != "-T::":
        raise Unexpected
    return value


def strings(value: Any) -> dict[str, str]:  # noqa: ANN401 - JSON
    """Read an object whose values are strings."""
    if value.__class__ is not dict:
        raise Unexpected
    known: dict[str, str] = value
    for text in known.values():
        if type(text) is not str:
            raise Unexpected
    return known


def read_many(read: Callable[[Any, Origin], Read], rows: Any, origin: Origin) -> list[Read]:  # noqa: ANN401 - JSON
    """Read every element of an array."""
    if rows.__class__ is not list:
        raise Unexpected
    elements: list[Any] = rows
    return [read(row, (origin, index)) for index, row in enumerate(elements)]
