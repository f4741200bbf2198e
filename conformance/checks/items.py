"""One identity, one item: on a page, between two listings, and when asked twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from conformance.checks._filter_values import asked, chosen, known_of
from conformance.checks._repeats import different, settled
from conformance.checks._walks import SMALL, at_least, everything, items_of, pages, sized
from conformance.checks.base import Cause, Check, Skip, exchange_check, visit_check
from conformance.checks.family import ITEMS
from conformance.exchange import Exchange
from conformance.finding import Contradiction, Doubt
from conformance.jsontext import members_of
from conformance.listing.pages import Page, items_in
from conformance.listing.visit import Visit
from conformance.sentence import Name, Names, said
from conformance.spec.contract import Contract
from conformance.spec.order import Order
from conformance.spec.projection import is_projected
from conformance.spec.values import identities, key


def _sees_two(contract: Contract, exchange: Exchange) -> bool:
    return len(items_in(contract, exchange)) > 1 and not is_projected(contract, exchange.query)


@exchange_check(
    "identity-unique",
    ITEMS,
    sees=_sees_two,
    no_proposal="Items that share their identity cannot be told apart; no schema says otherwise.",
    headline="an identity stands twice on a page: {actual}",
)
def identity_unique(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """No two items of one page have the same identity."""
    times = Counter(identities(contract, items_in(contract, exchange)))
    twice = [name for name, count in times.items() if count > 1]
    if twice:
        yield Contradiction(
            pointer=contract.pointer.below("x-conformance", "identity"),
            says=f"{contract.identity} names an item",
            expected=said("every identity once on a page"),
            actual=said("{name} {count} times", name=Name.of(twice[0]), count=times[twice[0]]),
            witness=(exchange,),
            unexpected=tuple(twice),
        )


@visit_check(
    "identity-stable",
    ITEMS,
    recorded=True,
    no_proposal="One item that reads differently from listing to listing has no state to document.",
    headline="an item is another in another listing: {actual}; expected {expected}",
)
def identity_stable(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The same item reads the same in two listings."""
    first, second = [visit.page(), *pages(visit, sized(contract, SMALL))], pages(visit, everything(contract))
    known = {
        name: (item, page)
        for page in second
        for name, item in zip(identities(contract, page.items), page.items, strict=True)
    }
    at_least(1, items_of(second), "be read twice")
    if first[0].exchange is second[0].exchange:
        first = _another(contract, visit)
    for page in first:
        for name, item in zip(identities(contract, page.items), page.items, strict=True):
            other, where = known.get(name, (item, page))
            if other != item:
                yield another_reading(contract, (other, where), (item, page))
                return


def another_reading(contract: Contract, one: tuple[Any, Page], other: tuple[Any, Page]) -> Contradiction:
    """That an item reads differently on two pages."""
    (item, page), (before, where) = other, one
    here, there = members_of(item), members_of(before)
    different = [name for name in here.keys() | there.keys() if here.get(name) != there.get(name)]
    return Contradiction(
        pointer=contract.pointer.below("x-conformance", "identity"),
        says=f"{contract.identity} names one item",
        doubt=Doubt.UNPROMISED,
        expected=said("item {name} the same in both listings", name=Name.of(identities(contract, [item])[0])),
        actual=said("another {fields}", fields=", ".join(sorted(different)) or "value"),
        witness=(page.exchange, where.exchange),
    )


def _another(contract: Contract, visit: Visit) -> list[Page]:
    """A listing beside the whole one: the first that a filter gives."""
    whole, _ = known_of(contract, visit)
    for promise in contract.filters:
        for value, item in islice(chosen(contract, promise, whole), 1):
            return asked(contract, visit, promise, value, item)
    raise Skip("there is one listing only", Cause.DOCUMENTATION)


@visit_check(
    "stable-answer",
    ITEMS,
    recorded=True,
    no_proposal="A listing that changes by being asked has no order to document.",
    headline="the same request is answered otherwise: {actual} instead of {expected}",
)
def stable_answer(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The same request twice lists the same items, in the same order where one is documented."""
    query = {} if settled(contract, visit.page()) else everything(contract)
    first = visit.page(query)
    at_least(1, first.items, "be listed twice")
    if not settled(contract, first):
        raise Skip("neither order nor paging is documented, and a limit leaves any of the items", Cause.DOCUMENTATION)
    again = visit.page(query, time=2)
    moved = different(contract, first, again)
    swapped = contract.order is not None and turned(contract.order, first, again, visit.movement.aside)
    if swapped or len(moved) > 2 * len(visit.movement.aside):
        others = said("different: {names}", names=Names.of(sorted(moved)))
        yield Contradiction(
            pointer=contract.pointer,
            says="a GET is safe (RFC 9110, 9.2.1): asking does not change what is listed",
            expected=said("the same items in the same order"),
            actual=others if moved else said("the same items in another order"),
            witness=(first.exchange, again.exchange),
            also=(contract.order.pointer,) if swapped and contract.order else (),
        )


def turned(order: Order, first: Page, again: Page, aside: frozenset[str]) -> bool:
    """Whether two pages run otherwise, ties aside; what moved changes places by itself."""
    if aside:
        return False
    pairs = zip(first.items, again.items, strict=False)
    return any(key(order, one)[0] != key(order, other)[0] for one, other in pairs)


CHECKS: tuple[Check, ...] = (identity_unique, identity_stable, stable_answer)
