"""Readings of numbers: whole or not, and how they are written."""

from __future__ import annotations

import json

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.collection.values import Json, encode
from conformance.mock.faults.tools import each_item
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import (
    Reading,
    field_place,
    fields,
    in_invariants,
    is_open,
    kinds_of,
    on_pages,
    relied_on,
)
from conformance.spec.contract import Contract

MILLION = 10**6


def _pointed(part: Json) -> Json:
    """Every whole number written with a point: JSON does not tell 2048 from 2048.0."""
    if isinstance(part, dict):
        return {name: _pointed(value) for name, value in part.items()}
    if isinstance(part, list):
        return [_pointed(value) for value in part]
    return float(part) if isinstance(part, int) and not isinstance(part, bool) else part


def _with_points(scene: Scene) -> Answer:
    return evolve(scene.answer, sent=encode(_pointed(json.loads(scene.answer.raw))))


def _measures(contract: Contract) -> list[str]:
    """Numbers that no page says to be whole, and that are no times."""
    return fields(contract, lambda schema: "number" in kinds_of(schema) and "multipleOf" not in schema)


def _times(contract: Contract) -> list[str]:
    """Numbers that the spec takes to be whole, and the page does not."""
    named = fields(contract, lambda schema: "number" in kinds_of(schema) and "multipleOf" in schema)
    free = [name for name in named if name not in relied_on(contract)]
    return [name for name in free if is_open(contract, f"{field_place(contract, name)}/multipleOf")]


def _measured_finely(contract: Contract, item: dict[str, Json]) -> None:
    for name in _measures(contract):
        if item.get(name):
            item[name] += 0.25


def _amounts(contract: Contract) -> list[str]:
    """Measures that are compared with nothing."""
    return [name for name in _measures(contract) if name not in in_invariants(contract)]


def _in_millions(contract: Contract, item: dict[str, Json]) -> None:
    for name in _amounts(contract):
        if name in item:
            item[name] = item[name] and item[name] * MILLION


def _half_a_unit_later(contract: Contract, item: dict[str, Json]) -> None:
    for name in _times(contract):
        if item.get(name) is not None:
            item[name] += 0.5


READINGS = (
    Reading(
        name="whole-numbers-with-a-point",
        says="Whole numbers are written with a point, such as 2048.0.",
        garble=on_pages(_with_points),
    ),
    Reading(
        name="measures-with-fractions",
        says="Durations and amounts have fractions.",
        applies=lambda contract: bool(_measures(contract)),
        spoil=each_item(_measured_finely),
    ),
    Reading(
        name="measures-large",
        says="Amounts are in the millions.",
        applies=lambda contract: bool(_amounts(contract)),
        spoil=each_item(_in_millions),
    ),
    Reading(
        name="times-between-milliseconds",
        says="Unix times have fractions.",
        applies=lambda contract: bool(_times(contract)),
        spoil=each_item(_half_a_unit_later),
    ),
)
