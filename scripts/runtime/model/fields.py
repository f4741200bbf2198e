"""The documented fields of an object, and how each is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from listing_runtime.model.kinds import Kind
from listing_runtime.model.mismatch import Mismatch
from listing_runtime.model.origin import Origin


class Field(NamedTuple):
    """One documented field of an object."""

    wire: str
    """Name in JSON."""
    name: str
    """Name of the attribute."""
    kind: Kind
    required: bool


def read_field(field: Field, data: Mapping[str, Any], origin: Origin) -> object:
    """Read a field from its object; Mismatch where it is missing or of another kind."""
    value = data.get(field.wire)
    if value is None and not field.required:
        return None
    if value is None and field.wire not in data:
        raise _missing(field)
    try:
        return field.kind.read(value, (origin, field.wire))
    except Mismatch as mismatch:
        raise mismatch.below(field.wire) from None


def _missing(field: Field) -> Mismatch:
    mismatch = Mismatch(field.kind.expected, None).below(field.wire)
    mismatch.actual = "nothing: the field is missing"
    return mismatch
