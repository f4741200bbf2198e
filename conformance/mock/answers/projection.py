"""Items with the fields alone that a request chooses."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.answers.request import Refused
from conformance.mock.collection.values import Entry, Json
from conformance.spec.contract import Contract


def projected(contract: Contract, answer: Answer, arguments: Mapping[str, Json]) -> Answer:
    """A page after its items were chosen, counted and cut: each with what the arguments leave of it."""
    chosen = chosen_fields(contract, arguments)
    if chosen is None or answer.items is None:
        return answer
    return evolve(answer, items=tuple(_kept(contract, entry, chosen) for entry in answer.items))


def chosen_fields(contract: Contract, arguments: Mapping[str, Json]) -> list[str] | None:
    """The fields that a request names; None where it names none. A name that is no field chooses nothing."""
    projection = contract.projection
    if projection is None or projection.parameter not in arguments:
        return None
    asked = arguments[projection.parameter]
    names = asked if isinstance(asked, list) else [name.strip() for name in asked.split(",")]
    if contract.refusal(f"invalid-{projection.parameter}") is not None:
        _check(contract, projection.parameter, names)
    return names


def _check(contract: Contract, parameter: str, names: list[str]) -> None:
    unknown = [name for name in names if name not in contract.item.members]
    if unknown:
        raise Refused("invalid-parameter", f"no item has a field {unknown[0]!r}", parameter=parameter)


def _kept(contract: Contract, entry: Entry, names: list[str]) -> Entry:
    projection = contract.projection
    if projection is None:
        return entry
    return Entry.of(
        {
            field: value
            for field, value in entry.value.items()
            if field in projection.always or (field not in names if projection.omits else field in names)
        },
        entry.owners,
    )
