"""What holds along one recorded walk: nothing twice, the documented order, an end, numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from attrs import evolve

from conformance.checks.ordering import out_of_order
from conformance.checks.ordering_chosen import of_one_kind, unsorted
from conformance.checks.paging_accepted import not_accepted
from conformance.pointer import Pointer
from conformance.replay.quick.columns import Column
from conformance.replay.quick.consistency import in_order
from conformance.replay.relations.asked_values import asked_in
from conformance.replay.relations.counted import counted
from conformance.replay.relations.filters import sound
from conformance.replay.relations.judgement import Judgement
from conformance.replay.relations.visit import found_in
from conformance.replay.relations.walks import Query, Step, Walk
from conformance.spec.contract import Contract
from conformance.spec.order import Order
from conformance.spec.values import comparable

IDLE = 4
"""Pages, of which the last bring nothing new, before a walk is looked at for its end."""


def along(contract: Contract, walk: Walk, judgement: Judgement) -> None:
    """Judge one walk."""
    _order(contract, walk, judgement)
    if contract.paging is not None:
        _disjoint(contract, walk, judgement)
        _end(contract, walk, judgement)
        _accepted(contract, walk, judgement)
    counted(contract, walk, judgement)
    for step in walk.steps[1:]:
        sound(contract, step, judgement, first=walk.steps[0])


def _disjoint(contract: Contract, walk: Walk, judgement: Judgement) -> None:
    first: dict[Any, Step] = {}
    for number, step in enumerate(walk.steps):
        new = first.keys().isdisjoint(step.names)
        repeated = None if new else next(first[name] for name in step.names if name in first)
        if number:
            judgement.note("pages-disjoint", found_in("pages-disjoint", contract, [repeated, step]) if repeated else ())
        for name in step.names:
            first.setdefault(name, step)


def _end(contract: Contract, walk: Walk, judgement: Judgement) -> None:
    last = walk.steps[-1]
    if last.cursor is None:
        judgement.note("walk-ends")
        ends = contract.paging.ends if contract.paging is not None else ()
        wrong = bool(ends) and last.ending not in ends
        judgement.note("last-page-ends", found_in("last-page-ends", contract, walk.steps) if wrong else ())
        return
    found = () if _plainly_goes_on(walk.steps) else found_in("walk-ends", contract, walk.steps)
    if found:
        judgement.note("walk-ends", found)


def _accepted(contract: Contract, walk: Walk, judgement: Judgement) -> None:
    """Judge whether what each page gave led to a page; a page that is counted need not be there."""
    for _ in walk.steps[1:]:
        judgement.note("cursor-accepted")
    if walk.refused is not None and not contract.is_counted:
        last, answer = walk.steps[-1].page, walk.refused.exchange
        narrowed = [one.promise for one in asked_in(contract, walk.query)] or _turned(contract, walk.query)
        also = tuple(promise.pointer for promise in narrowed[:1])
        place = next((promise.parameter for promise in narrowed), "")
        judgement.note("cursor-accepted", [not_accepted(contract, last, answer, place=place, also=also)])


def _turned(contract: Contract, query: Query) -> list[Order]:
    order = contract.order
    return [order] if order is not None and any(name == order.parameter for name, _ in query) else []


def _plainly_goes_on(steps: Sequence[Step]) -> bool:
    """Whether no cursor comes again, and the last pages of many bring something new."""
    cursors = {(type(step.cursor), str(step.cursor)) for step in steps}
    if len({kind for kind, _ in cursors}) > 1 or len(cursors) < len(steps):
        return False
    if len(steps) <= IDLE:
        return True
    before = {name for step in steps[:-IDLE] for name in step.names}
    return all(step.is_named for step in steps) and any(not before.issuperset(step.names) for step in steps[-IDLE:])


def _order(contract: Contract, walk: Walk, judgement: Judgement) -> None:
    order = contract.order
    if order is None or sum(step.size for step in walk.steps) < 2:  # noqa: PLR2004 - two items
        return
    given = dict(walk.query)
    turned, chosen = given.get(order.parameter), given.get(order.chosen_by)
    if turned not in {None, "asc", "desc"}:
        return
    if chosen is not None or order.descending_by in given:
        _chosen(order, walk, given, judgement)
        return
    if turned is not None and not order.turns:
        return
    asked = order.asked(given)
    check = "order-holds" if turned is None else "order-reverses"
    for part in _unmoved(contract, walk):
        plain = _plainly_ordered(part, asked.by, asked.direction)
        judgement.note(check, () if plain else out_of_order(order, part.pages, asked.direction))


def _unmoved(contract: Contract, walk: Walk) -> list[Walk]:
    """The parts of a walk that newcomers do not push back: all of it, or each page where pages are counted."""
    if not contract.is_counted:
        return [walk]
    return [evolve(walk, steps=[step]) for step in walk.steps if step.size > 1]


def _chosen(order: Order, walk: Walk, given: Mapping[str, str], judgement: Judgement) -> None:
    """Judge each page by itself: what a parameter sorts by may change between two of them."""
    if order.several or not order.keys(given):
        return
    asked, word = order.asked(given), given.get(order.chosen_by, given.get(order.descending_by, ""))
    for step in walk.steps:
        if step.size > 1:
            kind, column = step.sheet.columns.compared(asked.by[0])
            plain = in_order(kind, column, asked.direction)
            judgement.note("order-chosen", () if plain else unsorted(asked, of_one_kind(asked, [step.page]), word))


def _plainly_ordered(walk: Walk, by: Sequence[Pointer], direction: str) -> bool:
    """Whether items are plainly in order, and ties in the same direction."""
    kind, first = walk.compared(by[0])
    if not in_order(kind, first, direction):
        return False
    ties = [at for at, (one, other) in enumerate(pairwise(first)) if one == other] if len(by) > 1 else []
    rest = [walk.column(place) for place in by[1:]] if ties else []
    return all(_tie_in_order(rest, at, direction) for at in ties)


def _tie_in_order(columns: Sequence[Column], at: int, direction: str) -> bool:
    """Whether the item at a place and the next are in a direction by further columns."""
    left, right = ([comparable(column[index]) for column in columns] for index in (at, at + 1))
    try:
        return bool(left <= right if direction == "asc" else left >= right)
    except TypeError:
        return False
