"""The kinds of JSON value that a documented field may have; here those that are made of others."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ._mismatch import Mismatch, is_array, is_object
from ._scalars import ANYTHING, BOOLEAN, DATE, IDENTIFIER, INTEGER, NULL, NUMBER, STRING, TIMESTAMP, Kind, OpenEnum

if TYPE_CHECKING:
    from ._model import Model
    from ._origin import Origin

__all__ = [
    "ANYTHING",
    "BOOLEAN",
    "DATE",
    "IDENTIFIER",
    "INTEGER",
    "NULL",
    "NUMBER",
    "STRING",
    "TIMESTAMP",
    "Kind",
    "ListOf",
    "MapOf",
    "ModelOf",
    "Nullable",
    "OneOf",
    "OpenEnum",
    "write_any",
]


class Nullable(Kind):
    """A value or null."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.expected = f"{kind.expected} or null"

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Read the value unless it is null."""
        return None if value is None else self.kind.read(value, origin)

    def write(self, value: Any, came: Any) -> Any:  # noqa: ANN401 - JSON
        """Write the value unless it is None."""
        return None if value is None else self.kind.write(value, came)


class OneOf(Kind):
    """A value of the first kind that fits."""

    def __init__(self, *kinds: Kind) -> None:
        self._kinds = kinds
        self.expected = " or ".join(kind.expected for kind in kinds)

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Read the value as the first kind that takes it."""
        for kind in self._kinds:
            try:
                return kind.read(value, origin)
            except Mismatch:
                continue
        raise Mismatch(self.expected, value)

    def write(self, value: Any, came: Any) -> Any:  # noqa: ANN401 - JSON
        """Write the value as its own type asks for."""
        return write_any(value, came)


class ListOf(Kind):
    """An array."""

    expected = "an array"

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Read every element."""
        if not is_array(value):
            raise Mismatch(self.expected, value)
        return [_below(self.kind, element, origin, index) for index, element in enumerate(value)]

    def write(self, value: Any, came: Any) -> Any:  # noqa: ANN401 - JSON
        """Write every element; what came is a guide only while the length is the same."""
        guide = _list(came) if len(_list(came)) == len(value) else [None] * len(value)
        return [self.kind.write(element, like) for element, like in zip(value, guide, strict=True)]


class MapOf(Kind):
    """An object with keys of the user's own."""

    expected = "an object"

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Read every value."""
        if not is_object(value):
            raise Mismatch(self.expected, value)
        return {key: _below(self.kind, element, origin, key) for key, element in value.items()}

    def write(self, value: Any, came: Any) -> Any:  # noqa: ANN401 - JSON
        """Write every value."""
        guide = came if is_object(came) else {}
        return {key: self.kind.write(element, guide.get(key)) for key, element in value.items()}


def _list(came: object) -> list[Any]:
    return came if is_array(came) else []


def _below(kind: Kind, value: object, origin: Origin, token: str | int) -> Any:  # noqa: ANN401 - JSON
    try:
        return kind.read(value, (origin, token))
    except Mismatch as mismatch:
        raise mismatch.below(token) from None


class ModelOf(Kind):
    """An object with documented fields."""

    expected = "an object"

    def __init__(self, model: type[Model]) -> None:
        self.model = model

    def read(self, value: Any, origin: Origin) -> Any:  # noqa: ANN401 - JSON
        """Read the object's fields."""
        return self.model.__read__(value, origin)

    def write(self, value: Any, came: Any) -> Any:  # noqa: ANN401 - JSON
        """Write the object's fields."""
        return value.__write__(came)


def write_any(value: Any, came: Any) -> Any:  # noqa: ANN401 - JSON
    """Write a value whose kind is not known beforehand."""
    if hasattr(value, "__write__"):
        return value.__write__(came)
    for python, kind in ((datetime, TIMESTAMP), (date, DATE), (UUID, IDENTIFIER)):
        if isinstance(value, python):
            return kind.write(value, came)
    if isinstance(value, list):
        return ListOf(ANYTHING).write(value, came)
    return str(value) if isinstance(value, str) else ANYTHING.write(value, came)
