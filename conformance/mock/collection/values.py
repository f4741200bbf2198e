"""Values of JSON that belong to a collection, and how they compare."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from attrs import field, frozen

from conformance.mock.collection import moments
from conformance.pointer import MISSING

Json: TypeAlias = Any
Comparable: TypeAlias = tuple[int, Any]
"""A rank of the kind of value, then a value that compares with its own kind."""

NOTHING = 0


def encode(value: Json) -> bytes:
    """Compact JSON in UTF-8; a lone surrogate, which UTF-8 does not have, is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"), allow_nan=False).encode()


def comparable(value: Json) -> Comparable:
    """What sorts `value` among its like: numbers as numbers, times as instants, the rest as text."""
    if value is None or value is MISSING:
        return (NOTHING, 0)
    if isinstance(value, bool):
        return (1, value)
    if isinstance(value, int | float):
        return (2, value)
    moment = moments.parse(value) if isinstance(value, str) else None
    if moment is not None:
        return (3, moment)
    return (4, value if isinstance(value, str) else json.dumps(value, sort_keys=True))


@frozen(eq=False)
class Entry:
    """One item of a collection, encoded once, and whose it is."""

    value: Mapping[str, Json]
    raw: bytes = field(repr=False)
    owners: Mapping[str, str]
    """Scope parameter to the owner's identifier, also where no field of the item shows it."""

    @classmethod
    def of(cls, value: Mapping[str, Json], owners: Mapping[str, str]) -> Entry:
        """The entry that holds `value`."""
        return cls(value, encode(value), owners)
