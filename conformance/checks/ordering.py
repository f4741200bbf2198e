"""Listings are sorted as documented."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from attrs import evolve

from conformance.checks._walks import at_least, broken, in_pages, items_of, narrow, widest
from conformance.checks._witness import from_cursors
from conformance.checks.base import Cause, Check, Skip, visit_check
from conformance.checks.family import ORDERING
from conformance.finding import Contradiction
from conformance.jsontext import Json
from conformance.listing.pages import Page
from conformance.listing.visit import Visit
from conformance.pointer import MISSING
from conformance.sentence import Value, said
from conformance.spec.contract import Contract
from conformance.spec.order import Order
from conformance.spec.values import identities, key


def _needs(contract: Contract) -> str:
    return "" if contract.order else "no order is documented"


def _needs_parameter(contract: Contract) -> str:
    return "" if contract.order and contract.order.turns else "no parameter turns the order"


def order_of(contract: Contract) -> Order:
    """What is promised of the order."""
    if contract.order is None:
        raise Skip("no order is documented", Cause.DOCUMENTATION)
    return contract.order


@visit_check("order-holds", ORDERING, needs=_needs, recorded=True, headline="not sorted by {expected}: {actual}")
def order_holds(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A listing is sorted as documented, within pages and across them."""
    order = order_of(contract)
    walked = narrow(visit)
    at_least(2, items_of(walked), "be in order")
    yield from _with_smaller(visit, {}, walked, out_of_order(order, walked, order.direction))


@visit_check(
    "order-reverses",
    ORDERING,
    needs=_needs_parameter,
    recorded=True,
    headline="{about} does not sort by {expected}: {actual}",
)
def order_reverses(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """The parameter of the order turns it."""
    order = order_of(contract)
    for direction in ("asc", "desc"):
        turned = {order.parameter: order.direction_of([direction])}
        walked = in_pages(visit, turned)
        at_least(2, items_of(walked), "be in order")
        yield from _with_smaller(visit, turned, walked, out_of_order(order, walked, direction))


@visit_check(
    "order-default",
    ORDERING,
    needs=_needs,
    headline="without {about} the order is another: {actual} instead of {expected}",
)
def order_default(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """What is asked for without an order comes in the documented default order."""
    order = order_of(contract)
    plain = visit.page(widest(contract))
    at_least(2, plain.items, "be in order")
    if not order.turns:
        yield from out_of_order(order, [plain], order.direction)
        return
    asked = visit.page(widest(contract) | {order.parameter: order.direction_of([order.direction])})
    shared = frozenset(identities(contract, plain.items)) & frozenset(identities(contract, asked.items))
    apart = shared if visit.movement.aside else frozenset()
    # Neither page need be full: what both show is compared.
    pairs = zip(keys_of(contract, order, plain, apart), keys_of(contract, order, asked, apart), strict=False)
    if any(one != other for one, other in pairs):
        expected = said("the order of {parameter}={order}", parameter=order.parameter, order=order.direction)
        witness = (plain.exchange, asked.exchange)
        yield broken(order, witness, expected=expected, actual=said("another order"))


def _with_smaller(
    visit: Visit, query: Mapping[str, Json], walked: list[Page], observed: Iterator[Contradiction]
) -> Iterator[Contradiction]:
    """What was observed, each with how two items in the wrong order may be shown."""
    order = order_of(visit.contract)
    for one in observed:

        def shows(pages: list[Page], place: str = one.place) -> bool:
            return any(place == other.place for other in out_of_order(order, pages, order.asked(query).direction))

        yield evolve(one, smaller=from_cursors(visit, query, walked, shows))


def keys_of(contract: Contract, order: Order, page: Page, only: frozenset[str] = frozenset()) -> list[Any]:
    """What the items of a page are sorted by, ties aside: of those named, or of all where none is."""
    named = zip(identities(contract, page.items), page.items, strict=True)
    return [key(order, item)[0] for name, item in named if name in only or not only]


def out_of_order(order: Order, walked: list[Page], direction: str) -> Iterator[Contradiction]:
    """The first place where the items of some pages are not in a direction of the order; else the first bad tie.

    Where an item stands that lacks what sorts, no page says; that it must not, its schema does.
    """
    rows = [(key(order, item), page) for page in walked for item in page.items if has_key(order, item)]
    for (left, before), (right, after) in pairwise(rows):
        if not in_order(left[0], right[0], direction):
            held = [Value(str(key[0]), field=order.by[0]) for key in (left, right)]
            yield broken(
                order,
                (before.exchange, after.exchange),
                expected=said("{field} {direction}", field=order.by[0], direction=direction),
                actual=said("{left} before {right}", left=held[0], right=held[1]),
                place=direction,
            )
            return
    yield from _ties(order, rows, direction)


def has_key(order: Order, item: Json) -> bool:
    """Whether an item shows what sorts."""
    return order.by[0].get(item) not in (None, MISSING)


def _ties(order: Order, rows: list[tuple[tuple[Any, ...], Page]], direction: str) -> Iterator[Contradiction]:
    """Ties run in one direction: the documented one, or either where the page does not say."""
    ties = [(left, right, page) for (left, page), (right, _) in pairwise(rows) if left[0] == right[0] and left[1:]]
    open_ended = order.ties == "either"
    ways = [(way, written) for way in ("asc", "desc") for written in COLLATIONS] if open_ended else [(direction, tuple)]
    for way, written in ways:
        if all(in_order(written(left[1:]), written(right[1:]), way) for left, right, _ in ties):
            return
    left, right, page = ties[0]
    yield broken(
        order,
        (page.exchange,),
        expected=said("ties by {fields} in one direction", fields=", ".join(order.by[1:])),
        actual=said("{left} before {right}", left=_tie(order, left), right=_tie(order, right)),
        place="ties",
        also=(order.pointer.below("ties"),) if open_ended else (),
    )


def _any_case(values: Iterable[Any]) -> tuple[Any, ...]:
    """As databases collate text that people read: case does not count."""
    return tuple(value.casefold() if isinstance(value, str) else value for value in values)


def _letters(values: Iterable[Any]) -> tuple[Any, ...]:
    """Nor does punctuation."""
    return tuple(
        "".join(filter(str.isalnum, value)) if isinstance(value, str) else value for value in _any_case(values)
    )


COLLATIONS: tuple[Callable[[Iterable[Any]], tuple[Any, ...]], ...] = (tuple, _any_case, _letters)
"""How text may be ordered where no page says how."""


def _tie(order: Order, key: tuple[Any, ...]) -> Value:
    return Value(key[1:], most=None, field=order.by[1] if len(order.by) == 2 else "")  # noqa: PLR2004 - one field


def in_order(left: Any, right: Any, direction: str) -> bool:  # noqa: ANN401 - compared
    """Whether two keys, one after the other, are in a direction."""
    try:
        return bool(left <= right if direction == "asc" else left >= right)
    except TypeError:
        return False


CHECKS: tuple[Check, ...] = (order_holds, order_reverses, order_default)
