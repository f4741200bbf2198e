"""What a page gives to ask for the next one leads there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import evolve, frozen

from conformance.checks._filter_values import chosen, filtered, known_of
from conformance.checks._walks import FEW, SMALL, Attempts, broken, items_of, sized, widest
from conformance.checks.base import Check, Skip, visit_check
from conformance.checks.family import PAGING
from conformance.checks.paging import needs_paging, paging_of
from conformance.exchange import Exchange
from conformance.finding import Contradiction, Doubt
from conformance.jsontext import Json
from conformance.listing.pages import REFUSED, NotAPage, Page, items_in
from conformance.listing.visit import Visit
from conformance.pointer import Pointer
from conformance.sentence import Sentence, Status, Value, said
from conformance.spec.contract import Contract
from conformance.spec.counters import Counts
from conformance.spec.values import identities

SIZE = 3
"""Items on a page of a filtered listing, so that few of them make two pages."""


@frozen
class _Walk:
    """A listing to be walked, and what the spec calls it."""

    query: Mapping[str, Json]
    most: int
    place: str = ""
    also: tuple[Pointer, ...] = ()


@visit_check(
    "cursor-accepted",
    PAGING,
    needs=needs_paging,
    recorded=True,
    no_proposal="A cursor that is refused leads nowhere; no client can use it.",
    headline="what leads to the next page is refused: {actual} instead of {expected}",
)
def cursor_accepted(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """What a page gives to ask for the next one is accepted, with the filters of its walk and without any."""
    attempts = Attempts()
    for walk in _walks(contract, visit):
        walked, answer = _followed(visit, walk)
        if answer is not None:
            open_end = contract.is_counted and not _has_more(contract, visit, walk, walked)
            doubt = Doubt.AMBIGUOUS if open_end else None
            yield evolve(not_accepted(contract, walked[-1], answer, place=walk.place, also=walk.also), doubt=doubt)
            return
        attempts.seen = attempts.seen or len(walked) > 1
    attempts.end("one page holds everything, so that none leads to another")


def _walks(contract: Contract, visit: Visit) -> Iterator[_Walk]:
    """The plain listing; one of single items where pages are counted; then one for each filter and other order."""
    yield _Walk(sized(contract, SMALL), FEW)
    if contract.is_counted:
        yield _Walk(sized(contract, 1), 2)
    small, order = sized(contract, SIZE), contract.order
    if order is not None and order.turns:
        other = "asc" if order.direction == "desc" else "desc"
        yield _Walk({**small, order.parameter: order.direction_of([other])}, 2, order.parameter, (order.pointer,))
    whole = _whole(contract, visit)
    for promise in contract.filters:
        if promise.parameter != paging_of(contract).parameter:
            for value, item in list(chosen(contract, promise, whole))[:1]:
                query = filtered(contract, promise, value, item) | small
                yield _Walk(query, 2, promise.parameter, (promise.pointer,))


def _whole(contract: Contract, visit: Visit) -> list[Json]:
    try:
        return known_of(contract, visit)[0]
    except Skip:
        return []


def _followed(visit: Visit, walk: _Walk) -> tuple[list[Page], Exchange | None]:
    """The pages of a walk, and the answer that is none, where one ended it after the first page."""
    walked: list[Page] = []
    try:
        for page in visit.walk(walk.query, most=walk.most):
            if page.ending == REFUSED:
                return walked, page.exchange
            walked.append(page)
    except NotAPage as stop:
        if walked and stop.exchange is not None:
            return walked, stop.exchange
        if not walk.place:
            raise
    return walked, None


def not_accepted(
    contract: Contract,
    last: Page,
    answer: Exchange,
    *,
    place: str = "",
    also: tuple[Pointer, ...] = (),
) -> Contradiction:
    """What a page gave to ask for the next one, and the answer that is none."""
    promise = paging_of(contract)
    gave = "which follows page {number}" if contract.is_counted else "which page {number} gave"
    return broken(
        promise,
        (last.exchange, answer),
        expected=said(
            "a page for {parameter}={cursor}, " + gave,
            parameter=promise.parameter,
            cursor=Value(last.cursor, most=60),
            number=last.number,
        ),
        actual=_shown(contract, answer),
        place=place,
        also=also,
    )


def _shown(contract: Contract, answer: Exchange) -> Sentence:
    if contract.succeeds(answer.status):
        return said("{status} without an array at {items}", status=Status(answer.status), items=contract.items)
    return said("{status}", status=Status(answer.status))


def _has_more(contract: Contract, visit: Visit, walk: _Walk, walked: list[Page]) -> bool:
    """Whether other pages of a listing show more items than a walk came by: no page says that it is the last."""
    listed = set(identities(contract, items_of(walked)))
    beside = [visit.get({**walk.query, **size}) for size in (sized(contract, SMALL), widest(contract))]
    known = {name for exchange in beside for name in identities(contract, items_in(contract, exchange))}
    totals = [
        counter.read(page.exchange.json, page.exchange.headers)
        for counter in contract.counters
        for page in walked[:1]
        if counter.counts is Counts.COLLECTION and not walk.place
    ]
    return bool(known - listed) or any(isinstance(total, int) and total > len(listed) for total in totals)


CHECKS: tuple[Check, ...] = (cursor_accepted,)
