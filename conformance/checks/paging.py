"""Pages of one walk belong together: nothing twice, nothing lost, an end."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from conformance.checks.base import Check, Family, Skip, visit_check
from conformance.checks.listings import (
    OTHER,
    SMALL,
    at_least,
    boundary_is_open,
    broken,
    items_of,
    pages,
    sized,
    some,
    widest,
)
from conformance.contract import Contract
from conformance.finding import Finding, show
from conformance.promises import Paging
from conformance.reading import identities
from conformance.visit import MOST_PAGES, Visit


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
    walked = pages(visit, sized(contract, SMALL))
    if len(walked) < 2:  # noqa: PLR2004 - two pages
        raise Skip(f"{len(items_of(walked))} items do not fill two pages of {SMALL}")
    first: dict[str, int] = {}
    for page in walked:
        for name in identities(contract, page.items):
            if first.setdefault(name, page.number) != page.number:
                actual = f"item {name} on page {first[name]} and on page {page.number}"
                witness = (walked[first[name] - 1].exchange, page.exchange)
                expected = "no item on two pages of one walk"
                yield broken("pages-disjoint", _promise(contract), witness, expected=expected, actual=actual)
                return


@visit_check("pages-complete", Family.PAGING, needs=_needs)
def pages_complete(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """Walks with pages of different sizes list the same items."""
    if contract.limit is None:
        raise Skip("no limit is documented, so pages have one size")
    walks = [pages(visit, query) for query in (sized(contract, SMALL), sized(contract, OTHER), widest(contract))]
    at_least(OTHER + 1, items_of(walks[0]), "fill pages of different sizes")
    lists = [set(identities(contract, items_of(walked))) for walked in walks]
    whole = set().union(*lists)
    for walked, listed in zip(walks, lists, strict=True):
        if listed != whole:
            sizes = f"pages of {len(walked[0].items)}"
            yield broken(
                "pages-complete",
                _promise(contract),
                (walked[0].exchange, walked[-1].exchange),
                expected=f"{len(whole)} items, as other page sizes list",
                actual=f"{len(listed)} in {sizes}; missing {some(sorted(whole - listed))}",
            )
            return


@visit_check("walk-ends", Family.PAGING, needs=_needs)
def walk_ends(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """A walk names no cursor twice, and ends."""
    walked = pages(visit, sized(contract, SMALL))
    last = walked[-1]
    if last.cursor is None:
        return
    seen = [page.number for page in walked if page.cursor == last.cursor]
    loop = f"cursor {show(last.cursor, most=60)} again, on pages {seen[0]} and {last.number}"
    yield broken(
        "walk-ends",
        evolve(_promise(contract), stated=True),
        (walked[seen[0] - 1].exchange, last.exchange),
        expected="a new cursor on every page, and none on the last",
        actual=loop if len(seen) > 1 else f"no end after {MOST_PAGES} pages",
    )


@visit_check("last-page-ends", Family.PAGING, needs=_needs)
def last_page_ends(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """The last page shows its end in the documented way."""
    promise = evolve(_promise(contract), stated=True)
    last = pages(visit, widest(contract))[-1]
    if last.cursor is not None:
        raise Skip("the walk does not end")
    if last.ending not in promise.ends:
        expected = f"{' or '.join(promise.ends)} at {promise.cursor}"
        yield broken("last-page-ends", promise, (last.exchange,), expected=expected, actual=last.ending)


@visit_check("page-full", Family.PAGING, needs=_needs)
def page_full(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """A page that is not the last holds as many items as its limit, where the documentation says so."""
    limit = contract.limit
    if limit is None or not limit.full:
        raise Skip("nothing documents that pages are full")
    queries = (sized(contract, SMALL), sized(contract, OTHER), widest(contract))
    for page, most in [(page, query[limit.parameter]) for query in queries if query for page in pages(visit, query)]:
        if page.cursor is not None and len(page.items) != most:
            promise = evolve(limit, stated=limit.full == "stated")
            expected = f"{most} items on page {page.number}, which is not the last"
            yield broken("page-full", promise, (page.exchange,), expected=expected, actual=f"{len(page.items)} items")
            return


@visit_check("cursor-opaque", Family.PAGING, needs=_needs)
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
    if answer.json == first.exchange.json:
        expected = f"{' or '.join(refusal.status)} for a broken cursor"
        yield broken(
            "cursor-opaque", refusal, (first.exchange, answer), expected=expected, actual="the first page again"
        )


CHECKS: tuple[Check, ...] = (pages_disjoint, pages_complete, walk_ends, last_page_ends, page_full, cursor_opaque)
