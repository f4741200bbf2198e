"""Readings of what answers a value that nothing has."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.refusals import error
from conformance.mock.collection.values import Json
from conformance.mock.faults.tools import is_page
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import Reading, kinds_of
from conformance.mock.readings.values import refused, refuses
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation


def _held(scene: Scene, known: Filter) -> set[str]:
    values = {str(known.field.get(entry.value)) for entry in scene.dataset.entries}
    return values | {name for names in scene.dataset.known.get(known.parameter, ()) for name in names}


def _open_values(wanted: Callable[[Mapping[str, Json]], bool]) -> Callable[[Contract], list[Filter]]:
    """Filters by equality that take any value."""

    def find(contract: Contract) -> list[Filter]:
        return [
            known
            for known in contract.filters
            if known.relation is Relation.EQUALS and wanted(contract.parameter(known.parameter).schema)
        ]

    return find


_unbounded = _open_values(
    lambda schema: not {"enum", "pattern", "format", "minimum"} & set(schema) and "boolean" not in kinds_of(schema)
)
_any_text = _open_values(lambda schema: "enum" not in schema and "string" in kinds_of(schema))


def _strange(scene: Scene, filters: list[Filter]) -> str:
    """The parameter whose value nothing has."""
    for known in filters:
        given = scene.request.values(known.parameter)
        if given and given[0] not in _held(scene, known):
            return known.parameter
    return ""


def _strange_refused(scene: Scene) -> Answer:
    name = _strange(scene, _unbounded(scene.contract))
    return refused(scene, name) if name and is_page(scene.answer) else scene.answer


def _strange_not_found(scene: Scene) -> Answer:
    name = _strange(scene, _any_text(scene.contract))
    return error(scene.dataset, 404, message="not found") if name and is_page(scene.answer) else scene.answer


READINGS = (
    Reading(
        name="strange-values-refused",
        says="An identifier that cannot exist is refused as invalid.",
        applies=lambda contract: bool(_unbounded(contract)) and refuses(contract),
        garble=_strange_refused,
    ),
    Reading(
        name="strange-values-not-found",
        says="A name that nothing has is answered with 404.",
        applies=lambda contract: bool(_any_text(contract)) and bool(contract.responses_for(404)),
        garble=_strange_not_found,
    ),
)
