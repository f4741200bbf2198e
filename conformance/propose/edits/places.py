"""Where a schema stands in a spec: behind its reference, and who else refers to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance import pointer
from conformance.spec.contract import Contract
from conformance.spec.promises import Parameter


def follow(contract: Contract, place: str) -> str:
    """The pointer of what `place` refers to, or `place` itself."""
    node = pointer.get(contract.document, place)
    while isinstance(node, Mapping) and "$ref" in node:
        place = node["$ref"].removeprefix("#")
        node = pointer.get(contract.document, place)
    return place


def body_schema(contract: Contract, status: int) -> str:
    """The pointer of the schema of the JSON body that covers a status; empty where none is documented."""
    for response in contract.responses_for(status)[:1]:
        for media in response.content:
            if "json" in media:
                return pointer.join(follow(contract, response.pointer), "content", media, "schema")
    return ""


def parameter_schema(contract: Contract, parameter: Parameter) -> str:
    """The pointer of the schema of a parameter, behind every reference."""
    return follow(contract, f"{follow(contract, parameter.pointer)}/schema")


def asked_with(contract: Contract, target: str) -> list[str]:
    """The parameters whose schema refers to the one at `target`."""
    given = [(parameter.name, f"{follow(contract, parameter.pointer)}/schema") for parameter in contract.parameters]
    return [name for name, place in given if target in set(_references(contract, place))]


def _references(contract: Contract, place: str) -> Iterator[str]:
    behind = follow(contract, place)
    yield behind
    node = pointer.get(contract.document, behind)
    if isinstance(node, Mapping) and "items" in node:
        yield from _references(contract, f"{behind}/items")


def type_of(value: Any) -> str:  # noqa: ANN401 - JSON
    """The JSON Schema type of a value: the narrowest."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "integer" if isinstance(value, int) or value.is_integer() else "number"
    return "string" if isinstance(value, str) else "array" if isinstance(value, list) else "object"


def types_in(schema: Mapping[str, Any]) -> list[str]:
    """The types that a schema names; none where it names none."""
    named = schema.get("type", [])
    return [named] if isinstance(named, str) else list(named)
