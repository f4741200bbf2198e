"""Pages of one walk belong together: nothing twice, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.checks._walks import (
    OTHER,
    SMALL,
    Attempts,
    at_edges,
    at_least,
    broken,
    cut,
    items_of,
    loops,
    narrow,
    open_boundary,
    pages,
    sized,
    widest,
)
from conformance.checks._witness import from_cursors, lost_between
from conformance.checks.base import Cause, Check, Skip, visit_check
from conformance.checks.family import PAGING
from conformance.finding import Contradiction
from conformance.jsontext import Json
from conformance.listing.pages import REFUSED, Page
from conformance.listing.visit import Visit
from conformance.sentence import Name, Names, said
from conformance.spec.contract import Contract
from conformance.spec.order import Order
from conformance.spec.promises import Paging
from conformance.spec.values import identities, key, named

_EMPTY = "a first page without items; missing {names}"


def needs_paging(contract: Contract) -> str:
    """Why there is no paging to test."""
    return "" if contract.paging else "no paging is documented"


def paging_of(contract: Contract) -> Paging:
    """What is promised of pages."""
    if contract.paging is None:
        raise Skip("no paging is documented", Cause.DOCUMENTATION)
    return contract.paging


@visit_check(
    "pages-disjoint",
    PAGING,
    needs=needs_paging,
    recorded=True,
    movable=True,
    no_proposal="Pages that overlap are no pages of one listing.",
    headline="pages overlap: {actual}",
)
def pages_disjoint(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """No item appears on two pages of one walk."""
    walked = narrow(visit)
    filled = [page for page in walked if page.size]
    attempts = Attempts(len(filled) > 1, walked[-1].exchange if walked[-1].ending == REFUSED else None)
    attempts.end(f"{len(items_of(walked))} items do not fill two pages of {SMALL}")
    repeats = list(_repeats(contract, walked))
    if len(repeats) <= visit.movement.pushed_back:
        return
    _, name, first, second = repeats[0]
    yield broken(
        paging_of(contract),
        (first.exchange, second.exchange),
        expected=said("no item on two pages of one walk"),
        actual=said(
            "item {name} on page {first} and on page {second}",
            name=Name.of(name),
            first=first.number,
            second=second.number,
        ),
        also=open_boundary(contract) if at_edges(contract, walked, [item for item, *_ in repeats]) else (),
        unexpected=tuple(name for _, name, _, _ in repeats),
        smaller=from_cursors(visit, {}, walked, lambda two: bool(list(_repeats(contract, two)))),
    )


def _repeats(contract: Contract, walked: list[Page]) -> Iterator[tuple[Json, str, Page, Page]]:
    """Items that come again, each with its name and both pages."""
    first: dict[str, Page] = {}
    for page in walked:
        for item, name in named(contract, page.items):
            if first.setdefault(name, page) is not page:
                yield item, name, first[name], page


@visit_check(
    "pages-complete",
    PAGING,
    needs=needs_paging,
    no_proposal="Items that no page shows cannot be documented into view.",
    headline="pages lose items: {actual}, of {expected}",
)
def pages_complete(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """Walks with pages of different sizes list the same items."""
    if contract.limit is None:
        raise Skip("no limit is documented, so pages have one size", Cause.DOCUMENTATION)
    walks = [narrow(visit), narrow(visit, OTHER), pages(visit, widest(contract)), *_of_one(contract, visit)]
    at_least(OTHER + 1, max(map(items_of, walks), key=len), "fill pages of different sizes")
    lists = [dict(zip(identities(contract, items_of(walked)), items_of(walked), strict=True)) for walked in walks]
    whole = {name: item for listed in lists for name, item in listed.items()}
    compared = _comparable(contract, walks, whole)
    for walked, listed in zip(walks, lists, strict=True):
        lost = sorted(compared - listed.keys())
        if len(lost) > visit.movement.drawn_up:
            yield broken(
                paging_of(contract),
                (walked[0].exchange, walked[-1].exchange),
                expected=said("{count} items, as other page sizes list", count=len(compared)),
                actual=said(
                    "{count} in pages of {size}; missing {names}" if walked[0].size else _EMPTY,
                    count=len(compared & listed.keys()),
                    size=walked[0].size,
                    names=Names.of(lost),
                ),
                also=open_boundary(contract) if at_edges(contract, walked, [whole[name] for name in lost]) else (),
                missing=tuple(lost),
                smaller=lost_between(visit, {}, walks[0], contract.limit.maximum or 2 * SMALL),
            )
            return


def _of_one(contract: Contract, visit: Visit) -> Iterator[list[Page]]:
    """A walk in pages of one item, where they are counted and an empty first page says that nothing is there."""
    if contract.is_counted:
        first = visit.page(sized(contract, 1))
        if not first.size:
            yield [first]


def _comparable(contract: Contract, walks: list[list[Page]], whole: dict[str, Json]) -> set[str]:
    """The items that every walk must have come to: all, or those before the place where the shortest one was left."""
    left = [walked for walked in walks if cut(walked) and not loops(walked)]
    if not left:
        return set(whole)
    if contract.order is None:
        raise Skip("the collection is longer than what is walked, and no order is documented", Cause.COLLECTION)
    order = contract.order
    # What moved is set aside, so that a page may have no item left.
    ends = [key(order, items[-1])[0] for items in map(items_of, left) if items]
    if not ends:
        raise Skip("the collection is longer than what is walked, and all of it moved", Cause.COLLECTION)
    try:
        nearest = max(ends) if order.direction == "desc" else min(ends)
        return {name for name, item in whole.items() if _before(order, item, nearest)}
    except TypeError:
        raise Skip(f"{order.by[0]} of some items has no place in the order", Cause.COLLECTION) from None


def _before(order: Order, item: Json, end: Any) -> bool:  # noqa: ANN401 - compared
    place = key(order, item)[0]
    return bool(place > end if order.direction == "desc" else place < end)


CHECKS: tuple[Check, ...] = (pages_disjoint, pages_complete)
