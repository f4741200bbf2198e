"""A limit above the largest is capped, not refused."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks._walks import broken
from conformance.checks.base import Cause, Check, Skip, visit_check
from conformance.checks.family import LIMIT
from conformance.checks.limit import answered, limit_of, varies
from conformance.finding import Contradiction, Doubt
from conformance.listing.pages import Page
from conformance.listing.visit import Visit
from conformance.sentence import said
from conformance.spec.contract import Contract
from conformance.spec.promises import Limit

FAR = 10
"""How many times the largest page is asked for, beside one item more than it."""


def _needs(contract: Contract) -> str:
    return "" if contract.limit and contract.limit.capped else "nothing documents that a larger limit is capped"


@visit_check(
    "limit-capped",
    LIMIT,
    needs=_needs,
    headline="{about} above the largest is not capped: {actual} instead of {expected}",
)
def limit_capped(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A limit above the largest gets a page of the largest: it is not refused, and gets no more."""
    limit = limit_of(contract)
    most = limit.maximum or 0
    largest = visit.page({limit.parameter: most})
    for asked in (most + 1, FAR * most):
        exchange = visit.get({limit.parameter: asked})
        if not contract.succeeds(exchange.status):
            yield answered(limit, exchange, "success", asked, place="above")
            return
        page = visit.page({limit.parameter: asked})
        if page.size > most:
            yield _of_another_size(limit, asked, page, largest)
            return
        # No page says that a capped one is full, but where every page is.
        if largest.size - page.size > len(visit.movement.aside) and not _vary(visit, limit, largest, asked, page):
            yield _of_another_size(
                limit, asked, page, largest, doubt=Doubt.AMBIGUOUS if limit.full != "stated" else None
            )
            return
    is_all = contract.paging is not None and not contract.is_counted and largest.cursor is None
    if largest.size < most or is_all:
        raise Skip(f"{largest.size} items are no more than the largest page; over {most} are needed", Cause.COLLECTION)


def _vary(visit: Visit, limit: Limit, largest: Page, asked: int, page: Page) -> bool:
    """Whether pages vary in size from one request to the next."""
    return varies(visit, {limit.parameter: limit.maximum or 0}, largest.size) or varies(
        visit, {limit.parameter: asked}, page.size
    )


def _of_another_size(
    limit: Limit, asked: int, page: Page, largest: Page, *, doubt: Doubt | None = None
) -> Contradiction:
    most = limit.maximum or 0
    few = page.size < most
    return broken(
        limit,
        (largest.exchange, page.exchange) if few else (page.exchange,),
        expected=said(
            "{size} items for {parameter}={asked}, as for {parameter}={most}"
            if few
            else "at most {most} items for {parameter}={asked}",
            size=largest.size,
            parameter=limit.parameter,
            asked=asked,
            most=most,
        ),
        actual=said("{size} items", size=page.size),
        place="few" if few else "many",
        also=(limit.pointer.below("capped"),),
        doubt=doubt,
    )


CHECKS: tuple[Check, ...] = (limit_capped,)
