"""A page stands where its range says."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.checks._walks import Attempts, broken, narrow
from conformance.checks.base import Check, visit_check
from conformance.checks.counting import UNTOLD, near, shown
from conformance.checks.family import COUNTING
from conformance.finding import Contradiction
from conformance.listing.visit import Visit
from conformance.sentence import said
from conformance.spec.content_range import read_range
from conformance.spec.contract import Contract
from conformance.spec.counters import Counts


def _needs(contract: Contract) -> str:
    documented = any(one.is_range and one.counts is Counts.PAGE for one in contract.counters)
    return "" if documented else "no range of the page is documented"


@visit_check(
    "range-is-page",
    COUNTING,
    needs=_needs,
    recorded=True,
    movable=True,
    headline="a page begins elsewhere: {actual} instead of {expected}",
)
def range_is_page(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The range of a page begins, counted from 0, behind the items of the pages before it."""
    attempts, before = Attempts(), 0
    for page in narrow(visit):
        for counter in contract.counters:
            found = read_range(counter.value.read(page.exchange.json, page.exchange.headers))
            if not counter.is_range or counter.counts is not Counts.PAGE or found is None or found.first is None:
                continue
            attempts.seen = True
            if not near(found.first, before, visit):
                expected = said("{first} at {place}, as so many came before", first=before, place=counter.value)
                yield broken(counter, (page.exchange,), expected=expected, actual=shown(found.first))
                return
        before += page.size
    attempts.end(UNTOLD)


CHECKS: tuple[Check, ...] = (range_is_page,)
