"""Readings of pages that a time leads on, and of bounds of which no page says whether they are inclusive."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import added, without
from conformance.mock.collection.order import boundary
from conformance.mock.faults.next_page import leading, leads_on
from conformance.mock.faults.tools import is_page
from conformance.mock.habit import Scene
from conformance.mock.readings.paging import asked_size
from conformance.mock.readings.reading import Reading, counted, is_open, on_pages
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation
from conformance.spec.values import BOUNDS

INCLUSIVE = {Relation.AFTER: Relation.AT_LEAST, Relation.BEFORE: Relation.AT_MOST}


def _bounded(contract: Contract) -> list[Filter]:
    return [
        known
        for known in contract.filters
        if known.relation in INCLUSIVE and is_open(contract, f"{known.pointer}/bound") and not known.bound_stated
    ]


def _inclusive(contract: Contract) -> Contract:
    open_ones = _bounded(contract)
    changed = [
        evolve(known, relation=INCLUSIVE[known.relation]) if known in open_ones else known for known in contract.filters
    ]
    return evolve(contract, filters=tuple(changed))


def _cut_by_time(contract: Contract) -> bool:
    known = boundary(contract)
    return known is not None and known.relation in BOUNDS and not known.bound_stated


def _ties_cut(scene: Scene) -> Answer:
    """A page ends where it is full, even between two items of one moment."""
    asked, known = asked_size(scene.contract, scene.request), boundary(scene.contract)
    limit = scene.contract.limit
    if not is_page(scene.answer) or asked is None or known is None or limit is None:
        return scene.answer
    longer = scene.server.answer(added(without(scene.request, limit.parameter), limit.parameter, str(2 * asked + 20)))
    items = longer.items or ()
    if len(items) <= asked:
        return evolve(scene.answer, items=items, body=longer.body)
    page = counted(evolve(scene, answer=evolve(scene.answer, items=items[:asked])), asked)
    return leading(evolve(scene, answer=page), known.field.get(items[asked - 1].value))


def _leads_behind(scene: Scene) -> Answer:
    """A full page leads on although nothing follows."""
    asked, known = asked_size(scene.contract, scene.request), boundary(scene.contract)
    items = scene.answer.items or ()
    if not is_page(scene.answer) or known is None or not items or len(items) != asked:
        return scene.answer
    return scene.answer if leads_on(scene) else leading(scene, known.field.get(items[-1].value))


def _no_default(contract: Contract) -> bool:
    limit = contract.limit
    return limit is not None and limit.default is None and contract.paging is not None


def _default(size: int) -> Callable[[Contract], Contract]:
    def misread(contract: Contract) -> Contract:
        return contract if contract.limit is None else evolve(contract, limit=evolve(contract.limit, default=size))

    return misread


READINGS = (
    Reading(
        name="bounds-inclusive",
        says="A bound of which the page does not say it lets in its own moment.",
        applies=lambda contract: bool(_bounded(contract)),
        misread=_inclusive,
    ),
    Reading(
        name="ties-cut-at-a-boundary",
        says="Where a time leads on, an item of the same moment as the last one of a page is passed over.",
        applies=_cut_by_time,
        garble=_ties_cut,
    ),
    Reading(
        name="full-page-leads-on",
        says="Where a time leads on, a full last page does too, to an empty one.",
        applies=_cut_by_time,
        garble=on_pages(_leads_behind),
    ),
    Reading(
        name="pages-of-seven-by-default",
        says="Where no default is documented, a page holds seven items.",
        applies=_no_default,
        misread=_default(7),
    ),
    Reading(
        name="pages-of-hundred-by-default",
        says="Where no default is documented, a page holds a hundred items.",
        applies=_no_default,
        misread=_default(100),
    ),
)
