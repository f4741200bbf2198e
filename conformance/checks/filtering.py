"""Every documented filter lists what it asks for: all of it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from conformance.checks._filter_values import (
    NOBODY,
    asked,
    asked_value,
    asks_for,
    chosen,
    filtered,
    held_value,
    hiding,
    known_of,
    needs_filters,
    wanted_of,
)
from conformance.checks._walks import (
    at_edges,
    at_least,
    broken,
    everything,
    identity,
    items_of,
    open_boundary,
    pages,
    whole_walk,
)
from conformance.checks._witness import from_cursors, listed_but_not
from conformance.checks.base import Check, Skip, visit_check
from conformance.checks.family import FILTERING
from conformance.exchange import Exchange
from conformance.finding import Contradiction, Smaller
from conformance.jsontext import Json
from conformance.listing.pages import NotAPage, Page, items_in
from conformance.listing.visit import Visit
from conformance.sentence import Names, Status, Value, said
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation
from conformance.spec.values import BOUNDS, comparable, contradicts, identities, named, satisfies, written


def _askable(contract: Contract, whole: list[Json]) -> None:
    """Skip where no item has a value that a filter takes."""
    rows = [row for promise in contract.filters for row in chosen(contract, promise, whole)]
    at_least(1, rows, "be asked for by a value")


@visit_check("filter-sound", FILTERING, needs=needs_filters, recorded=True)
def filter_sound(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """Every item of a filtered listing is what the filter asks for."""
    whole, _ = known_of(contract, visit)
    _askable(contract, whole)
    for promise in contract.filters:
        for value, item in chosen(contract, promise, whole):
            try:
                walked = asked(contract, visit, promise, value, item)
            except NotAPage:
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
    return broken(
        promise,
        (page.exchange,),
        expected=said(
            "only items where {field} {relation} {value}",
            field=promise.field,
            relation=promise.relation,
            value=asked_value(promise, choice[0]),
        ),
        actual=said("{count} others, such as {value}", count=len(leaked), value=held_value(promise, one)),
        unexpected=tuple(identities(visit.contract, [one for one, _ in leaked])),
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
    )


def _good(promise: Filter, item: Json, value: Json) -> bool:
    """Whether an item may be listed; at the bound itself either is right here, and filter-bounds tells."""
    at_bound = promise.relation in BOUNDS and comparable(promise.field.get(item)) == comparable(value)
    return at_bound or not contradicts(promise, item, value)


@visit_check("filter-complete", FILTERING, needs=needs_filters, recorded=True)
def filter_complete(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A filtered listing holds every item of the whole that is what the filter asks for."""
    whole, _ = known_of(contract, visit)
    _askable(contract, whole)
    tried = False
    for promise in contract.filters:
        for value, item, walked in _readable(contract, visit, promise, whole):
            tried = True
            wanted = [one for one in wanted_of(contract, promise, whole, value, item) if _certain(promise, one, value)]
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
    if not tried:
        raise Skip("no filtered listing could be read to its end")


def _readable(
    contract: Contract, visit: Visit, promise: Filter, whole: list[Json]
) -> Iterator[tuple[Json, Json, list[Page]]]:
    """Values worth asking for, each with an item that has it and the listing; none that is refused or has no end."""
    for value, item in chosen(contract, promise, whole):
        with suppress(NotAPage):
            walked = asked(contract, visit, promise, value, item)
            if whole_walk(contract, walked):
                yield value, item, walked


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
        return asks_for(contract, promise, value, item, one) and _certain(promise, one, value)

    return listed_but_not(visit, everything(contract), filtered(contract, promise, value, item), wanted)


def _certain(promise: Filter, item: Json, value: Json) -> bool:
    return promise.relation not in BOUNDS or comparable(promise.field.get(item)) != comparable(value)


def _bounded(contract: Contract) -> list[Filter]:
    return [one for one in contract.filters if one.relation in BOUNDS]


def _needs_bounds(contract: Contract) -> str:
    return "" if _bounded(contract) else "no filter has a bound"


@visit_check("filter-bounds", FILTERING, needs=_needs_bounds, tests=_bounded, recorded=True)
def filter_bounds(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The item at a filter's bound is listed or not, as documented."""
    whole, _ = known_of(contract, visit)
    tried = False
    for promise in _bounded(contract):
        inclusive = promise.relation in {Relation.AT_LEAST, Relation.AT_MOST}
        for value, item, walked in _readable(contract, visit, promise, whole):
            tried = True
            listed = contract.identity_of(item) in [contract.identity_of(one) for one in items_of(walked)]
            if listed is not inclusive:
                bound, name = asked_value(promise, value), identity(contract, item)
                yield off_bound(promise, bound, name, exchange=walked[0].exchange, listed=listed)
                break
    if not tried:
        raise Skip("no item at a bound could be looked for in a whole listing")


def off_bound(promise: Filter, bound: Value, name: Value, *, exchange: Exchange, listed: bool) -> Contradiction:
    """That the item at a bound is listed, or not, against the relation of the filter."""
    words = {True: "listed", False: "not listed"}
    return broken(
        promise,
        (exchange,),
        expected=said("the item at {value} {listed}", value=bound, listed=words[not listed]),
        actual=said("item {name} is {listed}", name=name, listed=words[listed]),
        also=() if promise.bound_stated else (f"{promise.pointer}/bound",),
    )


@visit_check("filter-shrinks", FILTERING, needs=needs_filters)
def filter_shrinks(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A value that no item has lists nothing, never everything, nor what resembles it."""
    tried = False
    for promise in contract.filters:
        for value, also in _values_of_nobody(contract, visit, promise):
            tried = True
            exchange = visit.get(everything(contract) | {promise.parameter: written(promise, value)})
            found = [item for item in items_in(contract, exchange) if contradicts(promise, item, value)]
            if found:
                given = Value(written(promise, value), field=promise.field if isinstance(value, str) else "")
                expected = said("no item with {parameter}={value}", parameter=promise.parameter, value=given)
                actual = said("{count} items", count=len(found))
                yield broken(promise, (exchange,), expected=expected, actual=actual, also=also)
                break
    if not tried:
        raise Skip("no filter takes a value that nothing has")


def _values_of_nobody(contract: Contract, visit: Visit, promise: Filter) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """A value out of the air, a part of one that exists, and one in another case; and what else they rest on."""
    schema = contract.parameter(promise.parameter).schema
    if promise.relation is Relation.CONTAINS:
        yield {NOBODY: NOBODY}, ()
    elif promise.relation is not Relation.EQUALS or schema.get("type") != "string" or "enum" in schema:
        return
    elif not contract.refusal(f"unknown-{promise.parameter}"):
        yield NOBODY, ()
        whole, _ = known_of(contract, visit)
        held = {str(promise.field.get(item)) for item in whole}
        for value, _ in islice(chosen(contract, promise, whole), 1):
            near = [(str(value)[:-1], ()), (str(value).swapcase(), (f"{promise.pointer}/case",))]
            yield from ((text, also) for text, also in near if text and text not in held)


def _needs_hiding(contract: Contract) -> str:
    return "" if hiding(contract) else "nothing is documented to be hidden by default"


@visit_check("filter-default", FILTERING, needs=_needs_hiding, tests=hiding, recorded=True)
def filter_default(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """What is hidden by default is not listed unless it is asked for."""
    for promise in hiding(contract):
        for page in visit.walk({}):
            shown = [item for item in page.items if not satisfies(promise, item, value=False)]
            if shown:
                yield not_hidden(contract, promise, page.exchange, shown[0])
                return
        hidden = [item for item in known_of(contract, visit)[0] if not satisfies(promise, item, value=False)]
        at_least(1, hidden, "be hidden by default")


def not_hidden(contract: Contract, promise: Filter, exchange: Exchange, item: Json) -> Contradiction:
    """That an item is listed although it is hidden by default."""
    name, value = identity(contract, item), held_value(promise, item)
    expected = said("no item with {field}", field=promise.field)
    return broken(
        promise, (exchange,), expected=expected, actual=said("item {name} has {value}", name=name, value=value)
    )


CHECKS: tuple[Check, ...] = (filter_sound, filter_complete, filter_bounds, filter_shrinks, filter_default)
