"""Alternatives, arrays and maps that hold themselves: the generator reads none, so the innermost one is any JSON."""

from __future__ import annotations

from generation.composition import Schema, schemas_of

_COMPONENTS = "#/components/schemas/"


def without_circles(data: Schema) -> Schema:
    """Give a document in which only objects with described fields may hold their own kind."""
    schemas = schemas_of(data)
    if not schemas:
        return data
    back: set[tuple[str, str]] = set()
    passed: set[str] = set()
    for name in schemas:
        _walk(schemas, name, (), passed, back)
    cut = {name: _cut(schema, {to for start, to in back if start == name}) for name, schema in schemas.items()}
    return data | {"components": data["components"] | {"schemas": cut}}


def _walk(
    schemas: dict[str, Schema], name: str, way: tuple[str, ...], passed: set[str], back: set[tuple[str, str]]
) -> None:
    """Note every reference that leads back to a component on the way."""
    if name in passed or _is_model(schemas[name]):
        return
    for inner in _references(schemas, schemas[name]):
        if inner in (*way, name):
            back.add((name, inner))
        else:
            _walk(schemas, inner, (*way, name), passed, back)
    passed.add(name)


def _is_model(schema: Schema) -> bool:
    """Say whether a component is an object with fields, which may refer to anything."""
    return bool(schema.get("properties") or schema.get("allOf"))


def _cut(node: object, names: set[str]) -> object:
    """Copy a schema; a reference to one of some components becomes any JSON."""
    if isinstance(node, list):
        return [_cut(each, names) for each in node]
    if not isinstance(node, dict) or not names:
        return node
    if str(node.get("$ref", "")).removeprefix(_COMPONENTS) in names:
        return {}
    return {key: _cut(value, names) for key, value in node.items()}


def _references(schemas: dict[str, Schema], node: object) -> list[str]:
    """Name the components that a schema refers to."""
    if isinstance(node, list):
        return [name for each in node for name in _references(schemas, each)]
    if not isinstance(node, dict):
        return []
    name = str(node.get("$ref", "")).removeprefix(_COMPONENTS)
    inner = [found for value in node.values() for found in _references(schemas, value)]
    return [name, *inner] if name in schemas else inner
