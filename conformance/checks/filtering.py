"""Every documented filter lists what it asks for: all of it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from conformance.checks._filter_values import (
    asked_value,
    asks_for,
    certain,
    chosen,
    filtered,
    held_value,
    known_of,
    needs_filters,
    only_items,
    readable,
    wanted_of,
)
from conformance.checks._walks import (
    Attempts,
    at_edges,
    at_least,
    broken,
    everything,
    items_of,
    open_boundary,
    pages,
)
from conformance.checks._witness import from_cursors, listed_but_not
from conformance.checks.base import Check, visit_check
from conformance.checks.family import FILTERING
from conformance.finding import Contradiction, Smaller
from conformance.jsontext import Json
from conformance.listing.pages import NotAPage, Page
from conformance.listing.visit import Visit
from conformance.sentence import Names, Status, said
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter
from conformance.spec.values import BOUNDS, comparable, contradicts, identities, named

IGNORED = "{about} is not applied: {actual}"
LEAKS = "{about} lets others through: {actual}"
"""The headlines of what a filter lists and should not: as much as without it, or some."""


def _askable(contract: Contract, whole: list[Json]) -> None:
    """Skip where no item has a value that a filter takes."""
    rows = [row for promise in contract.filters for row in chosen(contract, promise, whole)]
    at_least(1, rows, "be asked for by a value")


@visit_check(
    "filter-sound",
    FILTERING,
    needs=needs_filters,
    recorded=True,
    headline="{about} is not applied: {actual} instead of {expected}",
)
def filter_sound(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """Every item of a filtered listing is what the filter asks for."""
    whole, _ = known_of(contract, visit)
    _askable(contract, whole)
    for promise in contract.filters:
        for value, item in chosen(contract, promise, whole):
            walked: list[Page] = []
            with suppress(NotAPage):  # of a later page `cursor-accepted` tells
                walked.extend(visit.walk(filtered(contract, promise, value, item)))
            if not walked:
                yield _refused(contract, visit, promise, (value, item))
                break
            leaked = [(one, page) for page in walked for one in page.items if not _good(promise, one, value)]
            if leaked:
                yield _leaky(visit, promise, (value, item), walked, leaked)
                break


def _leaky(
    visit: Visit, promise: Filter, choice: tuple[Json, Json], walked: list[Page], leaked: list[tuple[Json, Page]]
) -> Contradiction:
    """That a listing holds items which its filter, of a value and an item that has it, does not ask for."""
    one, page = leaked[0]
    unexpected = tuple(identities(visit.contract, [one for one, _ in leaked]))
    among = sum(len(listed.items) for listed in walked)
    return broken(
        promise,
        (page.exchange,),
        expected=only_items(promise, choice[0], "only items where {field} {relation} {value}"),
        actual=said("{count} others, such as {value}", count=len(leaked), value=held_value(promise, one)),
        unexpected=unexpected,
        among=among,
        headline=LEAKS if 2 * len(unexpected) < among else IGNORED,
        smaller=_leaks(visit, promise, choice, walked),
    )


def _refused(contract: Contract, visit: Visit, promise: Filter, choice: tuple[Json, Json]) -> Contradiction:
    """That a value which an item has cannot be asked for."""
    value, item = choice
    exchange = visit.get(filtered(contract, promise, value, item))
    return broken(
        promise,
        (exchange,),
        expected=said(
            "a listing for {parameter}={value}, which an item has",
            parameter=promise.parameter,
            value=asked_value(promise, value),
        ),
        actual=said("{status}", status=Status(exchange.status)),
        place="refused",
        headline="{about} is refused: {actual} instead of {expected}",
    )


def _good(promise: Filter, item: Json, value: Json) -> bool:
    """Whether an item may be listed; at the bound itself either is right here, and filter-bounds tells."""
    at_bound = promise.relation in BOUNDS and comparable(promise.field.get(item)) == comparable(value)
    return at_bound or not contradicts(promise, item, value)


@visit_check(
    "filter-complete",
    FILTERING,
    needs=needs_filters,
    recorded=True,
    headline="{about} loses items: of {expected}, {actual}",
)
def filter_complete(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A filtered listing holds every item of the whole that is what the filter asks for."""
    whole, _ = known_of(contract, visit)
    _askable(contract, whole)
    attempts = Attempts()
    for promise in contract.filters:
        for value, item, walked in readable(contract, visit, promise, whole, attempts):
            wanted = certain(promise, wanted_of(contract, promise, whole, value, item), value)
            listed = set(identities(contract, items_of(walked)))
            lost = [one for one, name in named(contract, wanted) if name not in listed]
            if len(lost) > visit.movement.drawn_up:
                names = sorted(identities(contract, lost))
                yield broken(
                    promise,
                    [page.exchange for page in (pages(visit, everything(contract))[0], walked[0])],
                    expected=said(
                        "{count} items with {parameter}={value}, as the whole listing has",
                        count=len(wanted),
                        parameter=promise.parameter,
                        value=asked_value(promise, value),
                    ),
                    actual=said("{count} of them missing: {names}", count=len(lost), names=Names.of(names)),
                    also=open_boundary(contract) if at_edges(contract, walked, lost) else (),
                    missing=tuple(names),
                    smaller=_loses(visit, promise, (value, item)),
                )
                break
    attempts.end("no filtered listing could be read to its end")


def _leaks(visit: Visit, promise: Filter, choice: tuple[Json, Json], walked: list[Page]) -> Smaller:
    """A page with an item that the filter's value, of the value and an item that has it, does not ask for."""
    value, item = choice
    query = filtered(visit.contract, promise, value, item)
    return from_cursors(
        visit, query, walked, lambda pages: not all(_good(promise, one, value) for one in pages[-1].items)
    )


def _loses(visit: Visit, promise: Filter, choice: tuple[Json, Json]) -> Smaller:
    """A page of the whole with an item that the filtered listing lacks."""
    contract, (value, item) = visit.contract, choice

    def wanted(one: Json) -> bool:
        return asks_for(contract, promise, value, item, one) and bool(certain(promise, [one], value))

    return listed_but_not(visit, everything(contract), filtered(contract, promise, value, item), wanted)


CHECKS: tuple[Check, ...] = (filter_sound, filter_complete)
