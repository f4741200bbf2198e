"""What the quick look takes for valid OpenAPI is valid; what it does not, the whole validator decides."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from conformance.spec.document import Document
from conformance.spec.openapi_document import errors, is_plainly_valid
from conformance.spec.stems import own_specs

HERE = Path(__file__).parents[1]
FILES = sorted([*own_specs().glob("*.yaml"), *(HERE / "sixth" / "specs").glob("*.yaml")])
SEED = 20260507
COMPONENT = "/components/schemas/Nope"
JUNK: list[Any] = [
    *(None, True, False, 0, -1, 1.5, "", "x", "[", "\\p{L}", "string", "integer", "object", "path", "query", "int32"),
    *([], ["a", "a"], ["a"], {}, {"type": "string"}, {"type": "nope"}, {"$ref": f"#{COMPONENT}"}, {"$ref": "#/info"}),
    *(
        {"type": "integer", "default": "x"},
        {"type": "integer", "default": 3, "minimum": 5},
        {"enum": []},
        {"enum": "x"},
    ),
    *({"allOf": [{"type": "object"}], "required": ["zz"]}, {"pattern": "["}, {"pattern": "\\p{L}"}, {"required": "x"}),
    *({"minimum": "3"}, {"items": [{}]}, {"properties": {"a": 3}}, {"additionalProperties": "x"}, {"const": 1}),
    *({"format": "uuid", "default": "x"}, {"oneOf": []}, {"not": 3}, {"description": "x"}, {"if": {"type": "nope"}}),
    *({"prefixItems": [{"type": "q"}]}, {"patternProperties": {"[": {}}}, {"propertyNames": {"pattern": "["}}),
    *({"$defs": {"a": {"type": "nope"}}}, {"multipleOf": 0}, {"maxLength": -1}, {"contentSchema": {"default": 1}}),
]
KEYS = [
    *("default", "pattern", "$ref", "schema", "type", "items", "properties", "required", "allOf", "anyOf", "enum"),
    *("format", "in", "name", "operationId", "tags", "parameters", "responses", "content", "description", "not"),
    *("additionalProperties", "if", "patternProperties", "prefixItems", "const", "example", "nullable", "headers"),
    *("security", "servers", "$defs", "contains", "dependentSchemas", "x-foo", "$id", "discriminator", "examples"),
]


def content(path: Path) -> dict[str, Any]:
    """A spec as plain JSON that may be changed."""
    return copy.deepcopy(dict(Document.load(path).content))


def whole(document: dict[str, Any]) -> list[Any]:
    """Every error that the whole validator finds."""
    from openapi_spec_validator import OpenAPIV31SpecValidator  # noqa: PLC0415 - nothing is loaded at collection

    return list(OpenAPIV31SpecValidator(document).iter_errors())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_spec_is_plainly_valid(path: Path) -> None:
    """No spec of ours waits for the whole validator, which agrees."""
    document = content(path)

    assert is_plainly_valid(document)
    assert whole(document) == []


def operation(document: dict[str, Any]) -> Any:
    """The one operation of a spec."""
    return next(iter(document["paths"].values()))["get"]


MISTAKES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a parameter twice": lambda it: operation(it)["parameters"].append(operation(it)["parameters"][0]),
    "a path's parameter that is not there": lambda it: it["paths"].update({"/a/{b}": next(iter(it["paths"].values()))}),
    "a tag twice": lambda it: it.update(tags=[{"name": "a"}, {"name": "a"}]),
    "a name of an operation twice": lambda it: it["paths"].update({"/again": next(iter(it["paths"].values()))}),
    "a default that is not valid": lambda it: operation(it)["parameters"].append(
        {"name": "zz", "in": "query", "schema": {"type": "integer", "default": "x"}}
    ),
    "no schema": lambda it: it["components"]["schemas"].update(A={"type": "nope"}),
    "a schema that is no schema, deep down": lambda it: it["components"]["schemas"].update(
        A={"properties": {"a": {"items": {"minimum": "x"}}}}
    ),
    "a pattern that is none": lambda it: it["components"]["schemas"].update(A={"pattern": "["}),
    "what is required and not there": lambda it: it["components"]["schemas"].update(
        A={"allOf": [{"properties": {"a": {}}}], "required": ["b"]}
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_the_whole_validators(name: str) -> None:
    """It is not plainly valid, and the errors are those of the whole validator."""
    document = content(FILES[0])
    MISTAKES[name](document)

    assert [message for _, message in errors(document)] == [str(error.message) for error in whole(document)] != []


def spots(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every part of a document but for our extension, as what holds it and its key."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in pairs:
        if key != "x-conformance":
            yield value, key
            yield from spots(part)


def changed(chance: random.Random) -> dict[str, Any]:
    """A spec with one or two parts replaced or added."""
    document = content(chance.choice(FILES))
    for _ in range(chance.randint(1, 2)):
        places = list(spots(document))
        if chance.random() < 0.5:
            holder, key = chance.choice(places)
        else:
            holder = chance.choice([where[key] for where, key in places if isinstance(where[key], dict)])
            key = chance.choice(KEYS)
        holder[key] = copy.deepcopy(chance.choice(JUNK))
    return document


def compare(count: int) -> int:
    """Look at so many changed specs, and give how many the quick look took for valid."""
    chance = random.Random(SEED)  # noqa: S311 - no secret
    taken = [document for document in (changed(chance) for _ in range(count)) if is_plainly_valid(document)]
    assert [document for document in taken if whole(document)] == []
    return len(taken)


def test_what_is_plainly_valid_is_valid() -> None:
    """Whatever is changed in a spec."""
    assert compare(300) > 10


@pytest.mark.exhaustive
def test_what_is_plainly_valid_is_valid_for_long() -> None:
    """The same, many times."""
    assert compare(6000) > 300
