"""Faults in how filters and pages go together."""

from __future__ import annotations

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.arguments import Reader
from conformance.mock.answers.refusals import error, refuse
from conformance.mock.answers.request import Refused
from conformance.mock.answers.selection import asked_of, check_expressions
from conformance.mock.collection.matches import matcher
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import filters_of, is_page
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation

_EXACT = (Relation.EQUALS, Relation.IN, Relation.CONTAINS)


def _exact(contract: Contract) -> list[Filter]:
    exact = filters_of(contract, *_EXACT)
    return [one for one in contract.filters if (one in exact or one.expression) and not one.requires]


def unfiltered(contract: Contract) -> Contract:
    """The contract without the filters that ask for values, for a server that filters afterwards."""
    gone = _exact(contract)
    return evolve(contract, filters=tuple(one for one in contract.filters if one not in gone))


def after_cut(scene: Scene) -> Answer:
    """Of each page of the whole, what the filters ask for."""
    if not is_page(scene.answer):
        return scene.answer
    given = Reader(scene.contract).read(scene.request)
    try:
        check_expressions(scene.contract, given)
        asked = [(one, asked_of(scene.contract, one, given)) for one in _exact(scene.contract)]
        tests = [matcher(one, value) for one, value in asked if value is not None]
    except Refused as refused:
        return refuse(scene.contract, scene.dataset, refused)
    return evolve(
        scene.answer, items=tuple(one for one in scene.answer.items or () if all(test(one) for test in tests))
    )


def _cuts(contract: Contract) -> bool:
    """Whether what a page lacks is lost: it does not lead on, or an empty one is the last."""
    lost = contract.is_counted or (contract.paging is None and contract.limit is not None)
    own = {one.parameter for one in _exact(contract)}
    defaults = any("default" in contract.parameter(name).schema for name in own)
    return lost and bool(own) and not defaults and not any(one.requires in own for one in contract.filters)


def _can_match_nothing(contract: Contract) -> bool:
    """Whether something may be asked for that nothing is: pairs, or what two filters ask for at once."""
    exact = _exact(contract)
    ranges = filters_of(contract, Relation.AFTER, Relation.AT_LEAST, Relation.BEFORE, Relation.AT_MOST)
    return any(one.relation is Relation.CONTAINS for one in exact) or (bool(exact) and len(exact) + len(ranges) > 1)


def _not_found(scene: Scene) -> Answer:
    asked = any(scene.request.values(one.parameter) for one in scene.contract.filters)
    later = scene.contract.paging is not None and scene.request.values(scene.contract.paging.parameter)
    if not is_page(scene.answer) or scene.answer.items or not asked or later:
        return scene.answer
    return error(scene.dataset, 404, message="nothing was found")


FAULTS = (
    Fault(
        name="filter-after-cut",
        says="A page is cut before it is filtered, so that it lacks what others hold.",
        check="filter-precedes-cut",
        applies=_cuts,
        misread=unfiltered,
        garble=after_cut,
    ),
    Fault(
        name="no-match-is-404",
        says="Where nothing matches the answer is 404.",
        check="no-match-is-a-page",
        applies=_can_match_nothing,
        garble=_not_found,
    ),
)
