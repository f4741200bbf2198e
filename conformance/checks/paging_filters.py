"""What a cursor leads to is what was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from conformance.checks._filter_values import asked_value, chosen, exact, held_value, known_of, needs_filters
from conformance.checks._walks import Attempts, broken, sized
from conformance.checks._witness import from_cursors
from conformance.checks.base import Cause, Check, Skip, visit_check
from conformance.checks.family import PAGING
from conformance.finding import Contradiction, Smaller
from conformance.jsontext import Json
from conformance.listing.pages import Page
from conformance.listing.visit import Visit
from conformance.sentence import said
from conformance.spec.asked import asking
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation
from conformance.spec.values import contradicts, identities

SIZE = 3


@visit_check(
    "cursor-keeps-filters",
    PAGING,
    needs=needs_filters,
    recorded=True,
    no_proposal="A walk that forgets its filter lists what was not asked for.",
    headline="a cursor forgets {about}: {actual} instead of {expected}",
)
def cursor_keeps_filters(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The page that a cursor leads to keeps the filters of its walk."""
    if contract.paging is None or contract.limit is None:
        raise Skip("no paging with a limit is documented", Cause.DOCUMENTATION)
    attempts = Attempts()
    pairs = [one for one in contract.filters if one.relation is Relation.CONTAINS and one.stands_alone]
    for promise in exact(contract) or pairs:
        for value, _ in islice(chosen(contract, promise, known_of(contract, visit)[0]), 1):
            query = sized(contract, SIZE) | asking(promise, value)
            walked: list[Page] = []
            with attempts.reading():
                walked.extend(islice(visit.walk(query), 2))
            attempts.seen = attempts.seen or len(walked) > 1
            leaked = [item for page in walked[1:] for item in page.items if contradicts(promise, item, value)]
            if leaked:
                yield broken(
                    promise,
                    (walked[0].exchange, walked[1].exchange),
                    expected=said(
                        "only items with {parameter}={value} on page 2",
                        parameter=promise.parameter,
                        value=asked_value(promise, value),
                    ),
                    actual=said(
                        "{count} others, such as {value}", count=len(leaked), value=held_value(promise, leaked[0])
                    ),
                    unexpected=tuple(identities(contract, leaked)),
                    smaller=_leaks_later(visit, promise, value),
                )
    attempts.end(f"no filtered listing fills two pages of {SIZE}")


def _leaks_later(visit: Visit, promise: Filter, value: Json) -> Smaller:
    """A page with an item that its filter asks for, and then one with another."""

    def shows(pages: list[Page]) -> bool:
        good = [[not contradicts(promise, item, value) for item in page.items] for page in pages]
        return len(pages) > 1 and all(good[0]) and not all(good[1])

    return from_cursors(visit, asking(promise, value), (), shows)


CHECKS: tuple[Check, ...] = (cursor_keeps_filters,)
