"""Listings that several relations share, and the contradiction of a promise that they show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypedDict, Unpack

from conformance.checks.base import Skip
from conformance.exchange import Exchange
from conformance.finding import Contradiction, Doubt, Smaller
from conformance.listing.pages import Page
from conformance.listing.visit import MOST_PAGES, Visit
from conformance.sentence import Sentence, Value
from conformance.spec.contract import Contract
from conformance.spec.promises import Promise, Relation

SMALL, OTHER = 10, 7
FEW = 20
"""Small pages that are read of a walk: enough to see how pages join, however long the collection is."""


def pages(visit: Visit, query: Mapping[str, Any] | None = None, *, most: int = MOST_PAGES) -> list[Page]:
    """All pages of a walk, or its first ones where it has more than `most`."""
    return list(visit.walk(query, most=most))


def narrow(visit: Visit, size: int = SMALL) -> list[Page]:
    """A walk in small pages, or the beginning of it."""
    return pages(visit, sized(visit.contract, size), most=FEW)


def cut(walked: Sequence[Page]) -> bool:
    """Whether a walk was left before its end, or has none."""
    return walked[-1].cursor is not None


def items_of(walked: Iterable[Page]) -> list[Any]:
    """The items of all pages, in their order."""
    return [item for page in walked for item in page.items]


def sized(contract: Contract, size: int) -> dict[str, int]:
    """The query that asks for pages of `size`, as far as the documented bounds allow."""
    if contract.limit is None:
        return {}
    bounded = max(size, contract.limit.minimum or 1)
    return {contract.limit.parameter: min(bounded, contract.limit.maximum or bounded)}


def widest(contract: Contract) -> dict[str, Any]:
    """The query with the largest documented page; nothing where no maximum is documented."""
    if contract.limit is None or contract.limit.maximum is None:
        return {}
    return {contract.limit.parameter: contract.limit.maximum}


def everything(contract: Contract) -> dict[str, Any]:
    """The query that hides nothing, in the largest pages."""
    shown = {one.parameter: True for one in contract.filters if one.relation is Relation.NULL_UNLESS_TRUE}
    return shown | widest(contract)


def look_around(visit: Visit) -> None:
    """Send what shows single pages from all sides: every item, pages of several sizes, the plain first page."""
    for size in (1, 5):
        visit.get(sized(visit.contract, size))
    visit.get()
    narrow(visit)
    pages(visit, everything(visit.contract))


def at_least(count: int, found: list[Any], what: str) -> None:
    """Skip where there are too few items to see a relation."""
    if len(found) < count:
        raise Skip(f"{len(found)} items cannot {what}; {count} are needed")


def boundary_is_open(contract: Contract) -> bool:
    """Whether pages are cut by a filter whose bound the page does not state."""
    parameter = contract.paging.parameter if contract.paging else ""
    return any(one.parameter == parameter and not one.bound_stated for one in contract.filters)


def identity(contract: Contract, item: object) -> Value:
    """What names an item, for a sentence."""
    return Value(contract.identity_of(item), most=None, field=contract.identity)


class Parts(TypedDict, total=False):
    """What a contradiction says beside the promise and the exchanges that show it."""

    expected: Sentence
    actual: Sentence
    place: str
    doubt: Doubt | None
    also: tuple[str, ...]
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]
    smaller: Smaller


def broken(promise: Promise, witness: Iterable[Exchange], **parts: Unpack[Parts]) -> Contradiction:
    """A contradiction of a promise."""
    return Contradiction(pointer=promise.pointer, says=promise.says, witness=tuple(dict.fromkeys(witness)), **parts)
