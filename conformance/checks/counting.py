"""Counters count what they are documented to count."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

from conformance.checks._filter_values import chosen, filtered, whole_of
from conformance.checks._walks import (
    FEW,
    SMALL,
    Attempts,
    boundary_is_open,
    broken,
    everything,
    items_of,
    loops,
    narrow,
    pages,
    sized,
    whole_walk,
    widest,
)
from conformance.checks.base import Cause, Check, Need, Skip, exchange_check, visit_check
from conformance.checks.family import COUNTING
from conformance.exchange import Exchange
from conformance.finding import Contradiction
from conformance.jsontext import Json
from conformance.listing.pages import REFUSED, Page, is_page, read_page
from conformance.listing.presence import may_be_absent
from conformance.listing.visit import Visit
from conformance.pointer import MISSING, Found, Pointer
from conformance.sentence import Sentence, Value, said
from conformance.spec.contract import Contract
from conformance.spec.counters import Counter, Counts

UNTOLD = "no page shows the number, and the documentation lets it be absent"


def told_by(contract: Contract, counter: Counter, exchange: Exchange) -> Found:
    """What a counter shows in an answer; None where it shows nothing, and the documentation lets it."""
    value = counter.read(exchange.json, exchange.headers)
    if value is None and counter.is_range:
        return None  # the asterisk: nobody counted
    return None if (value is MISSING or value is None) and may_be_absent(contract, counter.value) else value


def _sees_count(contract: Contract, exchange: Exchange) -> bool:
    counters = [one for one in contract.counters if one.counts is Counts.PAGE]
    return is_page(contract, exchange) and any(told_by(contract, one, exchange) is not None for one in counters)


def _needs(counts: Counts) -> Need:
    def needs(contract: Contract) -> str:
        documented = any(counter.counts is counts for counter in contract.counters)
        return "" if documented else f"no counter of the {counts} is documented"

    return needs


@exchange_check(
    "count-is-page",
    COUNTING,
    needs=_needs(Counts.PAGE),
    sees=_sees_count,
    headline="a page is counted wrong: {actual} instead of {expected}",
)
def count_is_page(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """A page's counter is the number of its items."""
    size = read_page(contract, exchange, number=1).size
    for counter in contract.counters:
        value = told_by(contract, counter, exchange)
        if counter.counts is Counts.PAGE and value is not None and number_of(value) != size:
            expected = said("{size} at {place}, as the page holds", size=size, place=counter.value)
            yield broken(counter, (exchange,), expected=expected, actual=shown(value))


@visit_check(
    "total-is-collection",
    COUNTING,
    needs=_needs(Counts.COLLECTION),
    recorded=True,
    movable=True,
    headline="the collection is counted wrong: {actual} instead of {expected}",
)
def total_is_collection(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The first page's total is the number of items that a whole walk lists."""
    walked = _whole_walk(visit)
    listed = sum(page.size for page in walked)
    small = visit.page(sized(contract, 1))
    attempts = Attempts()
    for counter, page in product(contract.counters, (walked[0], small)):
        value = told_by(contract, counter, page.exchange) if counter.counts is Counts.COLLECTION else None
        attempts.seen = attempts.seen or value is not None
        if value is not None and not near(value, listed, visit):
            witness = (page.exchange, walked[-1].exchange)
            expected = said(
                "{listed} at {place}, as {pages}", listed=listed, place=counter.value, pages=_all_of(walked)
            )
            yield broken(counter, witness, expected=expected, actual=shown(value))
            return
    attempts.end(UNTOLD)


def shown(value: object) -> Sentence:
    """A number as it was told."""
    return said("{value}", value=Value(value))


def _all_of(walked: list[Page]) -> str:
    return f"the {len(walked)} pages from the first to the last list" if len(walked) > 1 else "the only page lists"


def _whole_walk(visit: Visit) -> list[Page]:
    """A walk to its end: in small pages, or in the largest where small ones are too many."""
    for query in (sized(visit.contract, SMALL), widest(visit.contract)):
        walked = pages(visit, query, most=FEW)
        if whole_walk(visit.contract, walked):
            return walked
    raise Skip(f"the listing does not end within {FEW} pages", Cause.SERVER if loops(walked) else Cause.COLLECTION)


def near(value: Found, wanted: Found, visit: Visit) -> bool:
    """Whether a total is the wanted one, or off by no more than what moved meanwhile."""
    one, other = number_of(value), number_of(wanted)
    if type(one) is not int or type(other) is not int:
        return one == other
    return abs(one - other) <= len(visit.movement.aside)


@visit_check(
    "total-constant",
    COUNTING,
    needs=_needs(Counts.COLLECTION),
    recorded=True,
    movable=True,
    headline="the total changes from page to page: {actual} instead of {expected}",
)
def total_constant(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The total is the same on every page of one walk, or counts what is left where the cursor is itself a filter."""
    walked = _whole_walk(visit) if boundary_is_open(contract) else narrow(visit)
    walked = [page for page in walked if page.ending != REFUSED]
    left = {page.number: sum(one.size for one in walked[index:]) for index, page in enumerate(walked)}
    attempts = Attempts()
    for counter in contract.counters:
        if counter.counts is not Counts.COLLECTION:
            continue
        read = [(page, told_by(contract, counter, page.exchange)) for page in walked]
        told = [(page, value) for page, value in read if value is not None]
        attempts.seen = attempts.seen or bool(told)
        totals = [value for _, value in told]
        of_the_rest = boundary_is_open(contract) and all(near(value, left[page.number], visit) for page, value in told)
        other = next((index for index, total in enumerate(totals) if not near(total, totals[0], visit)), None)
        if other is not None and not of_the_rest:
            first = told[0][0].number
            expected = said(
                "{value} at {place}, as on page {first}", value=Value(totals[0]), place=counter.value, first=first
            )
            witness = (told[0][0].exchange, told[other][0].exchange)
            yield broken(counter, witness, expected=expected, actual=shown(totals[other]))
    attempts.end(UNTOLD)


@visit_check(
    "total-is-matching",
    COUNTING,
    needs=_needs(Counts.MATCHING),
    recorded=True,
    movable=True,
    headline="what matches is counted wrong: {actual} instead of {expected}",
)
def total_is_matching(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A counter of the items that match counts those: with its own condition, or with the request's filters."""
    whole = whole_of(contract, visit)
    attempts = Attempts()
    for counter in contract.counters:
        for walked, wanted in _matching(contract, visit, counter, whole):
            # Where an item came while the pages were read, the last one counts it and the first does not.
            told = [told_by(contract, counter, page.exchange) for page in (walked[0], walked[-1])]
            attempts.seen = attempts.seen or any(value is not None for value in told)
            if not any(value is None or near(value, wanted, visit) for value in told):
                yield miscounted(counter, walked[0].exchange, wanted, told[0])
                break
    attempts.end(UNTOLD)


def miscounted(counter: Counter, exchange: Exchange, wanted: int, told: Found) -> Contradiction:
    """A counter that shows another number than what matches."""
    expected = said("{wanted} at {place}, as many as match", wanted=wanted, place=counter.value)
    return broken(counter, (exchange,), expected=expected, actual=shown(told))


def _matching(
    contract: Contract, visit: Visit, counter: Counter, whole: list[Json]
) -> Iterator[tuple[list[Page], int]]:
    """Listings, each with the number that the counter must show on it."""
    if counter.counts is not Counts.MATCHING:
        return
    queries = [
        filtered(contract, promise, value, item)
        for promise in (contract.filters if counter.filtered else ())
        for value, item in islice(chosen(contract, promise, whole), 1)
    ]
    for query in (everything(contract), *queries):
        walked = pages(visit, query)
        if whole_walk(contract, walked):
            matching = counted(counter, items_of(walked))
            yield walked, matching
            # On a page that holds them all, the number of its items would be right as well.
            yield [visit.page(query | sized(contract, 1))], matching


def counted(counter: Counter, items: list[Json]) -> int:
    """How many of some items the counter counts."""
    if not counter.where:
        return len(items)
    return sum(Pointer(counter.where["field"]).get(item) == counter.where["equals"] for item in items)


def number_of(value: Found) -> Found:
    """What a counter counts; that it is written as text, `body-matches-schema` tells."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() else value


CHECKS: tuple[Check, ...] = (count_is_page, total_is_collection, total_constant, total_is_matching)
