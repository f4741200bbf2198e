"""Values of one kind or another."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from listing_runtime.model.containers import ListOf
from listing_runtime.model.mismatch import Mismatch
from listing_runtime.model.scalars import ANYTHING, DATE, IDENTIFIER, TIMESTAMP, Kind

if TYPE_CHECKING:
    from listing_runtime.model.origin import Origin


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
