"""Cursors lead to an end: none comes twice, none stands on the last page, and none but those given is one."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks._walks import SMALL, broken, cut, items_of, loops, narrow, pages, sized, widest
from conformance.checks.base import Cause, Check, Skip, exchange_check, visit_check
from conformance.checks.family import PAGING
from conformance.checks.limit import asked_limit
from conformance.checks.paging import needs_paging, paging_of
from conformance.exchange import Exchange
from conformance.finding import Contradiction
from conformance.listing.pages import NotAPage, Page, read_page
from conformance.listing.visit import IDLE, Visit
from conformance.sentence import Value, said
from conformance.spec.contract import Contract
from conformance.spec.values import identities


@visit_check(
    "walk-ends",
    PAGING,
    needs=needs_paging,
    recorded=True,
    no_proposal="A cursor that leads back to itself lists nothing more; no client can use it.",
    headline="a walk does not end: {actual}",
)
def walk_ends(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A walk names no cursor twice, and does not go on without a new item."""
    walked = narrow(visit)
    if cut(walked) and not loops(walked) and not _idle(contract, walked):
        walked = pages(visit, widest(contract))
    last = walked[-1]
    if last.cursor is None:
        return
    seen = [page for page in walked if page.cursor == last.cursor]
    if len(seen) > 1:
        first, cursor = seen[0], Value(last.cursor, most=60)
        again = "cursor {cursor} again, on pages {first} and {last}"
        actual = said(again, cursor=cursor, first=first.number, last=last.number)
    elif _idle(contract, walked):
        first, idle = walked[-2], "{count} pages without a new item, and still a cursor on page {last}"
        actual = said(idle, count=IDLE, last=last.number)
    else:
        raise Skip(f"{last.number} pages hold {len(items_of(walked))} items, and the walk goes on", Cause.COLLECTION)
    expected = said("a new cursor on every page, and none on the last")
    yield broken(paging_of(contract), (first.exchange, last.exchange), expected=expected, actual=actual)


def _idle(contract: Contract, walked: list[Page]) -> bool:
    before = set(identities(contract, items_of(walked[:-IDLE])))
    return len(walked) > IDLE and not (set(identities(contract, items_of(walked[-IDLE:]))) - before)


def _needs_end(contract: Contract) -> str:
    return "pages are counted, and an empty one is the last" if contract.is_counted else needs_paging(contract)


@visit_check(
    "last-page-ends",
    PAGING,
    needs=_needs_end,
    recorded=True,
    headline="the last page does not show its end: {actual} instead of {expected}",
)
def last_page_ends(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The last page shows its end in the documented way."""
    promise = paging_of(contract)
    walked = pages(visit, widest(contract))
    last = walked[-1]
    if last.cursor is not None:
        raise Skip("the walk does not end", Cause.SERVER if loops(walked) else Cause.COLLECTION)
    if last.ending not in promise.ends:
        expected = said("{ends} at {place}", ends=" or ".join(promise.ends), place=promise.place)
        actual, ends = said("{ending}", ending=last.ending), contract.pointer.below("x-conformance", "paging", "ends")
        yield broken(promise, (last.exchange,), expected=expected, actual=actual, also=(ends,))


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


@exchange_check(
    "page-full",
    PAGING,
    needs=_needs_full,
    sees=_sees_full,
    headline="a page is not full: {actual} instead of {expected}",
)
def page_full(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """A page that is not the last holds as many items as its limit, where the documentation says so."""
    page, limit = _goes_on(contract, exchange), contract.limit
    most = asked_limit(contract, exchange)
    if page is not None and limit is not None and page.size != most:
        expected = said("{most} items on a page that is not the last", most=most or 0)
        actual = said("{size} items", size=page.size)
        yield broken(limit, (exchange,), expected=expected, actual=actual, also=(limit.pointer.below("full"),))


def _needs_cursor(contract: Contract) -> str:
    return "pages are counted, so there is no cursor" if contract.is_counted else needs_paging(contract)


@visit_check(
    "cursor-opaque",
    PAGING,
    needs=_needs_cursor,
    no_proposal="A cursor that was never given leads nowhere; that it restarts is an accident.",
    headline="a broken cursor is read: {actual} instead of {expected}",
)
def cursor_opaque(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A cursor that the server never gave is not read as the first page."""
    promise = paging_of(contract)
    refusal = contract.refusal(f"unknown-{promise.parameter}")
    if refusal is None:
        raise Skip("nothing documents what answers a broken cursor", Cause.DOCUMENTATION)
    first = visit.page(sized(contract, SMALL))
    if first.cursor is None:
        raise Skip("one page holds everything, so no cursor was given", Cause.COLLECTION)
    tampered = f"{str(first.cursor)[:-2]}~~"
    answer = visit.get(sized(contract, SMALL) | {promise.parameter: tampered})
    if _same_page(contract, first, answer):
        expected = said("{statuses} for a broken cursor", statuses=" or ".join(refusal.status))
        actual = said("the first page again")
        yield broken(refusal, (first.exchange, answer), expected=expected, actual=actual)


def _same_page(contract: Contract, first: Page, answer: Exchange) -> bool:
    try:
        again = read_page(contract, answer, number=1)
    except NotAPage:
        return False
    return bool(first.items) and identities(contract, again.items[:1]) == identities(contract, first.items[:1])


CHECKS: tuple[Check, ...] = (walk_ends, last_page_ends, page_full, cursor_opaque)
