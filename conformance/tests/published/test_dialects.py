"""A published schema is read as its author meant it, whichever way it is written."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from conformance.tests.published.changes import (
    ADDITIVE,
    AMBIGUOUS,
    BREAKING,
    Change,
    Json,
    field,
    operation,
    page,
    parameter,
    response,
    takes,
    thing,
    with_parameter,
)
from conformance.tests.published.conftest import Compared, published

TYPE, ENUM, NULL = "field-types-agree", "field-enums-agree", "field-nulls-agree"
UNTOLD = {(TYPE, ADDITIVE, "type"), (TYPE, ADDITIVE, "untold")}
NO_MORE_STOPPED = {(ENUM, ADDITIVE, "value stopped")}
FIELDS: dict[str, tuple[str, Json | bool, set[tuple[str, str, str]]]] = {
    "one value as a constant": ("state", {"type": "string", "const": "running"}, NO_MORE_STOPPED),
    "one value as a list of one": ("state", {"type": "string", "enum": ["running"]}, NO_MORE_STOPPED),
    "a constant without a type": ("state", {"const": "running"}, NO_MORE_STOPPED),
    "the same values in another order": ("state", {"type": "string", "enum": ["stopped", "running"]}, set()),
    "one type in a list": ("id", {"type": ["string"], "format": "uuid"}, set()),
    "null among the values": (
        "state",
        {"type": ["string", "null"], "enum": ["running", "stopped", None]},
        {(NULL, BREAKING, "null")},
    ),
    "null among the values and not the types": (
        "state",
        {"type": "string", "enum": ["running", "stopped", None]},
        set(),
    ),
    "null as one of several": (
        "state",
        {"oneOf": [{"type": "string", "enum": ["running", "stopped"]}, {"enum": [None]}]},
        {(NULL, BREAKING, "null")},
    ),
    "nothing but null": ("state", {"type": "null"}, {(TYPE, BREAKING, "type")}),
    "nothing but null, as a value": ("state", {"const": None}, {(TYPE, BREAKING, "type")}),
    "nothing but null, in branches": (
        "state",
        {"anyOf": [{"type": "null"}, {"enum": [None]}]},
        {(TYPE, BREAKING, "type")},
    ),
    "nothing but null where null is documented": ("ended_at", {"type": "null"}, {(TYPE, ADDITIVE, "type")}),
    "anything": ("cpus", True, UNTOLD),
    "nothing at all": ("cpus", False, {("fields-published", BREAKING, "removed")}),
    "a deprecated field": (
        "cpus",
        {"type": "integer", "minimum": 0, "deprecated": True},
        {("fields-published", AMBIGUOUS, "deprecated")},
    ),
    "an object with required names alone": (
        "owner",
        {"type": "object", "required": ["name"]},
        {(TYPE, ADDITIVE, "untold")},
    ),
    "a type that is none": ("cpus", {"type": {"a": 1}, "minimum": 0}, UNTOLD),
    "fewer types": ("size", {"type": "integer"}, {(TYPE, ADDITIVE, "type")}),
    "a number that is whole": ("ratio", {"type": "integer"}, {(TYPE, ADDITIVE, "number")}),
    "a number among its types": ("size", {"type": ["number", "string"]}, {(TYPE, AMBIGUOUS, "number")}),
    "values that two parts list": (
        "state",
        {"allOf": [{"enum": ["running", "stopped", "lost"]}, {"type": "string", "enum": ["stopped", "running"]}]},
        set(),
    ),
    "a bound that is exclusive": ("cpus", {"type": "integer", "exclusiveMinimum": -1}, set()),
    "a bound that is exclusive, of a number": ("ratio", {"type": "number", "exclusiveMinimum": 0}, set()),
    "another bound that is exclusive": (
        "cpus",
        {"type": "integer", "exclusiveMinimum": -2},
        {("field-bounds-agree", AMBIGUOUS, "bound minimum")},
    ),
}


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_is_read_however_it_is_written(name: str, diff: Callable[..., Compared]) -> None:
    """Exactly the differences that the schema makes."""
    place, schema, expected = FIELDS[name]
    document = published("acme_31")
    thing(document, place)["properties"][place] = schema

    assert diff(document).drifts == expected


def _in_components(document: Json) -> None:
    """Every parameter by reference, all of them at the path."""
    item = document["paths"]["/things"]
    listed = item["get"].pop("parameters")
    document["components"]["parameters"] = {one["name"]: one for one in listed}
    item["parameters"] = [{"$ref": f"#/components/parameters/{one['name']}"} for one in listed]


def _extended(document: Json) -> None:
    """Extensions wherever OpenAPI allows them."""
    path = document["paths"]["/things"]
    for part in (document, path, path["get"], document["components"], thing(document)):
        part["x-internal"] = {"get": {"responses": {}}}
    operation(document)["responses"]["x-codes"] = {"E1": "no"}
    document["paths"]["x-generated"] = {"get": {"operationId": "listThings"}}


def _status(old: str, new: str) -> Change:
    return lambda document: operation(document)["responses"].update({new: operation(document)["responses"].pop(old)})


def _untyped_page(document: Json) -> None:
    operation(document)["responses"]["200"]["content"] = {"application/json": {}}


def _two_kinds_of_json(document: Json) -> None:
    content = operation(document)["responses"]["200"]["content"]
    (plain,) = content.values()
    operation(document)["responses"]["200"]["content"] = {
        "application/problem+json": {"schema": {"type": "string"}},
        "application/json": plain,
    }


DOCUMENTS: dict[str, tuple[Change, set[tuple[str, str, str]]]] = {
    "parameters of the path, by reference": (_in_components, set()),
    "an operation's own parameter before its path's": (
        lambda document: document["paths"]["/things"].update(
            {"parameters": [{"name": "limit", "in": "query", "required": True, "schema": {"type": "string"}}]}
        ),
        set(),
    ),
    "extensions": (_extended, set()),
    "a range in small letters": (_status("401", "4xx"), set()),
    "a success as a range": (_status("200", "2XX"), set()),
    "refusals by default": (_status("401", "default"), {("statuses-documented", ADDITIVE, "default")}),
    "a status that is none": (response("600", {"description": "x"}), set()),
    "JSON without a schema": (_untyped_page, {("statuses-published", ADDITIVE, "200 body")}),
    "JSON beside other JSON": (_two_kinds_of_json, set()),
    "no body": (response("200", {"description": "x"}), {("statuses-published", AMBIGUOUS, "200 body")}),
    "items that may be anything": (
        lambda document: page(document)["properties"].update(things={"type": "array", "items": True}),
        UNTOLD,
    ),
    "the credential among the parameters": (
        with_parameter("x-acme-key", required=True, **{"in": "header"}),
        set(),
    ),
    "a header in other letters, twice": (
        lambda document: (
            with_parameter("X-Zone", **{"in": "header"})(document),
            with_parameter("x-zone", **{"in": "header"})(document),
        ),
        {("parameters-documented", ADDITIVE, "x-zone in header")},
    ),
    "a parameter deprecated in its schema": (
        takes("limit", deprecated=True),
        {("parameter-values-agree", AMBIGUOUS, "deprecated")},
    ),
    "a parameter that is JSON": (
        lambda document: parameter(document, "cursor").update(
            content={"application/json": {"schema": parameter(document, "cursor").pop("schema")}}
        ),
        set(),
    ),
    "a scheme that nothing describes": (
        lambda document: operation(document).update({"security": [{"Nowhere": []}]}),
        set(),
    ),
    "an open connect": (
        lambda document: document["components"]["securitySchemes"].update(
            {"AcmeKey": {"type": "openIdConnect", "openIdConnectUrl": "https://acme.example"}}
        ),
        {("credentials-published", BREAKING, "")},
    ),
    "no word about credentials": (lambda document: document.pop("security"), set()),
    "a field that is narrower": (
        field("cpus", type="integer", minimum=1),
        {("field-bounds-agree", ADDITIVE, "bound minimum")},
    ),
}


OPENAPI_30: dict[str, tuple[Change, set[tuple[str, str, str]]]] = {
    "an exclusive bound as a flag": (takes("limit", minimum=0, exclusiveMinimum=True), set()),
    "a flag that says nothing": (takes("limit", exclusiveMinimum=False, exclusiveMaximum=False), set()),
    "a flag without its bound": (
        takes("limit", minimum=None, exclusiveMinimum=True),
        {("parameter-values-agree", ADDITIVE, "bound minimum")},
    ),
    "an upper bound as a flag": (
        takes("limit", maximum=100, exclusiveMaximum=True),
        {("parameter-values-agree", BREAKING, "bound maximum")},
    ),
    "a field that two parts describe": (
        lambda document: document["components"]["schemas"]["base"]["properties"].update(cpus={"minimum": 0}),
        set(),
    ),
}


VERSIONS = {"acme_31": DOCUMENTS, "acme_30": OPENAPI_30}
"""By the document that is changed; in 3.0 a bound that excludes its value is a flag."""


@pytest.mark.parametrize(("version", "name"), [(version, name) for version in VERSIONS for name in VERSIONS[version]])
def test_a_document_is_read_however_it_is_arranged(version: str, name: str, diff: Callable[..., Compared]) -> None:
    """Exactly the differences that there are, and no alarm about what is merely written otherwise."""
    change, expected = VERSIONS[version][name]
    document = published(version)
    change(document)

    assert diff(document).drifts == expected
