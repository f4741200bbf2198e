"""Schema nodes: what a schema says of a value and its parts, wherever in the document it says so."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.pointer import TOP, Pointer
from conformance.spec.schema import Schema, followed

DOCUMENT: dict[str, Any] = {
    "components": {
        "schemas": {
            "Job": {
                "type": "object",
                "description": "A job.",
                "required": ["id"],
                "properties": {
                    "id": {"type": "string"},
                    "owner": {"$ref": "#/components/schemas/Owner", "description": "Who pays."},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "end": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
                },
            },
            "Owner": {"$ref": "#/components/schemas/User"},
            "User": {"allOf": [{"properties": {"name": {"type": ["string", "null"]}}}, {"properties": {"age": {}}}]},
            "Labels": {"type": "object", "additionalProperties": {"type": "integer"}},
            "Anything": {"properties": {"a": {"type": "string"}}, "additionalProperties": {}},
            "Bare": {"type": "object"},
            "Tree": {"properties": {"name": {}, "children": {"items": {"$ref": "#/components/schemas/Tree"}}}},
        }
    }
}
SCHEMAS = Pointer.of("components", "schemas")


def schema(name: str) -> Schema:
    """The schema with this name."""
    return Schema.at(DOCUMENT, SCHEMAS.below(name))


def test_references_are_followed_to_their_end() -> None:
    """A node stands where its schema is, and knows where it was referred to and what was said there."""
    owner = schema("Job").members["owner"]

    assert owner.place == SCHEMAS.below("User")
    assert owner.reference == SCHEMAS.below("Job", "properties", "owner")
    assert owner.given["description"] == "Who pays."
    assert owner.description == ""


def test_a_reference_to_nowhere_says_nothing() -> None:
    """What is not there describes nothing, and allows everything."""
    lost = Schema.of(DOCUMENT, {"$ref": "#/components/schemas/Lost"}, TOP)

    assert followed(DOCUMENT, {"$ref": "#/components/schemas/Lost"}) == (None, SCHEMAS.below("Lost"))
    assert (lost.keywords, lost.types, lost.members, lost.element) == ({}, (), {}, None)
    assert list(lost.validator.iter_errors({"any": 1})) == []


def test_branches_are_the_schema_and_all_it_is_composed_of() -> None:
    """Each stands at its own place."""
    end = schema("Job").members["end"]

    assert [branch.place for branch in end.branches] == [
        end.place,
        end.place.below("anyOf", 0),
        end.place.below("anyOf", 1),
    ]
    assert [branch.types for branch in end.branches] == [(), ("string",), ("null",)]
    assert end.composed("oneOf") == ()


@pytest.mark.parametrize(
    ("name", "place", "found"),
    [
        ("Job", "", "/Job"),
        ("Job", "/id", "/Job/properties/id"),
        ("Job", "/tags/3", "/Job/properties/tags/items"),
        ("Job", "/owner/name", "/User/allOf/0/properties/name"),
        ("Job", "/owner/age", "/User/allOf/1/properties/age"),
        ("Job", "/tags/first", None),
        ("Job", "/owner/email", None),
        ("Labels", "/anything", "/Labels/additionalProperties"),
        ("Tree", "/children/0/children/1/name", "/Tree/properties/name"),
    ],
)
def test_a_part_of_a_value_has_its_schema(name: str, place: str, found: str | None) -> None:
    """Through references, members, elements and what a schema is composed of; None where values have no such part."""
    part = schema(name).find(place)

    assert (part and part.place) == (found and SCHEMAS + found)


def test_a_required_name_is_documented() -> None:
    """What a schema requires and describes nowhere is not news; what it names nowhere is."""
    said: dict[str, Any] = {"required": ["id", "team"], "properties": {"id": {}}}
    named = Schema.of(DOCUMENT, {"allOf": [said, {"properties": {"age": {}}}]}, TOP)

    assert list(named.described.undocumented({"id": 1, "team": {"a": 1}, "age": 2, "new": 3})) == [(Pointer("/new"), 3)]


def test_where_values_have_no_such_part_the_nearest_describes_it() -> None:
    """The nearest is the last part on the way that is described; `part` says nothing instead."""
    job = schema("Job")

    assert job.nearest("/owner/email").place == SCHEMAS.below("User")
    assert job.nearest("/tags/0").place == SCHEMAS.below("Job", "properties", "tags", "items")
    assert job.part("/owner/email").keywords == {}


@pytest.mark.parametrize(
    ("name", "value", "places"),
    [
        ("Job", {"id": "1", "new": 2, "owner": {"name": "x", "email": "y"}}, ["/new", "/owner/email"]),
        ("Job", {"a/b": 1}, ["/a~1b"]),
        ("Labels", {"a": 1, "b": 2}, []),
        ("Anything", {"a": "x", "b": {"c": 1}}, []),
        ("Bare", {"a": 1}, []),
        ("Tree", {"children": [{}, {"name": 1, "colour": 2}]}, ["/children/1/colour"]),
        ("Job", "no object", []),
    ],
)
def test_members_that_no_schema_describes_are_undocumented(name: str, value: Any, places: list[str]) -> None:
    """At any depth; but none is where a schema says that others may be there, or names no member at all."""
    assert [place for place, _ in schema(name).described.undocumented(value)] == places


def test_what_false_describes_is_never_valid() -> None:
    """The schema `false` allows no value, `true` allows each; neither names a type."""
    for said, errors in ((False, 1), (True, 0)):
        node = Schema.of(DOCUMENT, said, TOP)

        assert node.types == ()
        assert len(list(node.validator.iter_errors({}))) == errors


def test_a_value_is_valid_by_what_the_references_say() -> None:
    """The validator knows the document's components, and formats."""
    job = schema("Job")

    assert list(job.validator.iter_errors({"id": "1", "owner": {"name": None}, "end": "2026-01-01T00:00:00Z"})) == []
    errors = job.validator.iter_errors({"owner": {"name": 1}, "end": "yesterday"})
    assert sorted("/".join(map(str, error.instance_path)) for error in errors) == ["", "end", "owner/name"]
