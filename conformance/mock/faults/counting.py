"""Faults in numbers that count items."""

from __future__ import annotations

from collections.abc import Callable

from conformance.mock.answers.answer import Answer
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import envelope, is_page, read
from conformance.pointer import MISSING
from conformance.spec.contract import Contract
from conformance.spec.promises import Counter, Counts

_USUAL = 20


def _counter(contract: Contract, counts: Counts) -> Counter | None:
    return next((known for known in contract.counters if known.counts is counts), None)


def _fault(name: str, says: str, check: str, counts: Counts, change: Callable[[Scene, int], object]) -> Fault:
    def garble(scene: Scene) -> Answer:
        known = _counter(scene.contract, counts)
        shown = read(scene, known.value) if known is not None and is_page(scene.answer) else MISSING
        if known is None or shown is MISSING:
            return scene.answer
        told = change(scene, int(shown))
        return envelope(scene, known.value, str(told) if known.value.header else told)

    return Fault(
        name=name,
        says=says,
        check=check,
        applies=lambda contract: _counter(contract, counts) is not None,
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
    _fault(
        "count-became-text",
        "The page's count is text.",
        "body-matches-schema",
        Counts.PAGE,
        lambda _, number: str(number),
    ),
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
    _fault(
        "total-became-text",
        "The total is text.",
        "body-matches-schema",
        Counts.COLLECTION,
        lambda _, number: str(number),
    ),
)
