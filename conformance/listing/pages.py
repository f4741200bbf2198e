"""Pages as the contract reads them out of exchanges, and queries as the contract writes them."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from conformance.errors import ConformanceError
from conformance.exchange import Exchange
from conformance.jsontext import Json
from conformance.listing.next_page import following
from conformance.listing.presence import listed
from conformance.spec.contract import Contract
from conformance.spec.query import encoded
from conformance.spec.values import identities

REFUSED = "refused"
"""How a walk ends whose pages are counted, where the page after those listed is refused."""


class NotAPage(ConformanceError):  # noqa: N818 - what was found instead, not a fault of ours
    """The answer to a documented request holds no items."""

    def __init__(self, message: str, exchange: Exchange | None = None) -> None:
        super().__init__(message)
        self.exchange = exchange
        """The answer; None where nothing was asked."""


@frozen
class Page:
    """One page of a listing."""

    exchange: Exchange
    number: int
    """From 1, within its walk."""
    items: list[Json]
    """Without those set aside."""
    size: int
    """How many items the page holds, with those set aside."""
    cursor: Json
    """What leads to the next page; None on the last one. Where pages are counted, the last one is empty."""
    ending: str
    """What stands in the cursor's place when there is none, such as `absent`, `null` or `empty`; else empty.

    `refused` where the page was none, and ends a walk whose pages are counted.
    """


def read_page(contract: Contract, exchange: Exchange, *, number: int, aside: frozenset[str] = frozenset()) -> Page:
    """The page in an exchange, without the items set aside by identity; raises NotAPage where there is none."""
    if not contract.succeeds(exchange.status):
        raise NotAPage(f"{exchange} is not a page", exchange)
    items = listed(contract, exchange)
    if not isinstance(items, list):
        raise NotAPage(f"{exchange}: no array at {contract.items}", exchange)
    kept = _without(contract, items, aside) if aside else items
    cursor, ending = (None, "absent") if contract.paging is None else following(contract.paging, exchange, len(items))
    return Page(exchange, number, kept, len(items), cursor, ending)


def is_page(contract: Contract, exchange: Exchange) -> bool:
    """Whether an exchange holds a page."""
    try:
        return read_page(contract, exchange, number=1) is not None
    except NotAPage:
        return False


def items_in(contract: Contract, exchange: Exchange) -> list[Json]:
    """The items in an exchange; none where it is no page."""
    try:
        return read_page(contract, exchange, number=1).items
    except NotAPage:
        return []


def _without(contract: Contract, items: list[Json], aside: frozenset[str]) -> list[Json]:
    return [item for item, name in zip(items, identities(contract, items), strict=True) if name not in aside]


def encode(contract: Contract, query: Mapping[str, Json]) -> tuple[tuple[str, str], ...]:
    """The query as name-value pairs, arrays in the documented style; None leaves a parameter out."""
    return encoded(contract.parameters, query)
