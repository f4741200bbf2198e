"""Objects that are composed of alternatives, and components that may be null, as the generator can read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]
UNIONS = ("oneOf", "anyOf")
NULL: Schema = {"type": "null"}
_COMPONENTS = "#/components/schemas/"


def schemas_of(data: Schema) -> dict[str, Schema]:
    """Give the component schemas of a document."""
    found = data.get("components", {}).get("schemas", {})
    return found if isinstance(found, dict) else {}


def laid_together(schemas: dict[str, Schema], schema: Schema) -> Schema:
    """Make one object of an object that has alternatives besides: a field of some of them is optional."""
    if "properties" not in schema or not any(union in schema for union in UNIONS):
        return schema
    return _object(schemas, schema, ()) or schema


def as_one_object(schemas: dict[str, Schema], schema: Schema) -> Schema:
    """Make one object of alternatives that are objects; anything else stays as it is."""
    return (_object(schemas, schema, ()) or schema) if any(union in schema for union in UNIONS) else schema


def _object(schemas: dict[str, Schema], schema: Schema, seen: tuple[str, ...]) -> Schema | None:
    """Give the fields of everything that holds, or may hold; None where something there is no object."""
    reference = schema.get("$ref")
    if isinstance(reference, str):
        if reference in seen or reference.removeprefix(_COMPONENTS) not in schemas:
            return {}
        return _object(schemas, schemas[reference.removeprefix(_COMPONENTS)], (*seen, reference))
    parts = [_object(schemas, part, seen) for part in schema.get("allOf", ())]
    unions = [_alternatives(schemas, schema[union], seen) for union in UNIONS if union in schema]
    known = [part for part in (*parts, *unions) if part is not None]
    if len(known) < len(parts) + len(unions) or not (known or "properties" in schema):
        return None
    own = {key: value for key, value in schema.items() if key not in {"allOf", "discriminator", *UNIONS}}
    return _both(own, known)


def _both(own: Schema, others: Iterable[Schema]) -> Schema:
    """Give an object with the fields of all; what an object says itself comes first."""
    properties, required = dict(own.get("properties", {})), list(own.get("required", ()))
    for other in others:
        properties = properties | {
            name: one for name, one in other.get("properties", {}).items() if name not in properties
        }
        required += [name for name in other.get("required", ()) if name not in required]
    made = own | {"type": "object", "properties": properties}
    return made | {"required": required} if required else {key: made[key] for key in made if key != "required"}


def _alternatives(schemas: dict[str, Schema], branches: list[Schema], seen: tuple[str, ...]) -> Schema | None:
    """Give an object with the fields of every alternative, and what is required of all of them."""
    found = [_object(schemas, branch, seen) for branch in branches if branch != NULL]
    objects = [one for one in found if one]
    if None in found or not objects:
        return None
    names = dict.fromkeys(name for one in objects for name in one.get("properties", {}))
    every = [set(one.get("required", ())) for one in objects]
    required = [name for name in names if all(name in one for one in every)]
    return {"properties": {name: _any_of(name, objects) for name in names}, "required": required}


def _any_of(name: str, objects: list[Schema]) -> Schema:
    kinds: list[Schema] = []
    for one in objects:
        kind = one.get("properties", {}).get(name)
        if kind is not None and kind not in kinds:
            kinds.append(kind)
    return kinds[0] if len(kinds) == 1 else {"anyOf": kinds}


def with_one_item(data: Schema) -> Schema:
    """Make one object of the alternatives that an item of the listing may be; changes the document."""
    for operation in (
        each for item in data.get("paths", {}).values() for each in item.values() if isinstance(each, dict)
    ):
        expression = str(operation.get("x-conformance", {}).get("items", ""))
        for media in operation.get("responses", {}).get("200", {}).get("content", {}).values():
            steps = expression.partition("#")[2].split("/")[1:]
            _at(data, media.get("schema", {}), [step.replace("~1", "/").replace("~0", "~") for step in steps])
    return data


def _at(data: Schema, schema: Schema, steps: list[str]) -> None:
    """Follow the steps to the array, and change what its elements are."""
    schemas = schemas_of(data)
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_COMPONENTS)
        if name in schemas:
            _at(data, schemas[name], steps)
    elif steps and steps[0] in schema.get("properties", {}):
        _at(data, schema["properties"][steps[0]], steps[1:])
    elif "items" in schema and not steps:
        schema["items"] = _item(schemas, schema["items"])
    else:
        for union in (*UNIONS, "allOf"):
            for branch in schema.get(union, ()):
                _at(data, branch, steps)


def _item(schemas: dict[str, Schema], schema: Schema) -> Schema:
    branches: list[Schema] = [one for union in UNIONS for one in schema.get(union, ()) if one != NULL]
    schema = branches[0] if len(branches) == 1 else schema
    name = str(schema.get("$ref", "")).removeprefix(_COMPONENTS)
    if name not in schemas:
        return as_one_object(schemas, schema)
    schemas[name] = as_one_object(schemas, schemas[name])
    return schema


def nullable_components(data: Schema) -> dict[str, Schema]:
    """Give the component schemas that may be null, by reference, as what they are otherwise."""
    found = {name: _without_null(schema) for name, schema in schemas_of(data).items()}
    return {f"{_COMPONENTS}{name}": schema for name, schema in found.items() if schema is not None}


def _without_null(schema: Schema) -> Schema | None:
    """Give a schema without null; None where it does not allow null, or nothing else."""
    kinds = schema.get("type")
    if isinstance(kinds, list) and "null" in kinds and len(kinds) > 1:
        rest = [kind for kind in kinds if kind != "null"]
        values = {"enum": [value for value in schema["enum"] if value is not None]} if "enum" in schema else {}
        return schema | {"type": rest[0] if len(rest) == 1 else rest} | values
    for union in UNIONS:
        branches: list[Schema] = [branch for branch in schema.get(union, ()) if branch != NULL]
        if branches and len(branches) < len(schema[union]):
            beside: Schema = {key: value for key, value in schema.items() if key != union}
            return beside | branches[0] if len(branches) == 1 else beside | {union: branches}
    return None


def or_null(schema: Schema, nullable: dict[str, Schema]) -> Schema:
    """Say of a reference to a component that may be null that null may stand there."""
    if schema.get("$ref") not in nullable:
        return schema
    described = {key: value for key, value in schema.items() if key != "$ref"}
    return described | {"anyOf": [{"$ref": schema["$ref"]}, NULL]}


def flat(schema: Schema) -> Schema:
    """Put the alternatives of alternatives beside them, each once."""
    for union in UNIONS:
        if any(isinstance(branch, dict) and branch.keys() & set(UNIONS) for branch in schema.get(union, ())):
            branches: list[Schema] = []
            for branch in schema[union]:
                inner = next((branch[key] for key in UNIONS if key in branch and not _says_more(branch, key)), [branch])
                branches += [one for one in inner if one not in branches]
            schema = schema | {union: branches}
    return schema


def _says_more(branch: Schema, union: str) -> bool:
    return bool(branch.keys() - {union, "description"})
