"""Counters count what they are documented to count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.checks.base import Check, Family, Need, Skip, visit_check
from conformance.checks.listings import boundary_is_open, broken, items_of, pages, sized
from conformance.contract import Contract
from conformance.finding import Finding, show
from conformance.promises import Counts
from conformance.visit import Visit


def _needs(counts: Counts) -> Need:
    def needs(contract: Contract) -> str:
        documented = any(counter.counts is counts for counter in contract.counters)
        return "" if documented else f"no counter of the {counts} is documented"

    return needs


@visit_check("count-is-page", Family.COUNTING, needs=_needs(Counts.PAGE))
def count_is_page(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """A page's counter is the number of its items."""
    for counter in contract.counters:
        for page in pages(visit, sized(contract, 10)) if counter.counts is Counts.PAGE else ():
            value = counter.value.read(page.exchange.json, page.exchange.headers)
            if _number(value) != len(page.items):
                expected = f"{len(page.items)} at {counter.value} of page {page.number}"
                yield broken("count-is-page", counter, (page.exchange,), expected=expected, actual=show(value))
                return


@visit_check("total-is-collection", Family.COUNTING, needs=_needs(Counts.COLLECTION))
def total_is_collection(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """The first page's total is the number of items that a whole walk lists."""
    walked = pages(visit, sized(contract, 10))
    if walked[-1].cursor is not None:
        raise Skip("the walk does not end")
    listed = len(items_of(walked))
    for counter in contract.counters:
        value = counter.value.read(walked[0].exchange.json, walked[0].exchange.headers)
        if counter.counts is Counts.COLLECTION and _number(value) != listed:
            witness = (walked[0].exchange, walked[-1].exchange)
            yield broken(
                "total-is-collection", counter, witness, expected=f"{listed} at {counter.value}", actual=show(value)
            )


@visit_check("total-constant", Family.COUNTING, needs=_needs(Counts.COLLECTION))
def total_constant(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """The total is the same on every page of one walk, or counts what is left where the cursor is itself a filter."""
    walked = pages(visit, sized(contract, 10))
    left = [len(items_of(walked[index:])) for index in range(len(walked))]
    for counter in contract.counters:
        if counter.counts is not Counts.COLLECTION:
            continue
        totals = [_number(counter.value.read(page.exchange.json, page.exchange.headers)) for page in walked]
        filtered = boundary_is_open(contract) and totals == left
        other = next((index for index, total in enumerate(totals) if total != totals[0]), None)
        if other is not None and not filtered:
            expected = f"{show(totals[0])} at {counter.value}, as on page 1"
            witness = (walked[0].exchange, walked[other].exchange)
            yield broken("total-constant", counter, witness, expected=expected, actual=show(totals[other]))


def _number(value: Any) -> Any:  # noqa: ANN401 - JSON
    """What a counter counts; that it is written as text, `body-matches-schema` tells."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else value


CHECKS: tuple[Check, ...] = (count_is_page, total_is_collection, total_constant)
