"""What a type takes, as a schema has it, and when one type takes all that another does."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

import msgspec
import pytest

from conformance.pointer import TOP
from conformance.replay.quick.closed_schema import closed
from conformance.replay.quick.coverage import covers
from conformance.replay.quick.forms import Formless, form_of
from conformance.spec.schema import Schema
from conformance.tests.runs import CONTRACTS

STEM = "vercel_sessions"


@pytest.mark.parametrize(
    ("schema", "fitting", "unfitting"),
    [
        ({"type": "integer", "minimum": 1, "maximum": 3}, [1, 3], [0, 4, "1", None, True, 1.5]),
        ({"type": ["integer", "null"], "format": "int64"}, [1, None], ["1", 1.5]),
        ({"type": "number", "exclusiveMinimum": 0}, [1, 0.5], [0, -1, "1"]),
        ({"type": "string", "minLength": 2, "maxLength": 3}, ["ab", "éé"], ["a", "abcd", 1]),
        ({"type": ["string", "integer"]}, ["a", 1], [None, 1.5]),
        ({"enum": ["a", None]}, ["a", None], ["b", 1]),
        ({"type": "string", "enum": ["a", None]}, ["a"], [None]),
        ({"const": "a"}, ["a"], ["b", None]),
        ({"type": "array", "items": {"type": "boolean"}, "maxItems": 1}, [[], [True]], [[1], [True, True], {}]),
        ({"type": "object", "additionalProperties": {"type": "string"}}, [{}, {"a": "b"}], [{"a": 1}, []]),
        ({"type": "object", "additionalProperties": True, "description": "x"}, [{}, {"a": [1]}], [[], None]),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, ["a", None], [1]),
        (
            {"type": "object", "required": ["a-b"], "properties": {"a-b": {"type": "string"}, "c": {"type": "null"}}},
            [{"a-b": ""}, {"a-b": "", "c": None}],
            [{}, {"a-b": None}, {"a-b": "", "c": 1}, {"a-b": "", "d": 1}],
        ),
        ({"$ref": "#/components/schemas/SortOrder"}, ["asc"], ["up"]),
    ],
)
def test_what_is_of_the_type_fits_the_schema(schema: Any, fitting: list[Any], unfitting: list[Any]) -> None:
    """A schema's type takes what the closed schema allows, and nothing else."""
    decode = msgspec.json.Decoder(form_of(Schema.of(CONTRACTS[STEM].document, schema, TOP)).type).decode
    validator = closed(CONTRACTS[STEM], schema)

    assert validator is not None
    for value in fitting:
        decode(json.dumps(value).encode())
        assert validator.is_valid(value)
    for value in unfitting:
        assert not validator.is_valid(value)
        with pytest.raises(msgspec.ValidationError):
            decode(json.dumps(value).encode())


@pytest.mark.parametrize(
    "schema",
    [
        {"oneOf": [{"type": "string"}]},
        {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        {"type": "array", "uniqueItems": True},
        {"type": "number", "multipleOf": 0.5},
        {"type": "integer", "format": "date-time"},
        {"type": "integer", "minimum": 1, "exclusiveMinimum": 1},
        {"type": "object", "properties": {"a": {}}, "additionalProperties": True},
        {"type": "object", "properties": {"a": {}}, "required": ["b"]},
        {"type": "object", "additionalProperties": {"type": "string", "format": "uuid"}},
        {"properties": {"a": {}}},
        {"type": "text"},
        {"enum": [1.5]},
        {"$ref": "#/components/schemas/SortOrder", "minLength": 1},
        False,
    ],
)
def test_what_no_type_says_has_no_form(schema: Any) -> None:
    """A schema that says more than a type can is left to the validator of schemas."""
    with pytest.raises(Formless):
        form_of(Schema.of(CONTRACTS[STEM].document, schema, TOP))


def test_a_schema_that_refers_to_itself_has_no_form() -> None:
    """A type that would have no end is not begun."""
    schemas = {"Tree": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}}
    document = {"components": {"schemas": schemas}}

    with pytest.raises(Formless):
        form_of(Schema.of(document, {"$ref": "#/components/schemas/Tree"}, TOP))


class Loose(msgspec.Struct):
    """A type that takes more than a strict one."""

    name: str
    size: int | None = None


class Strict(msgspec.Struct, forbid_unknown_fields=True):
    """A type that takes less than a loose one."""

    name: Annotated[str, msgspec.Meta(min_length=1)]


@pytest.mark.parametrize(
    ("theirs", "ours", "answer"),
    [
        (Loose, Strict, True),
        (Strict, Loose, False),
        (list[Loose], list[Strict], True),
        (list[Any], list[Strict], True),
        (dict[str, str], dict[str, str], True),
        (dict[str, str], dict[str, Any], False),
        (str | None, str, True),
        (str, str | None, False),
        (datetime, str, False),
        (str, Strict, False),
        (int, Annotated[int, msgspec.Meta(ge=1)], True),
        (Annotated[int, msgspec.Meta(ge=1)], int, False),
    ],
)
def test_a_type_covers_another(theirs: Any, ours: Any, answer: bool) -> None:  # noqa: FBT001
    """A type covers another where whatever is of the other is of it as well."""
    assert covers(theirs, ours) is answer
