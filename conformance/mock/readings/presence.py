"""Readings of what may be absent, null, or of a shape that no page shows."""

from __future__ import annotations

import copy

from attrs import evolve

from conformance.mock.answers.answer import Answer
from conformance.mock.collection.values import Json
from conformance.mock.faults.tools import each_item, properties
from conformance.mock.habit import Scene
from conformance.mock.readings.reading import (
    Reading,
    fields,
    in_invariants,
    kinds_of,
    on_pages,
    relied_on,
)
from conformance.pointer import Pointer
from conformance.spec.contract import Contract

ODD = ("", "  ", "déjà vu, ünïcode ✓ 🙂", "a\nb\tc", '"quoted" \\ / <b>&amp;', "x" * 3000)


def _optional(contract: Contract) -> list[str]:
    required = contract.item_schema.get("required", ())
    return [name for name in properties(contract) if name not in required]


def _nullable(contract: Contract) -> list[str]:
    """Optional fields that may be null as well."""
    named = fields(contract, lambda schema: "null" in kinds_of(schema) or _has_null_branch(schema))
    return [name for name in named if name in _optional(contract)]


def _has_null_branch(schema: Json) -> bool:
    return any("null" in kinds_of(branch) for branch in schema.get("anyOf", ()))


def _untold(contract: Contract) -> list[str]:
    """Optional fields that nothing else needs."""
    return [name for name in _optional(contract) if name not in relied_on(contract)]


def _open_objects(contract: Contract) -> list[str]:
    return fields(contract, lambda schema: "object" in kinds_of(schema) and schema.get("additionalProperties") is True)


def _untyped(contract: Contract) -> list[str]:
    return fields(contract, lambda schema: not set(schema) - {"description"})


def _texts(contract: Contract) -> list[str]:
    """Texts in which anything may stand."""
    limits = {"enum", "format", "pattern", "maxLength"}
    named = fields(contract, lambda schema: "string" in kinds_of(schema) and not limits & set(schema))
    return [name for name in named if name not in relied_on(contract) | in_invariants(contract)]


def _nulls_out(contract: Contract, item: dict[str, Json]) -> None:
    for name in _optional(contract):
        if name in item and item[name] is None:
            del item[name]


def _nulls_in(contract: Contract, item: dict[str, Json]) -> None:
    for name in _nullable(contract):
        item.setdefault(name, None)


def _least(contract: Contract, item: dict[str, Json]) -> None:
    for name in _untold(contract):
        item.pop(name, None)


def _richer(contract: Contract, item: dict[str, Json]) -> None:
    for name in _open_objects(contract):
        if isinstance(item.get(name), dict):
            item[name] |= {"tier": 1.5, "on": True, "none": None, "deep": {"list": [1, {"k": "v"}]}}


def _otherwise(scene: Scene) -> Answer:
    """Untyped fields take a turn at every shape."""
    shapes: tuple[Json, ...] = ({}, {"total": 5, "cost": 0.1}, 7, "much", [1], True, None)
    items = []
    for index, entry in enumerate(scene.answer.items or ()):
        names = dict.fromkeys(_untyped(scene.contract))
        value = {**entry.value, **{name: shapes[_turn(entry.value, index, len(shapes))] for name in names}}
        items.append(type(entry).of(value, entry.owners))
    return evolve(scene.answer, items=tuple(items))


def _turn(item: Json, index: int, among: int) -> int:
    """The same for an item whenever it is shown."""
    return sum(str(item.get("id", index)).encode()) % among


def _odd(contract: Contract, item: dict[str, Json]) -> None:
    for shift, name in enumerate(_texts(contract)):
        if isinstance(item.get(name), str):
            item[name] = ODD[(len(item[name]) + shift) % len(ODD)]


def _may_lack_array(contract: Contract) -> bool:
    *around, name = contract.items.place.tokens or ("",)
    return bool(name) and not contract.items.header and name not in contract.page.part(Pointer.of(*around)).required


def _lacking(scene: Scene) -> Answer:
    if scene.answer.items != ():
        return scene.answer
    *around, name = scene.answer.place.tokens
    body = copy.deepcopy(scene.answer.body)
    around_items: Json = Pointer.of(*around).get(body)
    around_items.pop(name, None)
    return evolve(scene.answer, body=body, items=None)


READINGS = (
    Reading(
        name="nulls-left-out",
        says="A field without a value is absent, where it may be.",
        applies=lambda contract: bool(_nullable(contract)),
        spoil=each_item(_nulls_out),
    ),
    Reading(
        name="nulls-written-out",
        says="A field without a value is null, where it may be.",
        applies=lambda contract: bool(_nullable(contract)),
        spoil=each_item(_nulls_in),
    ),
    Reading(
        name="optional-fields-left-out",
        says="No optional field is shown but those that a filter asks for.",
        applies=lambda contract: bool(_untold(contract)),
        spoil=each_item(_least),
    ),
    Reading(
        name="open-objects-hold-anything",
        says="Objects of a user's own hold numbers, flags, null and objects.",
        applies=lambda contract: bool(_open_objects(contract)),
        spoil=each_item(_richer),
    ),
    Reading(
        name="untyped-fields-of-any-shape",
        says="A field whose type no page names takes every shape.",
        applies=lambda contract: bool(_untyped(contract)),
        garble=on_pages(_otherwise),
    ),
    Reading(
        name="array-absent-when-empty",
        says="An empty page does not show its array.",
        applies=_may_lack_array,
        garble=_lacking,
        outermost=True,
    ),
    Reading(
        name="texts-unusual",
        says="Free texts are empty, long, in other scripts, and full of quotes and line ends.",
        applies=lambda contract: bool(_texts(contract)),
        spoil=each_item(_odd),
    ),
)
