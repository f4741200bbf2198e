"""Versions of a document: one, and what may change of it."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable

from conformance.tests.draft.kinds import DOCUMENT, Json, box, operation, page

FIELDS: Json = {
    "name": {"type": "string"},
    "size": {"type": "integer", "minimum": 0},
    "ratio": {"type": "number"},
    "made": {"type": "string", "format": "date-time"},
    "mode": {"type": "string", "enum": ["fast", "slow"]},
    "tags": {"type": "array", "items": {"type": "string"}},
    "labels": {"type": "object", "additionalProperties": {"type": "string"}},
    "owner": {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string"}, "team": {"type": "string"}},
    },
    "on": {"type": "boolean"},
}
PARAMETERS: tuple[Json, ...] = (
    {"name": "mode", "in": "query", "schema": {"type": "string", "enum": ["fast", "slow"]}},
    {"name": "min_size", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": 100}},
    {"name": "zone", "in": "query", "schema": {"type": "string"}},
)


def first(chance: random.Random) -> Json:
    """A document with fields of every kind, some of them required and some nullable."""
    document = copy.deepcopy(DOCUMENT)
    chosen = chance.sample([*FIELDS], k=6)
    box(document)["properties"] |= {name: copy.deepcopy(FIELDS[name]) for name in chosen}
    box(document)["required"] += [name for name in chosen if chance.random() < 0.5]
    for name in chosen:
        if chance.random() < 0.2:
            box(document)["properties"][name]["nullable"] = True
    operation(document)["parameters"] += copy.deepcopy(list(PARAMETERS))
    return document


Change = Callable[[Json, random.Random], bool]
"""Changes a document in place; False where there is nothing to change so."""


def _field(document: Json, chance: random.Random, wanted: Callable[[Json], bool] = lambda _: True) -> tuple[str, Json]:
    fields = {name: one for name, one in box(document)["properties"].items() if name != "id" and wanted(one)}
    name = chance.choice(sorted(fields)) if fields else ""
    return name, fields.get(name, {})


def _of(kind: str) -> Callable[[Json], bool]:
    return lambda schema: schema.get("type") == kind


def _added(document: Json, chance: random.Random) -> bool:
    box(document)["properties"][f"new_{chance.randrange(99)}"] = {"type": "string"}
    return True


def _removed(document: Json, chance: random.Random) -> bool:
    name, _ = _field(document, chance)
    del box(document)["properties"][name]
    box(document)["required"] = [one for one in box(document)["required"] if one != name]
    return True


def _renamed(document: Json, chance: random.Random) -> bool:
    name, schema = _field(document, chance)
    _removed_as(document, name)
    box(document)["properties"][f"{name}Of"] = schema
    return True


def _removed_as(document: Json, name: str) -> None:
    del box(document)["properties"][name]
    box(document)["required"] = [one for one in box(document)["required"] if one != name]


def _retyped(document: Json, chance: random.Random) -> bool:
    name, schema = _field(document, chance, lambda one: one.get("type") in {"string", "integer", "boolean"})
    if name:
        other = {"string": "integer", "integer": "string", "boolean": "array"}[schema["type"]]
        box(document)["properties"][name] = {"type": other} | ({"items": {}} if other == "array" else {})
    return bool(name)


def _number(document: Json, chance: random.Random) -> bool:
    name, schema = _field(document, chance, _of("integer"))
    schema.update({"type": "number"} if name else {})
    return bool(name)


def _null(document: Json, chance: random.Random) -> bool:
    name, schema = _field(document, chance, lambda one: "nullable" not in one)
    schema.update({"nullable": True} if name else {})
    return bool(name)


def _never_null(document: Json, chance: random.Random) -> bool:
    _, schema = _field(document, chance, lambda one: one.get("nullable") is True)
    return bool(schema.pop("nullable", False))


def _optional(document: Json, chance: random.Random) -> bool:
    required = [name for name in box(document)["required"] if name != "id"]
    name = chance.choice(required) if required else ""
    box(document)["required"] = [one for one in box(document)["required"] if one != name]
    return bool(name)


def _required(document: Json, chance: random.Random) -> bool:
    free = sorted(box(document)["properties"].keys() - set(box(document)["required"]))
    box(document)["required"] += [chance.choice(free)] if free else []
    return bool(free)


def _value(document: Json, chance: random.Random) -> bool:
    name, schema = _field(document, chance, lambda one: "enum" in one)
    schema.update({"enum": [*schema["enum"], "lost"]} if name else {})
    return bool(name)


def _no_value(document: Json, chance: random.Random) -> bool:
    name, schema = _field(document, chance, lambda one: len(one.get("enum", ())) > 1)
    schema.update({"enum": schema["enum"][:1]} if name else {})
    return bool(name)


def _format(document: Json, chance: random.Random) -> bool:
    name, schema = _field(document, chance, lambda one: one.get("format") == "date-time")
    schema.update({"format": "date"} if name else {})
    return bool(name)


def _inside(document: Json, chance: random.Random) -> bool:
    name, schema = _field(document, chance, lambda one: "properties" in one)
    if name:
        schema["properties"]["team"] = (
            {"type": "integer"} if chance.random() < 0.5 else {"type": "string", "nullable": True}
        )
    return bool(name)


def _counted(document: Json, _: random.Random) -> bool:
    page(document)["properties"]["total"] = {"type": "integer"}
    return True


def _parameter(document: Json, name: str) -> Json:
    found: Json = next(one for one in operation(document)["parameters"] if one["name"] == name)
    return found


def _no_parameter(document: Json, chance: random.Random) -> bool:
    name = chance.choice(["zone", "mode", "min_size"])
    operation(document)["parameters"].remove(_parameter(document, name))
    return True


def _new_parameter(document: Json, chance: random.Random) -> bool:
    required = {"required": True} if chance.random() < 0.5 else {}
    operation(document)["parameters"].append({"name": "team", "in": "query", "schema": {"type": "string"}} | required)
    return True


def _must_give(document: Json, chance: random.Random) -> bool:
    _parameter(document, chance.choice(["zone", "mode"]))["required"] = True
    return True


def _takes_less(document: Json, chance: random.Random) -> bool:
    if chance.random() < 0.5:
        _parameter(document, "min_size")["schema"]["maximum"] = 50
    else:
        _parameter(document, "mode")["schema"]["enum"] = ["fast"]
    return True


def _takes_more(document: Json, chance: random.Random) -> bool:
    if chance.random() < 0.5:
        _parameter(document, "min_size")["schema"]["maximum"] = 500
    else:
        _parameter(document, "mode")["schema"]["enum"] += ["idle"]
    return True


def _takes_other(document: Json, _: random.Random) -> bool:
    _parameter(document, "zone")["schema"] = {"type": "integer"}
    return True


def _refuses(document: Json, _: random.Random) -> bool:
    operation(document)["responses"]["429"] = {"description": "Slower."}
    return True


CHANGES: dict[str, Change] = {
    "a field more": _added,
    "a field less": _removed,
    "a field renamed": _renamed,
    "another type": _retyped,
    "a number": _number,
    "null": _null,
    "never null": _never_null,
    "optional": _optional,
    "required": _required,
    "a value more": _value,
    "a value less": _no_value,
    "another format": _format,
    "inside of an object": _inside,
    "a total": _counted,
    "a parameter less": _no_parameter,
    "a parameter more": _new_parameter,
    "a parameter to give": _must_give,
    "a parameter takes less": _takes_less,
    "a parameter takes more": _takes_more,
    "a parameter takes another type": _takes_other,
    "a refusal more": _refuses,
}
