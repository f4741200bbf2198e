"""What a page need not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.pointer import MISSING, Expression, Found, Pointer
from conformance.spec.contract import Contract

if TYPE_CHECKING:
    from conformance.exchange import Exchange


def may_be_absent(contract: Contract, where: Expression) -> bool:
    """Whether a page need not show what stands at a place: a header or a member that is not required, or null."""
    if where.header:
        required = contract.responses_for(200)[0].required_headers
        return where.header.lower() not in {name.lower() for name in required}
    around, schema = [], contract.page
    for step in where.place.tokens:
        around.append(step in schema.required)
        schema = schema.part(Pointer.of(step))
    return not all(around) or "null" in schema.types


def listed(contract: Contract, exchange: Exchange) -> Found:
    """What stands in the place of the items; an empty array where nothing does, and a page of none need not show it."""
    found = contract.items.read(exchange.json, exchange.headers)
    nothing = found is None or (found is MISSING and isinstance(exchange.json, dict))
    return [] if nothing and may_be_absent(contract, contract.items) else found
