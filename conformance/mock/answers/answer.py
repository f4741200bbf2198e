"""An answer before it is bytes: what a fault may still change."""

from __future__ import annotations

import copy
from collections.abc import Mapping

from attrs import frozen

from conformance.mock.answers.layout import laid_out
from conformance.mock.collection.values import Entry, Json, encode
from conformance.pointer import TOP, Pointer
from conformance.spec.contract import Contract

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
    contract: Contract | None = None
    """Of a page whose items are sent as rows of values."""

    @classmethod
    def page(cls, contract: Contract, body: Json, headers: Mapping[str, str], items: tuple[Entry, ...]) -> Answer:
        """The answer that lists items; what names columns stands in the body, to be filled in."""
        rows, place = contract.rows, contract.items.place
        if rows is not None and rows.named is not None:
            rows.named.place.put(body, [])
        laid = None if rows is None else contract
        return cls(status=200, body=body, headers=headers, items=items, place=place, contract=laid)

    @property
    def wire(self) -> bytes:
        """The body as it is sent."""
        return self.raw if self.contract is None else laid_out(self.contract, self.raw, self.place)

    @property
    def raw(self) -> bytes:
        """The body with items as objects, however they are sent."""
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
