"""Faults in which fields items have, where a request chooses them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Request, without
from conformance.mock.collection.values import Entry, Json
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import is_page, plain
from conformance.spec.contract import Contract
from conformance.spec.promises import Relation


def _projects(contract: Contract) -> bool:
    return contract.projection is not None


def _has_always(contract: Contract) -> bool:
    return contract.projection is not None and bool(contract.projection.always)


def _has_plain(contract: Contract) -> bool:
    return _projects(contract) and bool(_lost(contract))


def _filtered(contract: Contract) -> list[str]:
    """The filters by a field that may be left out."""
    projection = contract.projection
    always = projection.always if projection is not None else ()
    sure = {contract.identity.tokens[0], *always}
    exact = [one for one in contract.filters if one.relation in {Relation.EQUALS, Relation.IN} and one.stands_alone]
    return [one.parameter for one in exact if one.field.tokens and one.field.tokens[0] not in sure]


def _lost(contract: Contract) -> str:
    """A field on which nothing else depends."""
    always = contract.projection.always if contract.projection is not None else ()
    names = (name for name in plain(contract, required=True) if name not in always)
    return next(names, "")


def _asked(contract: Contract, request: Request) -> list[str] | None:
    """What a request names, as one text or several."""
    projection = contract.projection
    texts = request.values(projection.parameter) if projection is not None else []
    names = [name for text in texts for name in text.replace("|", ",").replace(" ", ",").split(",")]
    return names if texts else None


def of_chosen(change: Callable[[Contract, Entry], Mapping[str, Json]]) -> Callable[[Scene], Answer]:
    """Changes each item of a page whose fields were chosen."""

    def garble(scene: Scene) -> Answer:
        answer = scene.answer
        if _asked(scene.contract, scene.request) is None or not is_page(answer) or answer.items is None:
            return answer
        items = tuple(Entry.of(change(scene.contract, one), one.owners) for one in answer.items)
        return evolve(answer, items=items)

    return garble


def _without_one(contract: Contract, entry: Entry) -> Mapping[str, Json]:
    return {name: value for name, value in entry.value.items() if name != _lost(contract)}


def _nulled(contract: Contract, entry: Entry) -> Mapping[str, Json]:
    return {**dict.fromkeys(contract.item.members), **entry.value}


def _unfiltered(contract: Contract, request: Request) -> Request:
    """The request without its filters by fields that its choice leaves out."""
    named, projection = _asked(contract, request), contract.projection
    if named is None or projection is None:
        return request
    lost = [one for one in contract.filters if one.parameter in _filtered(contract)]
    return without(request, *(one.parameter for one in lost if not projection.keeps(one.field.tokens[0], named)))


def _unprojected(contract: Contract) -> Contract:
    return evolve(contract, projection=None)


def _never_always(contract: Contract) -> Contract:
    projection = contract.projection
    return contract if projection is None else evolve(contract, projection=evolve(projection, always=()))


FAULTS = (
    Fault(
        name="projection-ignored",
        says="Items have all of their fields, whichever are chosen.",
        check="fields-chosen",
        applies=_projects,
        misread=_unprojected,
    ),
    Fault(
        name="projection-loses-a-field",
        says="A field is left out although it is chosen.",
        check="fields-chosen",
        applies=_has_plain,
        garble=of_chosen(_without_one),
    ),
    Fault(
        name="projection-loses-what-is-always-there",
        says="What items always have is left out where it is not chosen.",
        check="fields-chosen",
        applies=_has_always,
        misread=_never_always,
    ),
    Fault(
        name="projection-nulls",
        says="A field that is not chosen is null, and not left out.",
        check="fields-chosen",
        applies=_projects,
        garble=of_chosen(_nulled),
    ),
    Fault(
        name="projection-before-filter",
        says="A filter by a field that is not chosen is not applied.",
        check="fields-chosen",
        applies=lambda contract: _projects(contract) and bool(_filtered(contract)),
        mishear=_unfiltered,
    ),
)
