"""An answer before it is bytes: what a fault may still change."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from attrs import frozen

from conformance.mock.collection.values import Entry, Json, encode
from conformance.pointer import TOP, Pointer

_HERE = "\x00items\x00"
_HERE_ENCODED = encode(_HERE)


@frozen(kw_only=True)
class Answer:
    """Status, headers and JSON body; the items of a page stand apart, encoded already."""

    status: int
    body: Json
    """The whole body, or what stands around the items of a page."""
    headers: Mapping[str, str] = {}
    items: tuple[Entry, ...] | None = None
    """None where the answer is no page."""
    place: Pointer = TOP
    """Of the items in the body; the top for a bare array."""
    sent: bytes | None = None
    """The bytes to send instead, of a server whose body is no JSON of its own."""

    @property
    def raw(self) -> bytes:
        """The body as it is sent."""
        if self.sent is not None:
            return self.sent
        if self.items is None:
            return encode(self.body)
        array = b"[" + b",".join([entry.raw for entry in self.items]) + b"]"
        if not self.place:
            return array
        around = copy.deepcopy(self.body)
        self.place.put(around, _HERE)
        return encode(around).replace(_HERE_ENCODED, array, 1)
