"""How many items a page holds."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import evolve

from conformance.checks._walks import at_least, broken, sized, widest
from conformance.checks.access import matches, not_as_refused
from conformance.checks.base import Cause, Check, Skip, exchange_check, visit_check
from conformance.checks.family import LIMIT
from conformance.exchange import Exchange
from conformance.finding import Contradiction, Doubt
from conformance.listing.pages import NotAPage, items_in, read_page
from conformance.listing.visit import Visit
from conformance.sentence import Status, said
from conformance.spec.contract import Contract
from conformance.spec.promises import Limit
from conformance.spec.values import key

AGAIN = (2, 3)
"""Times at which a page is asked for beside the first, to see whether its size is a choice."""
SIZES = (1, 5, 7, 10)
"""Limits whose first pages are compared with a long one."""


def _needs(contract: Contract) -> str:
    return "" if contract.limit else "no limit is documented"


def limit_of(contract: Contract) -> Limit:
    """What is promised of the size of a page."""
    if contract.limit is None:
        raise Skip("no limit is documented", Cause.DOCUMENTATION)
    return contract.limit


def asked_limit(contract: Contract, exchange: Exchange) -> int | None:
    """The limit that a request gives, the cap where it is above; None where it gives none, or not one lawful number.

    A default of 0 bounds nothing: whoever gives it asks for what is listed without a limit.
    """
    limit = contract.limit
    given = [value for name, value in exchange.query if limit is not None and name == limit.parameter]
    if limit is None or len(given) != 1 or not (given[0].isascii() and given[0].isdigit()):
        return None
    asked = int(given[0])
    if asked == limit.default == 0:
        return None
    least = 1 if limit.minimum is None else limit.minimum
    if limit.capped and limit.maximum is not None:
        asked = min(asked, limit.maximum)
    return asked if least <= asked <= (limit.maximum or asked) else None


def _sees_limit(contract: Contract, exchange: Exchange) -> bool:
    try:
        return asked_limit(contract, exchange) is not None and read_page(contract, exchange, number=1).size > 0
    except NotAPage:
        return False


@exchange_check(
    "limit-respected",
    LIMIT,
    needs=_needs,
    sees=_sees_limit,
    headline="{about} is not kept: {actual} instead of {expected}",
)
def limit_respected(contract: Contract, exchange: Exchange) -> Iterator[Contradiction]:
    """A page holds no more items than its limit."""
    limit = limit_of(contract)
    most, size = asked_limit(contract, exchange), read_page(contract, exchange, number=1).size
    if most is not None and size > most:
        expected = said("at most {most} items", most=most)
        yield broken(limit, (exchange,), expected=expected, actual=said("{size} items", size=size))


@visit_check(
    "limit-default", LIMIT, needs=_needs, headline="without {about} the page is another: {actual} instead of {expected}"
)
def limit_default(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """Without a limit the page is the one that the documented default asks for."""
    limit = limit_of(contract)
    if limit.default is None:
        raise Skip("no default is documented", Cause.DOCUMENTATION)
    asking = {limit.parameter: limit.default}
    plain, asked = visit.page(), visit.page(asking)
    if plain.size != asked.size and varies(visit, {}, plain.size) | varies(visit, asking, asked.size):
        raise Skip("pages vary in size from one request to the next", Cause.DOCUMENTATION)
    # Where pages are counted a short one, too, leads on.
    if (asked.cursor is None or contract.is_counted) and max(asked.size, plain.size) < limit.default:
        raise Skip(f"{asked.size} items cannot fill the default page; {limit.default} are needed", Cause.COLLECTION)
    go_on = not contract.is_counted and plain.cursor is not None and asked.cursor is not None
    if abs(plain.size - asked.size) > (0 if go_on else len(visit.movement.aside)):
        yield broken(
            limit,
            (plain.exchange, asked.exchange),
            expected=said(
                "{size} items, as with {parameter}={default}",
                size=asked.size,
                parameter=limit.parameter,
                default=limit.default,
            ),
            actual=said("{size} items", size=plain.size),
        )


def varies(visit: Visit, query: dict[str, int], size: int) -> bool:
    """Whether the page of a query, asked for again and again, has not always a size."""
    return {visit.page(query, time=time).size for time in AGAIN} != {size}


@visit_check(
    "limit-bounds",
    LIMIT,
    needs=_needs,
    no_proposal="Where the bounds lie now cannot be told from the requests of this run.",
    headline="{actual} instead of {expected}",
)
def limit_bounds(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """Both documented bounds are accepted, and what lies outside is refused."""
    limit = limit_of(contract)
    bounds = [(limit.minimum, -1), (limit.maximum, 1)]
    if limit.minimum is None and limit.maximum is None:
        raise Skip("no bound is documented", Cause.DOCUMENTATION)
    refusal = contract.refusal_of(limit.parameter)
    schema = contract.parameter(limit.parameter).pointer.below("schema")
    for bound, step in bounds:
        if bound is None:
            continue
        inside = visit.get({limit.parameter: bound})
        if not contract.succeeds(inside.status):
            yield answered(limit, inside, "success", bound, place="inside")
        if step > 0 and limit.capped:
            continue
        outside = visit.get({limit.parameter: bound + step})
        if refusal is not None and not matches(outside.status, refusal.status):
            also = (*not_as_refused(contract, refusal, outside), schema.below("minimum" if step < 0 else "maximum"))
            wanted = " or ".join(refusal.status)
            yield evolve(answered(limit, outside, wanted, bound + step, place=f"outside {step}"), also=also)


def _needs_open_minimum(contract: Contract) -> str:
    return _needs(contract) or ("" if contract.limit and contract.limit.minimum is None else "a minimum is documented")


@visit_check(
    "limit-zero-bounded",
    LIMIT,
    needs=_needs_open_minimum,
    headline="{about} of 0 lists more than none: {actual}; expected {expected}",
)
def limit_zero_bounded(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A limit of 0, where no minimum is documented, lists no more than no limit does."""
    limit = limit_of(contract)
    plain, zero = visit.page(), visit.get({limit.parameter: 0})
    size = len(items_in(contract, zero))
    if size > plain.size + len(visit.movement.aside):
        expected = said("no items, or as many as without {parameter}", parameter=limit.parameter)
        actual = said("{size} items for {parameter}=0", size=size, parameter=limit.parameter)
        yield broken(limit, (zero,), expected=expected, actual=actual, doubt=Doubt.AMBIGUOUS)


def answered(limit: Limit, exchange: Exchange, wanted: str, asked: int, *, place: str) -> Contradiction:
    """A limit that is answered with another status."""
    return broken(
        limit,
        (exchange,),
        expected=said("{wanted} for {parameter}={asked}", wanted=wanted, parameter=limit.parameter, asked=asked),
        actual=said("{status}", status=Status(exchange.status)),
        place=place,
    )


@visit_check(
    "limit-prefix",
    LIMIT,
    needs=_needs,
    headline="a shorter page is no beginning of a longer one: {actual}; expected {expected}",
)
def limit_prefix(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """A shorter page is the beginning of a longer one, ties aside."""
    limit, order = limit_of(contract), contract.order
    if order is None:
        raise Skip("no order is documented", Cause.DOCUMENTATION)
    long = visit.page(widest(contract))
    at_least(2, long.items, "have a beginning")
    for size in SIZES:
        short = visit.page(sized(contract, size))
        wanted = [key(order, item)[0] for item in long.items[: len(short.items)]]
        found = [key(order, item)[0] for item in short.items]
        differing = [index for index, pair in enumerate(zip(found, wanted, strict=False), 1) if pair[0] != pair[1]]
        # A long page may end early, and lead on; where it is the last one it holds whatever a short one does.
        missing = long.cursor is None and len(found) > len(wanted) + len(visit.movement.aside)
        if differing or missing:
            yield broken(
                limit,
                (short.exchange, long.exchange),
                expected=said("a page of {size} to be the beginning of a page of {long}", size=size, long=long.size),
                actual=said(
                    "{field} differs at item {number}",
                    field=order.by[0],
                    number=(differing or [len(wanted) + 1])[0],
                ),
            )
            return


CHECKS: tuple[Check, ...] = (limit_respected, limit_default, limit_bounds, limit_zero_bounded, limit_prefix)
