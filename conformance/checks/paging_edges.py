"""What a page says of its first and its last item is theirs."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks._walks import broken
from conformance.checks.base import Check, exchange_check
from conformance.checks.family import PAGING
from conformance.exchange import Exchange
from conformance.finding import Contradiction
from conformance.listing.pages import items_in
from conformance.pointer import MISSING
from conformance.sentence import Value, said
from conformance.spec.contract import Contract
from conformance.spec.projection import is_projected


def _needs(contract: Contract) -> str:
    return "" if contract.edges else "nothing is documented to repeat the first or the last item"


def _sees_items(contract: Contract, exchange: Exchange) -> bool:
    return bool(items_in(contract, exchange)) and not is_projected(contract, exchange.query)


@exchange_check(
    "edge-is-item",
    PAGING,
    needs=_needs,
    sees=_sees_items,
    tests=lambda contract: contract.edges,
    headline="a page repeats another item: {actual} instead of {expected}",
)
def edge_is_item(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """What a page repeats of its first or last item is what that item shows; of an empty page it may be anything."""
    items = items_in(contract, exchange)
    for edge in contract.edges if items else ():
        held = edge.field.get(items[0 if edge.item == "first" else -1])
        value = edge.value.read(exchange.json, exchange.headers)
        if value != held and not (value is MISSING and contract.may_lack(edge.value)):
            expected = said(
                "{held} at {place}, as the {item} item",
                held=Value(held, field=edge.field),
                place=edge.value,
                item=edge.item,
            )
            yield broken(
                edge, (exchange,), expected=expected, actual=said("{value}", value=Value(value, field=edge.field))
            )


CHECKS: tuple[Check, ...] = (edge_is_item,)
