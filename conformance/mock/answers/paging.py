"""How a listing is cut into pages, for each kind of cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from conformance.mock.answers.cursors import Cursor, Mint
from conformance.mock.answers.request import Refused
from conformance.mock.collection.order import Order, boundary
from conformance.mock.collection.values import Entry, Json
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Paging, Relation, Style


@frozen(kw_only=True)
class Cut:
    """One page, and the value that leads to the next; None on the last page."""

    entries: tuple[Entry, ...]
    cursor: Json


@frozen(kw_only=True)
class Listing:
    """The entries that match a request, in its order, and the query to keep in a cursor."""

    entries: Sequence[Entry]
    order: Order
    query: Mapping[str, Sequence[str]]


def counts_pages(contract: Contract) -> bool | None:
    """Whether a whole-number cursor counts pages rather than items; None where the cursor is neither."""
    if contract.paging is None or contract.paging.style is Style.LAST_ITEM or boundary(contract) is not None:
        return None
    if contract.paging.style in (Style.PAGE_NUMBER, Style.OFFSET):
        return contract.paging.style is Style.PAGE_NUMBER
    schema = contract.parameter(contract.paging.parameter).schema
    if schema.get("type") not in ("integer", "number"):
        return None
    return 1 in (schema.get("minimum"), schema.get("default"))


def first_number(contract: Contract) -> int:
    """The number of the first page, or the offset of the first item."""
    if contract.paging is not None and contract.paging.style in (Style.PAGE_NUMBER, Style.OFFSET):
        return contract.paging.start
    return 1 if counts_pages(contract) else 0


def cut_after(listing: Listing, mint: Mint, limit: int, cursor: Cursor | None) -> Cut:
    """The page after the place that an opaque cursor keeps, which need not exist any more."""
    entries = listing.entries
    start = 0 if cursor is None else _first_after(listing, cursor.position)
    shown = tuple(entries[start : start + limit])
    if start + limit >= len(entries):
        return Cut(entries=shown, cursor=None)
    return Cut(entries=shown, cursor=mint.seal(Cursor(listing.order.values(shown[-1]), listing.query)))


def cut_after_item(listing: Listing, paging: Paging, limit: int, last: Json) -> Cut:
    """The page after the item that a request names; one that is not listed is refused."""
    names = [paging.field.get(entry.value) for entry in listing.entries]
    if last is not None and last not in names:
        raise Refused(f"unknown-{paging.parameter}", "no such item", parameter=paging.parameter)
    start = 0 if last is None else names.index(last) + 1
    shown = tuple(listing.entries[start : start + limit])
    more = start + limit < len(names)
    return Cut(entries=shown, cursor=names[start + limit - 1] if more else None)


def _first_after(listing: Listing, position: Sequence[Json]) -> int:
    order, after = listing.order, listing.order.key(position)
    low, high = 0, len(listing.entries)
    while low < high:
        middle = (low + high) // 2
        here = order.key(order.values(listing.entries[middle]))
        before = here >= after if order.descending else here <= after
        low, high = (middle + 1, high) if before else (low, middle)
    return low


def cut_at_boundary(listing: Listing, known: Filter, limit: int) -> Cut:
    """The first page of a listing that a bound continues; items that tie stay on one page where it holds them."""
    entries = listing.entries
    if len(entries) <= limit:
        return Cut(entries=tuple(entries), cursor=None)
    times = [known.field.get(entry.value) for entry in entries[: limit + 1]]
    size = limit
    while size and times[size - 1] == times[limit]:
        size -= 1
    size = size or limit
    inclusive = known.relation in (Relation.AT_LEAST, Relation.AT_MOST)
    return Cut(entries=tuple(entries[:size]), cursor=times[size] if inclusive else times[size - 1])


def cut_by_number(listing: Listing, limit: int, number: int, *, first: int, pages: bool) -> Cut:
    """The page of that number, or the one that begins at that item, counted from `first`."""
    offset = (number - first) * limit if pages else number - first
    shown = tuple(listing.entries[offset : offset + limit])
    more = offset + limit < len(listing.entries)
    return Cut(entries=shown, cursor=(number + 1 if pages else number + limit) if more else None)
