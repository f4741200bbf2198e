"""Listings are sorted as documented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from attrs import evolve

from conformance.checks._walks import at_least, broken, items_of, narrow, pages, widest
from conformance.checks._witness import from_cursors
from conformance.checks.base import Check, Family, Skip, visit_check
from conformance.finding import Finding, show
from conformance.jsontext import Json
from conformance.listing.pages import Page
from conformance.listing.visit import Visit
from conformance.spec.contract import Contract
from conformance.spec.promises import Order
from conformance.spec.values import identities, key


def _needs(contract: Contract) -> str:
    return "" if contract.order else "no order is documented"


def _needs_parameter(contract: Contract) -> str:
    return "" if contract.order and contract.order.parameter else "no parameter turns the order"


def _order(contract: Contract) -> Order:
    if contract.order is None:
        raise Skip("no order is documented")
    return contract.order


@visit_check("order-holds", Family.ORDERING, needs=_needs)
def order_holds(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """A listing is sorted as documented, within pages and across them."""
    order = _order(contract)
    walked = narrow(visit)
    at_least(2, items_of(walked), "be in order")
    yield from _with_smaller(visit, {}, walked, out_of_order("order-holds", order, walked, order.direction))


@visit_check("order-reverses", Family.ORDERING, needs=_needs_parameter)
def order_reverses(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """The parameter of the order turns it."""
    order = _order(contract)
    for direction in ("asc", "desc"):
        turned = {order.parameter: direction}
        walked = pages(visit, widest(contract) | turned)
        at_least(2, items_of(walked), "be in order")
        yield from _with_smaller(visit, turned, walked, out_of_order("order-reverses", order, walked, direction))


@visit_check("order-default", Family.ORDERING, needs=_needs)
def order_default(contract: Contract, visit: Visit) -> Iterator[Finding]:
    """What is asked for without an order comes in the documented default order."""
    order = _order(contract)
    plain = visit.page(widest(contract))
    at_least(2, plain.items, "be in order")
    if not order.parameter:
        yield from out_of_order("order-default", order, [plain], order.direction)
        return
    asked = visit.page(widest(contract) | {order.parameter: order.direction})
    shared = frozenset(identities(contract, plain.items)) & frozenset(identities(contract, asked.items))
    apart = shared if visit.movement.aside else frozenset()
    if _keys(contract, order, plain, apart) != _keys(contract, order, asked, apart):
        expected = f"the order of {order.parameter}={order.direction}"
        witness = (plain.exchange, asked.exchange)
        yield broken("order-default", order, witness, expected=expected, actual="another order")


def _with_smaller(
    visit: Visit, query: Mapping[str, Json], walked: list[Page], found: Iterator[Finding]
) -> Iterator[Finding]:
    """The findings, each with how two items in the wrong order may be shown."""
    order = _order(visit.contract)
    for finding in found:

        def shows(pages: list[Page], finding: Finding = finding) -> bool:
            direction = str(query.get(order.parameter, order.direction))
            return any(finding.place == one.place for one in out_of_order(finding.check, order, pages, direction))

        yield evolve(finding, smaller=from_cursors(visit, query, walked, shows))


def _keys(contract: Contract, order: Order, page: Page, only: frozenset[str]) -> list[Any]:
    """What the items of a page are sorted by: of those named, or of all where none is."""
    named = zip(identities(contract, page.items), page.items, strict=True)
    return [key(order, item) for name, item in named if name in only or not only]


def out_of_order(check: str, order: Order, walked: list[Page], direction: str) -> Iterator[Finding]:
    """The first place where the items of some pages are not in a direction of the order; else the first bad tie."""
    rows = [(key(order, item), page) for page in walked for item in page.items]
    for (left, before), (right, after) in pairwise(rows):
        if not _in_order(left[0], right[0], direction):
            yield broken(
                check,
                order,
                (before.exchange, after.exchange),
                expected=f"{order.by[0]} {direction}",
                actual=f"{show(str(left[0]))} before {show(str(right[0]))}",
                place=direction,
            )
            return
    yield from _ties(check, order, rows, direction)


def _ties(check: str, order: Order, rows: list[tuple[tuple[Any, ...], Page]], direction: str) -> Iterator[Finding]:
    """Ties run in one direction: the documented one, or either where the page does not say."""
    ties = [(left, right, page) for (left, page), (right, _) in pairwise(rows) if left[0] == right[0] and left[1:]]
    allowed = ("asc", "desc") if order.ties == "either" else (direction,)
    for way in allowed:
        if all(_in_order(left[1:], right[1:], way) for left, right, _ in ties):
            return
    left, right, page = ties[0]
    yield broken(
        check,
        order,
        (page.exchange,),
        expected=f"ties by {', '.join(order.by[1:])} in one direction",
        actual=f"{left[1:]} before {right[1:]}",
        place="ties",
    )


def _in_order(left: Any, right: Any, direction: str) -> bool:  # noqa: ANN401 - compared
    try:
        return bool(left <= right if direction == "asc" else left >= right)
    except TypeError:
        return False


CHECKS: tuple[Check, ...] = (order_holds, order_reverses, order_default)
