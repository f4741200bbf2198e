"""The whole is the whole: it holds what any filter lists, and a flag that shows more leaves nothing out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from conformance.checks._filter_values import chosen, filtered, hiding, listed_values, needs_filters
from conformance.checks._walks import (
    Attempts,
    at_edges,
    broken,
    everything,
    items_of,
    open_boundary,
    pages,
    whole_walk,
    widest,
)
from conformance.checks.base import Cause, Check, Skip, visit_check
from conformance.checks.family import FILTERING, no_promise
from conformance.finding import Contradiction
from conformance.jsontext import Json
from conformance.listing.pages import Page
from conformance.listing.visit import Visit
from conformance.sentence import Names, said
from conformance.spec.asked import asking
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation
from conformance.spec.values import identities, named


def _whole(contract: Contract, visit: Visit) -> list[Page]:
    walked = pages(visit, everything(contract))
    if not whole_walk(contract, walked):
        raise Skip(f"the first {len(items_of(walked))} items are not the whole collection", Cause.COLLECTION)
    return walked


def _narrowing(contract: Contract) -> list[Filter]:
    """The filters that leave out what is listed without them; one with a default does so when it is not given, too."""
    return [
        one
        for one in contract.filters
        if one.relation is not Relation.NULL_UNLESS_TRUE and "default" not in contract.parameter(one.parameter).schema
    ]


def _needs_narrowing(contract: Contract) -> str:
    return needs_filters(contract) or ("" if _narrowing(contract) else "every filter has a documented default")


@visit_check(
    "whole-holds-filtered",
    FILTERING,
    needs=_needs_narrowing,
    tests=no_promise,
    headline="the whole listing hides items: {actual}; expected {expected}",
)
def whole_holds_filtered(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """What any filter lists is in the listing without filters, where no default and no limit is documented."""
    whole = _whole(contract, visit)
    known = set(identities(contract, items_of(whole)))
    attempts = Attempts()
    for promise in _narrowing(contract):
        for query in _queries(contract, promise, items_of(whole)):
            walked: list[Page] = []
            with attempts.reading():
                walked.extend(visit.walk(query))
            attempts.seen = attempts.seen or bool(walked)
            foreign = [(one, name) for one, name in named(contract, items_of(walked)) if name not in known]
            if foreign:
                at_edge = at_edges(contract, whole, [one for one, _ in foreign])
                yield _hidden(contract, promise, (walked, whole), [name for _, name in foreign], at_edge=at_edge)
                break
    attempts.end("no filtered listing could be read")


def _queries(contract: Contract, promise: Filter, whole: list[Json]) -> Iterator[Mapping[str, Json]]:
    """Each documented value of a filter that stands alone, and the values that items have."""
    for value in () if promise.requires else listed_values(contract, promise):
        yield everything(contract) | asking(promise, [value] if promise.several else value)
    for value, item in chosen(contract, promise, whole):
        yield filtered(contract, promise, value, item)


def _hidden(
    contract: Contract, promise: Filter, walks: tuple[list[Page], list[Page]], names: list[str], *, at_edge: bool
) -> Contradiction:
    filtered_walk, whole = walks
    return Contradiction(
        pointer=contract.pointer,
        says=f"{contract.operation} lists the collection, and no documentation says that it hides a part",
        expected=said("every item that {parameter} lists in the listing without it", parameter=promise.parameter),
        actual=said("{count} items are not there: {names}", count=len(names), names=Names.of(sorted(names))),
        witness=(filtered_walk[0].exchange, whole[0].exchange),
        place=promise.parameter,
        also=open_boundary(contract) if at_edge else (),
        missing=tuple(sorted(names)),
    )


def _needs_hiding(contract: Contract) -> str:
    return "" if hiding(contract) else "nothing is documented to be hidden by default"


@visit_check(
    "hidden-added",
    FILTERING,
    needs=_needs_hiding,
    tests=hiding,
    headline="{about} leaves out what is listed by default: {actual}; expected {expected}",
)
def hidden_added(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """What is hidden by default comes beside what is listed anyway, not in its place."""
    shown, plain = _whole(contract, visit), pages(visit, widest(contract))
    listed = set(identities(contract, items_of(shown)))
    anyway = set(identities(contract, items_of(plain)))
    lost = sorted(anyway - listed)
    if not listed - anyway:
        raise Skip("nothing that is hidden by default came with it", Cause.COLLECTION)
    if len(lost) > visit.movement.drawn_up:
        yield broken(
            hiding(contract)[0],
            (plain[0].exchange, shown[0].exchange),
            expected=said("what is listed by default with {parameter}, too", parameter=hiding(contract)[0].parameter),
            actual=said("{count} items are missing: {names}", count=len(lost), names=Names.of(lost)),
            missing=tuple(lost),
        )


CHECKS: tuple[Check, ...] = (whole_holds_filtered, hidden_added)
