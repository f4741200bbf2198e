"""Values of one kind or another."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, cast
from uuid import UUID

from listing_runtime.model.containers import ListOf
from listing_runtime.model.mismatch import Mismatch
from listing_runtime.model.scalars import ANYTHING, DATE, IDENTIFIER, TIMESTAMP, Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from listing_runtime.model.origin import Origin


class Nullable(Kind):
    """A value or null."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self.expected: str = f"{kind.expected} or null"

    def read(self, value: object, origin: Origin) -> object:
        """Read the value unless it is null."""
        return None if value is None else self.kind.read(value, origin)

    def write(self, value: object, came: object) -> object:
        """Write the value unless it is None."""
        return None if value is None else self.kind.write(value, came)


class OneOf(Kind):
    """A value of the first kind that fits."""

    def __init__(self, *kinds: Kind) -> None:
        self.kinds = kinds
        self.expected: str = " or ".join(kind.expected for kind in kinds)

    def read(self, value: object, origin: Origin) -> object:
        """Read the value as the first kind that takes it."""
        for kind in self.kinds:
            try:
                return kind.read(value, origin)
            except Mismatch:
                continue
        raise Mismatch(self.expected, value)

    def write(self, value: object, came: object) -> object:
        """Write the value as its own type asks for."""
        return write_any(value, came)


def write_any(value: object, came: object) -> object:
    """Write a value whose kind is not known beforehand."""
    write: Callable[[object], object] | None = getattr(value, "__write__", None)
    if write is not None:
        return write(came)
    for python, kind in ((datetime, TIMESTAMP), (date, DATE), (UUID, IDENTIFIER)):
        if isinstance(value, python):
            return kind.write(value, came)
    if isinstance(value, list):
        return ListOf(ANYTHING).write(cast("list[object]", value), came)
    return str(value) if isinstance(value, str) else ANYTHING.write(value, came)
