"""Listings that several relations share, and the contradiction of a promise that they show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypedDict, Unpack

from attrs import define

from conformance.checks.base import Cause, Skip
from conformance.exchange import Exchange
from conformance.finding import Contradiction, Doubt, Smaller
from conformance.jsontext import Json
from conformance.listing.pages import REFUSED, NotAPage, Page
from conformance.listing.visit import MOST_PAGES, Visit
from conformance.pointer import TOP, Pointer
from conformance.sentence import Sentence, Value
from conformance.spec.contract import Contract
from conformance.spec.promises import Promise
from conformance.spec.values import comparable

SMALL, OTHER = 10, 7
FEW = 20
"""Small pages that are read of a walk: enough to see how pages join, however long the collection is."""


def pages(visit: Visit, query: Mapping[str, Json] | None = None, *, most: int = MOST_PAGES) -> list[Page]:
    """All pages of a walk, or its first ones where it has more than `most`."""
    return list(visit.walk(query, most=most))


def narrow(visit: Visit, size: int = SMALL) -> list[Page]:
    """A walk in small pages, or the beginning of it."""
    return pages(visit, sized(visit.contract, size), most=FEW)


def in_pages(visit: Visit, query: Mapping[str, Json], *, most: int = MOST_PAGES) -> list[Page]:
    """A walk, or its beginning, in the largest pages; in small ones where one page holds it, so that pages join."""
    walked = pages(visit, widest(visit.contract) | dict(query), most=most)
    if len(walked) > 1 or visit.contract.paging is None or visit.contract.limit is None:
        return walked
    return pages(visit, sized(visit.contract, SMALL) | dict(query), most=3)


def cut(walked: Sequence[Page]) -> bool:
    """Whether a walk was left before its end, or has none; a refusal after a full page need not be one."""
    if walked[-1].ending == REFUSED:
        return walked[-2].size >= walked[0].size
    return walked[-1].cursor is not None


def whole_walk(contract: Contract, walked: Sequence[Page]) -> bool:
    """Whether a walk came to its end, and no limit cut off the rest of a listing without pages."""
    limit = contract.limit
    if cut(walked) or contract.paging is not None or limit is None:
        return not cut(walked)
    asked = [value for name, value in walked[0].exchange.query if name == limit.parameter]
    most = int(asked[-1]) if asked and asked[-1].isdecimal() else limit.default
    return most is not None and len(items_of(walked)) < most


def loops(walked: Sequence[Page]) -> bool:
    """Whether the last cursor of a walk came before."""
    return cut(walked) and [page.cursor for page in walked].count(walked[-1].cursor) > 1


@define
class Attempts:
    """Listings in which something is looked for, and the answer that kept one of them from being read."""

    seen: bool = False
    """Whether one of them could show it."""
    stopped_by: Exchange | None = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """While the context lasts, an answer that is no page ends it, and nothing more."""
        try:
            yield
        except NotAPage as stop:
            self.stopped_by = stop.exchange

    def is_whole(self, contract: Contract, walked: Sequence[Page]) -> bool:
        """Whether a walk came to its end, so that it shows what is looked for."""
        whole = whole_walk(contract, walked)
        self.seen = self.seen or whole
        if loops(walked):
            self.stopped_by = walked[-1].exchange
        return whole

    def end(self, why: str) -> None:
        """Skip where none of them showed it: by the server where it is the one that stopped them."""
        if not self.seen:
            raise Skip(why, Cause.SERVER if self.stopped_by else Cause.COLLECTION, stopped_by=self.stopped_by)


def items_of(walked: Iterable[Page]) -> list[Json]:
    """The items of all pages, in their order."""
    return [item for page in walked for item in page.items]


def sized(contract: Contract, size: int) -> dict[str, int]:
    """The query that asks for pages of `size`, as far as the documented bounds allow."""
    if contract.limit is None:
        return {}
    bounded = max(size, contract.limit.minimum or 1)
    return {contract.limit.parameter: min(bounded, contract.limit.maximum or bounded)}


def widest(contract: Contract) -> dict[str, Json]:
    """The query with the largest documented page; nothing where no maximum is documented."""
    if contract.limit is None or contract.limit.maximum is None:
        return {}
    return {contract.limit.parameter: contract.limit.maximum}


def everything(contract: Contract) -> dict[str, Json]:
    """The query that hides nothing, in the largest pages."""
    shown = {one.parameter: one.showing for one in contract.filters if one.hides}
    return shown | widest(contract)


def look_around(visit: Visit) -> None:
    """Send what shows single pages from all sides: every item, pages of several sizes, the plain first page."""
    for size in (1, 5):
        visit.get(sized(visit.contract, size))
    visit.get()
    narrow(visit)
    pages(visit, everything(visit.contract))


def at_least(count: int, found: Sequence[object], what: str) -> None:
    """Skip where there are too few items to see a relation."""
    if len(found) < count:
        raise Skip(f"{len(found)} items cannot {what}; {count} are needed", Cause.COLLECTION)


def boundary_is_open(contract: Contract) -> bool:
    """Whether pages are cut by a filter whose bound the page does not state."""
    return bool(open_boundary(contract))


def open_boundary(contract: Contract) -> tuple[Pointer, ...]:
    """Where the spec has a bound that cuts pages, and that the page does not state; nothing where none does."""
    parameter = contract.paging.parameter if contract.paging else ""
    cutting = [one for one in contract.filters if one.parameter == parameter and not one.bound_stated]
    return tuple(one.pointer.below("bound") for one in cutting)


def cutting_field(contract: Contract) -> Pointer:
    """The field of an item by which an open bound cuts pages; empty where none does."""
    cutting = [one.field for one in contract.filters if one.pointer.below("bound") in open_boundary(contract)]
    return next(iter(cutting), TOP)


def at_edges(contract: Contract, walked: Sequence[Page], items: Iterable[Json]) -> bool:
    """Whether all items tie with the last of some page, of a walk that an open bound cuts into pages."""
    field = cutting_field(contract)
    if not field:
        return False
    ends = [field.get(page.items[-1]) for page in walked if page.items]
    edges = {comparable(end) for end in ends if isinstance(end, int | float | str)}
    return all(comparable(field.get(item)) in edges for item in items)


def identity(contract: Contract, item: Json) -> Value:
    """What names an item, for a sentence."""
    return Value(contract.identity_of(item), most=None, field=contract.identity)


class Parts(TypedDict, total=False):
    """What a contradiction says beside the promise and the exchanges that show it."""

    expected: Sentence
    actual: Sentence
    place: str
    headline: str
    doubt: Doubt | None
    also: tuple[Pointer, ...]
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]
    among: int
    smaller: Smaller


def broken(promise: Promise, witness: Iterable[Exchange], **parts: Unpack[Parts]) -> Contradiction:
    """A contradiction of a promise."""
    return Contradiction(pointer=promise.pointer, says=promise.says, witness=tuple(dict.fromkeys(witness)), **parts)
