"""What holds along one recorded walk: nothing twice, the documented order, an end, totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from conformance.checks import named
from conformance.checks.ordering import out_of_order
from conformance.finding import Contradiction
from conformance.pointer import Pointer
from conformance.replay.quick.columns import Column
from conformance.replay.quick.consistency import in_order
from conformance.replay.relations.asked_values import asked_in
from conformance.replay.relations.filters import ends, sound
from conformance.replay.relations.judgement import Judgement
from conformance.replay.relations.visit import RecordedVisit, judged
from conformance.replay.relations.walks import Step, Walk
from conformance.spec.contract import Contract
from conformance.spec.counters import Counts
from conformance.spec.values import comparable

IDLE = 4
"""Pages, of which the last bring nothing new, before a walk is looked at for its end."""


def along(contract: Contract, walk: Walk, judgement: Judgement) -> None:
    """Judge one walk."""
    _order(contract, walk, judgement)
    if contract.paging is not None:
        _disjoint(contract, walk, judgement)
        _end(contract, walk, judgement)
    _totals(contract, walk, judgement)
    for step in walk.steps[1:]:
        sound(contract, step, judgement, first=walk.steps[0])


def _found(check: str, contract: Contract, steps: Sequence[Step]) -> list[Contradiction]:
    """What the check itself finds in some pages, read as one walk."""
    return judged(named(check).of_visit, RecordedVisit(contract, [step.page for step in steps]))


def _disjoint(contract: Contract, walk: Walk, judgement: Judgement) -> None:
    first: dict[Any, Step] = {}
    for number, step in enumerate(walk.steps):
        new = first.keys().isdisjoint(step.names)
        repeated = None if new else next(first[name] for name in step.names if name in first)
        if number:
            judgement.note("pages-disjoint", _found("pages-disjoint", contract, [repeated, step]) if repeated else ())
        for name in step.names:
            first.setdefault(name, step)


def _end(contract: Contract, walk: Walk, judgement: Judgement) -> None:
    last = walk.steps[-1]
    if last.cursor is None:
        judgement.note("walk-ends")
        wrong = contract.paging is not None and last.ending not in contract.paging.ends
        judgement.note("last-page-ends", _found("last-page-ends", contract, walk.steps) if wrong else ())
        return
    found = () if _plainly_goes_on(walk.steps) else _found("walk-ends", contract, walk.steps)
    if found:
        judgement.note("walk-ends", found)


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
    if chosen is not None or order.descending_by in given or turned not in {None, "asc", "desc"}:
        return
    if turned is not None and not order.turns:
        return
    asked = order.asked(given)
    plain = _plainly_ordered(walk, asked.by, asked.direction)
    check = "order-holds" if turned is None else "order-reverses"
    judgement.note(check, () if plain else out_of_order(order, walk.pages, asked.direction))


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


def _totals(contract: Contract, walk: Walk, judgement: Judgement) -> None:
    """Judge totals of the whole collection, where no filter was given."""
    counters = [one for one in contract.counters if one.counts is Counts.COLLECTION]
    if not counters or asked_in(contract, walk.query):
        return
    totals = [[one.of(step.sheet.value(one.value)) for one in counters] for step in walk.steps]
    complete = ends(contract, walk)
    for one, other in pairwise(range(len(totals))):
        same = totals[one] == totals[other]
        judgement.note("total-constant", () if same or not complete else _constant(contract, walk))
    if complete:
        listed = sum(step.size for step in walk.steps)
        good = all(value == listed for value in totals[0])
        judgement.note("total-is-collection", () if good else _found("total-is-collection", contract, walk.steps))


def _constant(contract: Contract, walk: Walk) -> Iterator[Contradiction]:
    yield from _found("total-constant", contract, walk.steps)
