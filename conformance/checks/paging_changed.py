"""What a cursor leads to does not depend on the filters and the order that are asked for beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Unpack

from attrs import frozen

from conformance.checks._filter_values import NOBODY, chosen, exact, known_of, listed_values
from conformance.checks._walks import Attempts, Parts, broken, sized
from conformance.checks.access import matches, not_as_refused
from conformance.checks.base import Check, visit_check
from conformance.checks.family import PAGING
from conformance.checks.paging import paging_of
from conformance.exchange import Exchange
from conformance.finding import Contradiction
from conformance.jsontext import Json
from conformance.listing.pages import Page, items_in
from conformance.listing.visit import Visit
from conformance.sentence import Sentence, Status, said
from conformance.spec.asked import asking, written
from conformance.spec.contract import Contract
from conformance.spec.cursors import changed_refusal
from conformance.spec.order import OTHER
from conformance.spec.promises import Filter
from conformance.spec.values import contradicts, identities

SIZE = 3
"""Items on a page, so that few of them make two."""
VALUES = 2
"""Of one filter, those whose listing may have two pages."""


@frozen
class _Change:
    """What a page leads to, and the same cursor beside other arguments."""

    name: str
    """The parameter that is another, or left out."""
    walked: tuple[Page, Page]
    """The page that gave the cursor, and the one that follows it."""
    query: Mapping[str, Json]


def _needs(contract: Contract) -> str:
    if contract.paging is None or not contract.paging.changed:
        return "nothing documents what other arguments are beside a cursor"
    return "" if exact(contract) or _turned(contract) else "there is no filter and no order to change"


@visit_check(
    "cursor-arguments-fixed",
    PAGING,
    needs=_needs,
    tests=lambda contract: (contract.paging, changed_refusal(contract)),
    no_proposal="A cursor that takes some of what is asked beside it leads to no listing that anybody asked for.",
    headline="{place} changes what a cursor leads to: {actual} instead of {expected}",
)
def cursor_arguments_fixed(contract: Contract, visit: Visit) -> Iterator[Contradiction]:
    """Another filter or order beside a cursor is refused, or has no effect, whichever the documentation says."""
    attempts = Attempts()
    judge = _kept if paging_of(contract).changed == "kept" else _refused
    for promise in (*exact(contract), None):
        with attempts.reading():
            for change in _of_order(visit) if promise is None else _of_filter(visit, promise):
                attempts.seen = True
                yield from judge(contract, change, visit.get(change.query))
    attempts.end(f"no listing in which something can be changed fills two pages of {SIZE}")


def _turned(contract: Contract) -> str:
    """The parameter that turns the order, if one does."""
    return contract.order.parameter if contract.order is not None and contract.order.turns else ""


def _of_filter(visit: Visit, promise: Filter) -> Iterator[_Change]:
    """Another value beside the cursor of a filtered listing, or of the plain one; and none, where that is said."""
    contract = visit.contract
    values = [value for value, _ in chosen(contract, promise, known_of(contract, visit)[0])]
    for base in (*values[:VALUES], None):
        walked = _walked(visit, asking(promise, base))
        if walked is None:
            continue
        known = (*values, *_more_values(contract, promise))
        others = [one for one in known if any(contradicts(promise, item, one) for item in walked[1].items)]
        left_out = [None] if base is not None and paging_of(contract).changed == "kept" else []
        for other in (*others[:1], *left_out):
            yield _beside(visit, walked, asking(promise, other))
        return


def _more_values(contract: Contract, promise: Filter) -> list[Json]:
    """Values that no item need have: those that the documentation lists, and one that nobody has."""
    words = [[one] if promise.several else one for one in (*listed_values(contract, promise), NOBODY)]
    takes = contract.parameter(promise.parameter).validator.is_valid
    return [one for one in words if takes(written(promise, one))]


def _of_order(visit: Visit) -> Iterator[_Change]:
    """The other direction beside the cursor of a listing."""
    order, name = visit.contract.order, _turned(visit.contract)
    if order is None or not name:
        return
    walked = _walked(visit, {name: order.direction_of([order.direction])})
    if walked is not None:
        yield _beside(visit, walked, {name: order.direction_of([OTHER[order.direction]])})


def _walked(visit: Visit, query: Mapping[str, Json]) -> tuple[Page, Page] | None:
    """Two pages of a listing; None where one holds it."""
    walked = list(visit.walk(sized(visit.contract, SIZE) | dict(query), most=2))
    return (walked[0], walked[1]) if len(walked) > 1 and walked[1].items else None


def _beside(visit: Visit, walked: tuple[Page, Page], other: Mapping[str, Json]) -> _Change:
    contract, (name,) = visit.contract, other
    leading = {paging_of(contract).parameter: walked[0].cursor}
    return _Change(name, walked, {**sized(contract, SIZE), **other, **leading})


def _refused(contract: Contract, change: _Change, answer: Exchange) -> Iterator[Contradiction]:
    refusal = changed_refusal(contract)
    wanted = refusal.status if refusal else ("4XX",)
    if not matches(answer.status, wanted):
        also = not_as_refused(contract, refusal, answer) if refusal else ()
        expected = said("{wanted} for another {name} beside a cursor", wanted=" or ".join(wanted), name=change.name)
        yield _broken(contract, change, answer, expected=expected, actual=_status(answer), also=also)


def _kept(contract: Contract, change: _Change, answer: Exchange) -> Iterator[Contradiction]:
    """Compared by what both pages show, as a page may be shorter than it is asked for."""
    usual, shown = (set(identities(contract, items)) for items in (change.walked[1].items, items_in(contract, answer)))
    short, long = sorted((usual, shown), key=len)
    if not short or not short <= long:
        expected = said("the page that follows, whatever {name} is beside its cursor", name=change.name)
        seen = said("other items") if shown else said("no item")
        actual = seen if contract.succeeds(answer.status) else _status(answer)
        yield _broken(contract, change, answer, expected=expected, actual=actual)


def _status(answer: Exchange) -> Sentence:
    return said("{status}", status=Status(answer.status))


def _broken(contract: Contract, change: _Change, answer: Exchange, **parts: Unpack[Parts]) -> Contradiction:
    place = contract.pointer.below("x-conformance", "paging", "changed")
    witness = (*(page.exchange for page in change.walked), answer)
    parts |= {"place": change.name, "also": (place, *parts.get("also", ()))}
    return broken(changed_refusal(contract) or paging_of(contract), witness, **parts)


CHECKS: tuple[Check, ...] = (cursor_arguments_fixed,)
