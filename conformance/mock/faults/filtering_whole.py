"""Faults in what is listed where no filter is given, or one that says little."""

from __future__ import annotations

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Request
from conformance.mock.collection.values import Json
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import filters_of, is_page
from conformance.pointer import MISSING
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation


def _given(contract: Contract, request: Request) -> list[Filter]:
    """The filters that a request gives, without those that show what is hidden by default."""
    flag = Relation.NULL_UNLESS_TRUE
    return [one for one in contract.filters if one.relation is not flag and request.values(one.parameter)]


def _listed(contract: Contract, known: Filter) -> list[Json]:
    schema = contract.parameter(known.parameter).schema
    values: list[Json] = schema.get("items", schema).get("enum", [])
    return values


def _worded(contract: Contract) -> Filter | None:
    """A filter by a documented list of words, without a default, that a request may give alone."""
    for known in filters_of(contract, Relation.EQUALS, Relation.IN):
        schema = contract.parameter(known.parameter).schema
        if len(_listed(contract, known)) > 1 and "default" not in schema and not known.requires:
            return known
    return None


def _first_word_alone(scene: Scene) -> Answer:
    """Where no filter is given, only items of the first documented word are listed, or of its kind."""
    known = _worded(scene.contract)
    if known is None or not is_page(scene.answer) or _given(scene.contract, scene.request):
        return scene.answer
    first = _listed(scene.contract, known)[0]
    kept = [one for one in scene.answer.items or () if known.field.get(one.value) == first]
    return evolve(scene.answer, items=tuple(kept))


def _newest_half(scene: Scene) -> Answer:
    """Where no filter is given, the older half of the collection is left out."""
    if not is_page(scene.answer) or _given(scene.contract, scene.request):
        return scene.answer
    half = scene.dataset.entries[: len(scene.dataset.entries) // 2]
    names = [scene.contract.identity_of(one.value) for one in half]
    kept = [one for one in scene.answer.items or () if scene.contract.identity_of(one.value) in names]
    return evolve(scene.answer, items=tuple(kept))


def _narrows(contract: Contract) -> bool:
    """Whether some filter shows what is hidden, and pages lead on beyond an empty one; none asks for everything."""
    if any(one.any is not None for one in contract.filters):
        return False
    exact = filters_of(contract, Relation.EQUALS, Relation.IN, Relation.CONTAINS)
    return any("default" not in contract.parameter(one.parameter).schema for one in exact) and not contract.is_counted


def _shows_words(contract: Contract) -> bool:
    return _worded(contract) is not None and not contract.is_counted


def _flags(contract: Contract) -> list[Filter]:
    return filters_of(contract, Relation.NULL_UNLESS_TRUE)


def _hidden_alone(scene: Scene) -> Answer:
    known = _flags(scene.contract)[0]
    if not is_page(scene.answer) or scene.request.values(known.parameter) != ["true"]:
        return scene.answer
    kept = [one for one in scene.answer.items or () if known.field.get(one.value) not in (None, MISSING)]
    return evolve(scene.answer, items=tuple(kept))


def _free(contract: Contract) -> Contract:
    return evolve(contract, filters=tuple(evolve(one, requires="") for one in contract.filters))


FAULTS = (
    Fault(
        name="others-hidden-by-default",
        says="Where no filter is given, only items of one documented word are listed.",
        check="whole-holds-filtered",
        applies=_shows_words,
        garble=_first_word_alone,
    ),
    Fault(
        name="older-hidden-by-default",
        says="Where no filter is given, the older half is not listed.",
        check="whole-holds-filtered",
        applies=_narrows,
        garble=_newest_half,
    ),
    Fault(
        name="flag-shows-hidden-alone",
        says="A flag that shows hidden items beside the others shows them alone.",
        check="hidden-added",
        applies=lambda contract: bool(_flags(contract)),
        garble=_hidden_alone,
    ),
    Fault(
        name="alone-has-effect",
        says="A parameter that is documented to have no effect alone has one.",
        check="alone-without-effect",
        applies=lambda contract: any(one.requires and one.needed is None for one in contract.filters),
        misread=_free,
    ),
)
