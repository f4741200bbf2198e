"""Faults in numbers that count items."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.ranges import moved, started_over
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import envelope, is_page, number_at, read, with_number
from conformance.pointer import MISSING
from conformance.spec.contract import Contract
from conformance.spec.counters import Counter, Counts

_USUAL = 20


def _counter(contract: Contract, counts: Counts) -> Counter | None:
    return next((known for known in contract.counters if known.counts is counts), None)


def _fault(name: str, says: str, check: str, counts: Counts, change: Callable[[Scene, int], object]) -> Fault:
    def garble(scene: Scene) -> Answer:
        known = _counter(scene.contract, counts)
        shown = number_at(scene, known) if known is not None and is_page(scene.answer) else None
        return scene.answer if known is None or shown is None else with_number(scene, known, change(scene, shown))

    return Fault(
        name=name,
        says=says,
        check=check,
        applies=lambda contract: _counter(contract, counts) is not None,
        garble=garble,
    )


def _text(name: str, says: str, counts: Counts) -> Fault:
    """A number of a body that became text: in a header nothing else can stand."""
    fault = _fault(name, says, "body-matches-schema", counts, lambda _, number: str(number))
    return evolve(fault, applies=lambda contract: bool((one := _counter(contract, counts)) and not one.value.header))


def _range(contract: Contract) -> Counter | None:
    return next((one for one in contract.counters if one.is_range and one.counts is Counts.PAGE), None)


def _ranged(name: str, says: str, change: Callable[[str], str]) -> Fault:
    def garble(scene: Scene) -> Answer:
        known = _range(scene.contract)
        if known is None or not is_page(scene.answer) or read(scene, known.value) is MISSING:
            return scene.answer
        return envelope(scene, known.value, change(read(scene, known.value)))

    return Fault(
        name=name,
        says=says,
        check="range-is-page",
        applies=lambda contract: _range(contract) is not None,
        garble=garble,
    )


def _more_after(scene: Scene, number: int) -> int:
    paging = scene.contract.paging
    return number + (len(scene.request.values(paging.parameter)) if paging is not None else 0)


FAULTS = (
    _fault(
        "count-is-fixed",
        "The page's count is always 20.",
        "count-is-page",
        Counts.PAGE,
        lambda _, number: _USUAL + (number == _USUAL),
    ),
    _fault(
        "count-off-by-one",
        "The page's count is one too high.",
        "count-is-page",
        Counts.PAGE,
        lambda _, number: number + 1,
    ),
    _fault("count-is-zero", "The page's count is zero.", "count-is-page", Counts.PAGE, lambda _, __: 0),
    _text("count-became-text", "The page's count is text.", Counts.PAGE),
    _fault(
        "total-off-by-one",
        "The total is one too high.",
        "total-is-collection",
        Counts.COLLECTION,
        lambda _, number: number + 1,
    ),
    _fault(
        "total-is-page",
        "The total counts the page.",
        "total-is-collection",
        Counts.COLLECTION,
        lambda scene, _: len(scene.answer.items or ()),
    ),
    _fault(
        "matching-off-by-one",
        "The number of what matches is one too high.",
        "total-is-matching",
        Counts.MATCHING,
        lambda _, number: number + 1,
    ),
    _fault(
        "matching-total-is-page",
        "The total of what matches counts the page.",
        "total-is-matching",
        Counts.MATCHING,
        lambda scene, _: len(scene.answer.items or ()),
    ),
    _fault("total-changes", "The total is greater on later pages.", "total-constant", Counts.COLLECTION, _more_after),
    _text("total-became-text", "The total is text.", Counts.COLLECTION),
    _ranged("range-starts-over", "The range of every page begins at 0.", started_over),
    _ranged("range-from-one", "The range counts positions from 1.", lambda text: moved(text, 1)),
)
