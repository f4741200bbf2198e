"""Faults in how a filter on open text compares."""

from __future__ import annotations

from collections.abc import Callable

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import without
from conformance.mock.answers.selection import asked_of
from conformance.mock.faults.fault import Fault, Scene
from conformance.mock.faults.tools import filters_of, is_page
from conformance.spec.contract import Contract
from conformance.spec.promises import Filter, Relation


def _open_text(contract: Contract) -> bool:
    return _text_filter(contract) is not None


def _text_filter(contract: Contract) -> Filter | None:
    for known in filters_of(contract, Relation.EQUALS):
        schema = contract.parameter(known.parameter).schema
        if schema.get("type") == "string" and "enum" not in schema and "format" not in schema:
            return known
    return None


def _exact_text(contract: Contract) -> Filter | None:
    known = _text_filter(contract)
    return known if known is not None and known.case != "ignored" else None


def _case_ignored(contract: Contract) -> list[Filter]:
    """Filters that find a text in another case, and take any text."""
    kinds = (Relation.EQUALS, Relation.IN, Relation.STARTS_WITH, Relation.HAS_TEXT)
    found = [one for one in filters_of(contract, *kinds) if one.case == "ignored"]
    schemas = {one.name: one.schema.get("items", one.schema) for one in contract.parameters}
    return [one for one in found if not {"enum", "pattern", "format"} & set(schemas[one.parameter])]


def _case_read(contract: Contract) -> Contract:
    wrong = _case_ignored(contract)
    filters = (evolve(one, case="exact") if one in wrong else one for one in contract.filters)
    return evolve(contract, filters=tuple(filters))


def _searching(contract: Contract) -> list[Filter]:
    """Filters that look into several fields."""
    return [one for one in filters_of(contract, Relation.STARTS_WITH, Relation.HAS_TEXT) if one.others]


def _first_field_alone(contract: Contract) -> Contract:
    wrong = _searching(contract)
    filters = (evolve(one, others=()) if one in wrong else one for one in contract.filters)
    return evolve(contract, filters=tuple(filters))


def _open_filter(contract: Contract) -> Filter | None:
    """A filter that takes values which nothing has, and need not refuse them."""
    return _text_filter(contract) or next(iter(filters_of(contract, Relation.CONTAINS)), None)


def _unknown_lists_all(scene: Scene) -> Answer:
    known = _open_filter(scene.contract)
    if known is None or not is_page(scene.answer) or scene.answer.items or not scene.request.values(known.parameter):
        return scene.answer
    return scene.server.answer(without(scene.request, known.parameter))


def _compared_by(relation: Relation, find: Callable[[Contract], Filter | None]) -> Callable[[Contract], Contract]:
    """Reads the relation of one filter as another."""

    def misread(contract: Contract) -> Contract:
        wrong = find(contract)
        return evolve(
            contract,
            filters=tuple(evolve(one, relation=relation) if one is wrong else one for one in contract.filters),
        )

    return misread


def _beginning(contract: Contract) -> Filter | None:
    return next(iter(filters_of(contract, Relation.STARTS_WITH)), None)


def _any_case(scene: Scene) -> Answer:
    known = _exact_text(scene.contract)
    if known is None or not is_page(scene.answer) or scene.answer.items or not scene.request.values(known.parameter):
        return scene.answer
    wanted = str(asked_of(scene.contract, known, {known.parameter: scene.request.values(known.parameter)[0]})).lower()
    others = scene.server.answer(without(scene.request, known.parameter)).items or ()
    found = [entry for entry in others if str(known.field.get(entry.value)).lower() == wanted]
    return evolve(scene.answer, items=tuple(found))


FAULTS = (
    Fault(
        name="unknown-value-lists-all",
        says="A value that nothing has lists everything.",
        check="filter-shrinks",
        applies=lambda contract: _open_filter(contract) is not None,
        garble=_unknown_lists_all,
    ),
    Fault(
        name="equals-by-prefix",
        says="An equality filter compares beginnings.",
        check="filter-sound",
        applies=_open_text,
        misread=_compared_by(Relation.STARTS_WITH, _text_filter),
    ),
    Fault(
        name="starts-with-anywhere",
        says="A filter by how a text begins finds it anywhere.",
        check="filter-shrinks",
        applies=lambda contract: _beginning(contract) is not None,
        misread=_compared_by(Relation.HAS_TEXT, _beginning),
    ),
    Fault(
        name="starts-with-is-equals",
        says="A filter by how a text begins wants the whole of it.",
        check="filter-complete",
        applies=lambda contract: _beginning(contract) is not None,
        misread=_compared_by(Relation.EQUALS, _beginning),
    ),
    Fault(
        name="equals-in-any-case",
        says="An equality filter ignores case.",
        check="filter-shrinks",
        applies=lambda contract: _exact_text(contract) is not None,
        garble=_any_case,
    ),
    Fault(
        name="search-in-first-field-alone",
        says="A text is searched for in the first of several fields alone.",
        check="filter-complete",
        applies=lambda contract: bool(_searching(contract)),
        misread=_first_field_alone,
    ),
    Fault(
        name="case-not-ignored",
        says="A filter that ignores case compares it.",
        check="filter-complete",
        applies=lambda contract: bool(_case_ignored(contract)),
        misread=_case_read,
    ),
)
