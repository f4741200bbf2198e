"""Pages of one walk belong together: nothing twice, nothing lost, an end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import evolve

from conformance.checks._walks import (
    OTHER,
    SMALL,
    at_least,
    boundary_is_open,
    broken,
    cut,
    items_of,
    narrow,
    pages,
    sized,
    some,
    widest,
)
from conformance.checks._witness import from_cursors, lost_between
from conformance.checks.base import Check, Family, Skip, exchange_check, visit_check
from conformance.checks.limit import asked_limit
from conformance.exchange import Exchange
from conformance.finding import Finding, show
from conformance.jsontext import Json
from conformance.listing.pages import NotAPage, Page, read_page
from conformance.listing.visit import Visit
from conformance.spec.contract import Contract
from conformance.spec.promises import Order, Paging
from conformance.spec.values import identities, key

IDLE = 3
"""Pages in a row without a new item, after which a walk is not going to end."""


def _needs(contract: Contract) -> str:
    return "" if contract.paging else "no paging is documented"


def _promise(contract: Contract) -> Paging:
    """The paging promise, a warning where pages are cut at a bound that the page does not state."""
    if contract.paging is None:
        raise Skip("no paging is documented")
    return evolve(contract.paging, stated=contract.paging.stated and not boundary_is_open(contract))


@visit_check("pages-disjoint", Family.PAGING, needs=_needs)
def pages_disjoint(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """No item appears on two pages of one walk."""
    walked = narrow(visit)
    if len(walked) < 2:  # noqa: PLR2004 - two pages
        raise Skip(f"{len(items_of(walked))} items do not fill two pages of {SMALL}")
    repeats = list(_repeats(contract, walked))
    if len(repeats) <= visit.movement.pushed_back:
        return
    name, first, second = repeats[0]
    yield broken(
        "pages-disjoint",
        _promise(contract),
        (first.exchange, second.exchange),
        expected="no item on two pages of one walk",
        actual=f"item {name} on page {first.number} and on page {second.number}",
        unexpected=tuple(name for name, _, _ in repeats),
        smaller=from_cursors(visit, {}, walked, lambda two: bool(list(_repeats(contract, two)))),
    )


def _repeats(contract: Contract, walked: list[Page]) -> Iterator[tuple[str, Page, Page]]:
    first: dict[str, Page] = {}
    for page in walked:
        for name in identities(contract, page.items):
            if first.setdefault(name, page) is not page:
                yield name, first[name], page


@visit_check("pages-complete", Family.PAGING, needs=_needs)
def pages_complete(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """Walks with pages of different sizes list the same items."""
    if contract.limit is None:
        raise Skip("no limit is documented, so pages have one size")
    walks = [narrow(visit), narrow(visit, OTHER), pages(visit, widest(contract))]
    at_least(OTHER + 1, items_of(walks[0]), "fill pages of different sizes")
    lists = [dict(zip(identities(contract, items_of(walked)), items_of(walked), strict=True)) for walked in walks]
    whole = {name: item for listed in lists for name, item in listed.items()}
    compared = _comparable(contract, walks, whole)
    for walked, listed in zip(walks, lists, strict=True):
        lost = sorted(compared - listed.keys())
        if len(lost) > visit.movement.drawn_up:
            yield broken(
                "pages-complete",
                _promise(contract),
                (walked[0].exchange, walked[-1].exchange),
                expected=f"{len(compared)} items, as other page sizes list",
                actual=f"{len(compared & listed.keys())} in pages of {walked[0].size}; missing {some(lost)}",
                missing=tuple(lost),
                smaller=lost_between(visit, {}, walks[0], contract.limit.maximum or 2 * SMALL),
            )
            return


def _comparable(contract: Contract, walks: list[list[Page]], whole: dict[str, Json]) -> set[str]:
    """The items that every walk must have come to: all, or those before the place where the shortest one was left."""
    left = [walked for walked in walks if cut(walked) and not _loops(walked)]
    if not left:
        return set(whole)
    if contract.order is None:
        raise Skip("the collection is longer than what is walked, and no order is documented")
    order = contract.order
    # What moved is set aside, so that a page may have no item left.
    ends = [key(order, items[-1])[0] for items in map(items_of, left) if items]
    if not ends:
        raise Skip("the collection is longer than what is walked, and all of it moved")
    try:
        nearest = max(ends) if order.direction == "desc" else min(ends)
        return {name for name, item in whole.items() if _before(order, item, nearest)}
    except TypeError:
        raise Skip(f"{order.by[0]} of some items has no place in the order") from None


def _before(order: Order, item: Json, end: Any) -> bool:  # noqa: ANN401 - compared
    place = key(order, item)[0]
    return bool(place > end if order.direction == "desc" else place < end)


def _loops(walked: list[Page]) -> bool:
    return [page.cursor for page in walked].count(walked[-1].cursor) > 1


@visit_check("walk-ends", Family.PAGING, needs=_needs)
def walk_ends(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """A walk names no cursor twice, and does not go on without a new item."""
    walked = narrow(visit)
    if cut(walked) and not _loops(walked) and not _idle(contract, walked):
        walked = pages(visit, widest(contract))
    last = walked[-1]
    if last.cursor is None:
        return
    seen = [page for page in walked if page.cursor == last.cursor]
    if len(seen) > 1:
        actual = f"cursor {show(last.cursor, most=60)} again, on pages {seen[0].number} and {last.number}"
        first = seen[0]
    elif _idle(contract, walked):
        actual, first = f"{IDLE} pages without a new item, and still a cursor on page {last.number}", walked[-2]
    else:
        raise Skip(f"{last.number} pages hold {len(items_of(walked))} items, and the walk goes on")
    expected = "a new cursor on every page, and none on the last"
    promise = evolve(_promise(contract), stated=True)
    yield broken("walk-ends", promise, (first.exchange, last.exchange), expected=expected, actual=actual)


def _idle(contract: Contract, walked: list[Page]) -> bool:
    before = set(identities(contract, items_of(walked[:-IDLE])))
    return len(walked) > IDLE and not (set(identities(contract, items_of(walked[-IDLE:]))) - before)


def _needs_end(contract: Contract) -> str:
    return "pages are counted, and an empty one is the last" if contract.is_counted else _needs(contract)


@visit_check("last-page-ends", Family.PAGING, needs=_needs_end)
def last_page_ends(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """The last page shows its end in the documented way."""
    promise = evolve(_promise(contract), stated=True)
    last = pages(visit, widest(contract))[-1]
    if last.cursor is not None:
        raise Skip("the walk does not end")
    if last.ending not in promise.ends:
        expected = f"{' or '.join(promise.ends)} at {promise.cursor}"
        yield broken("last-page-ends", promise, (last.exchange,), expected=expected, actual=last.ending)


def _needs_full(contract: Contract) -> str:
    if contract.is_counted:
        return "pages are counted, so no page says that it is not the last"
    documented = contract.paging is not None and contract.limit is not None and contract.limit.full
    return "" if documented else "nothing documents that pages are full"


def _goes_on(contract: Contract, exchange: Exchange) -> Page | None:
    """The page in an exchange, where it is not the last one and its limit is known."""
    try:
        page = read_page(contract, exchange, number=1)
    except NotAPage:
        return None
    return page if page.cursor is not None and asked_limit(contract, exchange) else None


def _sees_full(contract: Contract, exchange: Exchange) -> bool:
    return _goes_on(contract, exchange) is not None


@exchange_check("page-full", Family.PAGING, needs=_needs_full, sees=_sees_full)
def page_full(contract: Contract, exchange: Exchange) -> Iterator[Finding]:
    """A page that is not the last holds as many items as its limit, where the documentation says so."""
    page, limit = _goes_on(contract, exchange), contract.limit
    most = asked_limit(contract, exchange)
    if page is not None and limit is not None and page.size != most:
        promise = evolve(limit, stated=limit.full == "stated")
        expected = f"{most} items on a page that is not the last"
        yield broken("page-full", promise, (exchange,), expected=expected, actual=f"{page.size} items")


def _needs_cursor(contract: Contract) -> str:
    return "pages are counted, so there is no cursor" if contract.is_counted else _needs(contract)


@visit_check("cursor-opaque", Family.PAGING, needs=_needs_cursor)
def cursor_opaque(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """A cursor that the server never gave is not read as the first page."""
    promise = _promise(contract)
    refusal = contract.refusal(f"unknown-{promise.parameter}")
    if refusal is None:
        raise Skip("nothing documents what answers a broken cursor")
    first = visit.page(sized(contract, SMALL))
    if first.cursor is None:
        raise Skip("one page holds everything, so no cursor was given")
    tampered = f"{str(first.cursor)[:-2]}~~"
    answer = visit.get(sized(contract, SMALL) | {promise.parameter: tampered})
    if _same_page(contract, first, answer):
        expected = f"{' or '.join(refusal.status)} for a broken cursor"
        yield broken(
            "cursor-opaque", refusal, (first.exchange, answer), expected=expected, actual="the first page again"
        )


def _same_page(contract: Contract, first: Page, answer: Exchange) -> bool:
    try:
        again = read_page(contract, answer, number=1)
    except NotAPage:
        return False
    return bool(first.items) and identities(contract, again.items[:1]) == identities(contract, first.items[:1])


CHECKS: tuple[Check, ...] = (pages_disjoint, pages_complete, walk_ends, last_page_ends, page_full, cursor_opaque)
