"""Counters count what they are documented to count."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, repeat

from conformance.checks._filter_values import asked, chosen, whole_of
from conformance.checks._walks import (
    FEW,
    SMALL,
    boundary_is_open,
    broken,
    cut,
    everything,
    items_of,
    loops,
    narrow,
    pages,
    sized,
    widest,
)
from conformance.checks.base import Cause, Check, Need, Skip, exchange_check, visit_check
from conformance.checks.family import COUNTING
from conformance.exchange import Exchange
from conformance.finding import Contradiction
from conformance.jsontext import Json
from conformance.listing.pages import REFUSED, Page, is_page, read_page
from conformance.listing.visit import Visit
from conformance.pointer import MISSING, Found, Pointer
from conformance.sentence import Sentence, Value, said
from conformance.spec.contract import Contract
from conformance.spec.promises import Counter, Counts


def _needs(counts: Counts) -> Need:
    def needs(contract: Contract) -> str:
        documented = any(counter.counts is counts for counter in contract.counters)
        return "" if documented else f"no counter of the {counts} is documented"

    return needs


@exchange_check("count-is-page", COUNTING, needs=_needs(Counts.PAGE), sees=is_page)
def count_is_page(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """A page's counter is the number of its items."""
    size = read_page(contract, exchange, number=1).size
    for counter in contract.counters:
        value = counter.value.read(exchange.json, exchange.headers)
        if counter.counts is Counts.PAGE and _number(value) != size and not _left_out(contract, counter, value):
            expected = said("{size} at {place}, as the page holds", size=size, place=counter.value)
            yield broken(counter, (exchange,), expected=expected, actual=_shown(value))


@visit_check("total-is-collection", COUNTING, needs=_needs(Counts.COLLECTION), recorded=True, movable=True)
def total_is_collection(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The first page's total is the number of items that a whole walk lists."""
    walked = _whole_walk(visit)
    listed = sum(page.size for page in walked)
    for counter in contract.counters:
        value = counter.value.read(walked[0].exchange.json, walked[0].exchange.headers)
        if counter.counts is not Counts.COLLECTION or _left_out(contract, counter, value):
            continue
        if not _near(value, listed, visit):
            witness = (walked[0].exchange, walked[-1].exchange)
            expected = said(
                "{listed} at {place}, as {pages}", listed=listed, place=counter.value, pages=_all_of(walked)
            )
            yield broken(counter, witness, expected=expected, actual=_shown(value))


def _left_out(contract: Contract, counter: Counter, value: Found) -> bool:
    """Whether a counter is absent where the documentation lets it be."""
    return value is MISSING and contract.may_lack(counter.value)


def _shown(value: object) -> Sentence:
    return said("{value}", value=Value(value))


def _all_of(walked: list[Page]) -> str:
    return f"the {len(walked)} pages from the first to the last list" if len(walked) > 1 else "the only page lists"


def _whole_walk(visit: Visit) -> list[Page]:
    """A walk to its end: in small pages, or in the largest where small ones are too many."""
    for query in (sized(visit.contract, SMALL), widest(visit.contract)):
        walked = pages(visit, query, most=FEW)
        if not cut(walked):
            return walked
    raise Skip(f"the walk does not end within {FEW} pages", Cause.SERVER if loops(walked) else Cause.COLLECTION)


def _near(value: Found, wanted: Found, visit: Visit) -> bool:
    """Whether a total is the wanted one, or off by no more than what moved meanwhile."""
    one, other = _number(value), _number(wanted)
    if type(one) is not int or type(other) is not int:
        return one == other
    return abs(one - other) <= len(visit.movement.aside)


@visit_check("total-constant", COUNTING, needs=_needs(Counts.COLLECTION), recorded=True, movable=True)
def total_constant(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The total is the same on every page of one walk, or counts what is left where the cursor is itself a filter."""
    walked = _whole_walk(visit) if boundary_is_open(contract) else narrow(visit)
    walked = [page for page in walked if page.ending != REFUSED]
    left = [sum(page.size for page in walked[index:]) for index in range(len(walked))]
    for counter in contract.counters:
        if counter.counts is not Counts.COLLECTION:
            continue
        totals = [counter.value.read(page.exchange.json, page.exchange.headers) for page in walked]
        if any(_left_out(contract, counter, total) for total in totals):
            continue
        of_the_rest = boundary_is_open(contract) and all(map(_near, totals, left, repeat(visit)))
        other = next((index for index, total in enumerate(totals) if not _near(total, totals[0], visit)), None)
        if other is not None and not of_the_rest:
            expected = said("{value} at {place}, as on page 1", value=Value(totals[0]), place=counter.value)
            witness = (walked[0].exchange, walked[other].exchange)
            yield broken(counter, witness, expected=expected, actual=_shown(totals[other]))


@visit_check("total-is-matching", COUNTING, needs=_needs(Counts.MATCHING))
def total_is_matching(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A counter of the items that match counts those: with its own condition, or with the request's filters."""
    whole = whole_of(contract, visit)
    for counter in contract.counters:
        for walked, wanted in _matching(contract, visit, counter, whole):
            value = counter.value.read(walked[0].exchange.json, walked[0].exchange.headers)
            if not _near(value, wanted, visit) and not _left_out(contract, counter, value):
                expected = said("{wanted} at {place}, as many as match", wanted=wanted, place=counter.value)
                yield broken(counter, (walked[0].exchange,), expected=expected, actual=_shown(value))
                break


def _matching(
    contract: Contract, visit: Visit, counter: Counter, whole: list[Json]
) -> Iterator[tuple[list[Page], int]]:
    """Listings, each with the number that the counter must show on it."""
    if counter.counts is not Counts.MATCHING:
        return
    yield pages(visit, everything(contract)), _counted(counter, whole)
    for promise in contract.filters if counter.filtered else ():
        for value, item in islice(chosen(contract, promise, whole), 1):
            walked = asked(contract, visit, promise, value, item)
            if not cut(walked):
                yield walked, _counted(counter, items_of(walked))


def _counted(counter: Counter, items: list[Json]) -> int:
    """How many of some items the counter counts."""
    if not counter.where:
        return len(items)
    return sum(Pointer(counter.where["field"]).get(item) == counter.where["equals"] for item in items)


def _number(value: Found) -> Found:
    """What a counter counts; that it is written as text, `body-matches-schema` tells."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else value


CHECKS: tuple[Check, ...] = (count_is_page, total_is_collection, total_constant, total_is_matching)
