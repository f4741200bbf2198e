"""One change of a published document for each kind of difference, with what is told of it."""

from __future__ import annotations

from conformance.tests.published.changes import (
    ADDITIVE,
    AMBIGUOUS,
    BREAKING,
    Change,
    Json,
    field,
    no_field,
    no_parameter,
    operation,
    page,
    parameter_is,
    presence,
    renamed,
    response,
    state,
    takes,
    thing,
    with_parameter,
)


def _base(document: Json, host: str) -> str:
    """The base URL at a host, so that the URL of the operation differs in its host alone."""
    return host if "/v1/things" in document["paths"] else f"{host}/v1"


def _replace(schema: Json, other: Json) -> None:
    schema.clear()
    schema.update(other)


KINDS: dict[str, tuple[Change, set[tuple[str, str, str]]]] = {
    "field removed": (no_field("cpus"), {("fields-published", BREAKING, "removed")}),
    "optional field removed": (no_field("labels"), {("fields-published", BREAKING, "removed")}),
    "field added": (
        lambda document: thing(document)["properties"].update({"zone": {"type": "string"}}),
        {("published-fields-documented", ADDITIVE, "zone")},
    ),
    "field renamed": (
        renamed("created_at", "createdAt"),
        {("fields-published", BREAKING, "removed"), ("published-fields-documented", ADDITIVE, "createdAt")},
    ),
    "field optional": (presence("cpus", required=False), {("field-presence-agrees", BREAKING, "presence")}),
    "field required": (presence("labels", required=True), {("field-presence-agrees", ADDITIVE, "presence")}),
    "type changed": (field("id", type="integer"), {("field-types-agree", BREAKING, "type")}),
    "type widened": (
        field("cpus", oneOf=[{"type": "integer"}, {"type": "string"}]),
        {("field-types-agree", BREAKING, "type")},
    ),
    "whole numbers became numbers": (field("cpus", type="number"), {("field-types-agree", AMBIGUOUS, "number")}),
    "type unsaid": (
        field("cpus", description="How many."),
        {("field-types-agree", ADDITIVE, "untold"), ("field-types-agree", ADDITIVE, "type")},
    ),
    "format changed": (
        field("created_at", type="string", format="date"),
        {("field-types-agree", BREAKING, "format")},
    ),
    "format unsaid": (field("created_at", type="string"), {("field-types-agree", ADDITIVE, "format")}),
    "enum value added": (state("running", "stopped", "paused"), {("field-enums-agree", ADDITIVE, "value paused")}),
    "two enum values added": (
        state("running", "stopped", "paused", "lost"),
        {("field-enums-agree", ADDITIVE, "value paused"), ("field-enums-agree", ADDITIVE, "value lost")},
    ),
    "enum value removed": (state("running"), {("field-enums-agree", ADDITIVE, "value stopped")}),
    "enum unsaid": (field("state", type="string"), {("field-enums-agree", AMBIGUOUS, "enum")}),
    "enum said": (
        lambda document: thing(document, "owner")["properties"].update(
            {
                "owner": {
                    "type": "object",
                    "required": ["name"],
                    "properties": {"name": {"enum": ["a"]}, "email": {"type": "string"}},
                }
            }
        ),
        {("field-enums-agree", ADDITIVE, "enum")},
    ),
    "bound wider": (
        field("cpus", type="integer", minimum=-1),
        {("field-bounds-agree", AMBIGUOUS, "bound minimum")},
    ),
    "nested field removed": (
        field("owner", type="object", required=["name"], properties={"name": {"type": "string"}}),
        {("fields-published", BREAKING, "removed")},
    ),
    "nested object undescribed": (field("owner", type="object"), {("field-types-agree", ADDITIVE, "untold")}),
    "map of numbers": (
        field("labels", type="object", additionalProperties={"type": "number"}),
        {("field-types-agree", BREAKING, "type")},
    ),
    "body became an array": (
        lambda document: _replace(page(document), {"type": "array", "items": {"type": "object"}}),
        {("field-types-agree", BREAKING, "type")},
    ),
    "envelope renamed": (
        lambda document: page(document).update(
            {
                "required": ["data", "next"],
                "properties": {
                    "data": page(document)["properties"]["things"],
                    "next": page(document)["properties"]["next"],
                },
            }
        ),
        {("fields-published", BREAKING, "removed"), ("published-fields-documented", ADDITIVE, "data")},
    ),
    "parameter removed": (no_parameter("cursor"), {("parameters-published", BREAKING, "cursor")}),
    "parameter renamed": (
        parameter_is("created_after", name="created[after]"),
        {
            ("parameters-published", BREAKING, "created_after"),
            ("parameters-documented", ADDITIVE, "created[after] in query"),
        },
    ),
    "parameter moved to a header": (
        parameter_is("cursor", **{"in": "header"}),
        {("parameters-published", BREAKING, "cursor"), ("parameters-documented", ADDITIVE, "cursor in header")},
    ),
    "parameter added": (with_parameter("zone"), {("parameters-documented", ADDITIVE, "zone in query")}),
    "required parameter added": (
        with_parameter("zone", required=True),
        {("parameters-documented", BREAKING, "zone in query")},
    ),
    "parameter required": (parameter_is("cursor", required=True), {("parameter-values-agree", BREAKING, "required")}),
    "parameter deprecated": (
        parameter_is("cursor", deprecated=True),
        {("parameter-values-agree", AMBIGUOUS, "deprecated")},
    ),
    "parameter repeated": (parameter_is("states", explode=True), {("parameter-values-agree", BREAKING, "style")}),
    "parameter of another type": (
        takes("cursor", type="integer"),
        {("parameter-values-agree", BREAKING, "type")},
    ),
    "parameter takes any text": (
        takes("limit", type="string", minimum=None, maximum=None, default=None),
        {
            ("parameter-values-agree", ADDITIVE, "type"),
            ("parameter-values-agree", ADDITIVE, "bound minimum"),
            ("parameter-values-agree", ADDITIVE, "bound maximum"),
        },
    ),
    "parameter takes less": (takes("limit", maximum=50), {("parameter-values-agree", BREAKING, "bound maximum")}),
    "parameter takes more": (takes("limit", maximum=500), {("parameter-values-agree", ADDITIVE, "bound maximum")}),
    "parameter bound anew": (takes("cursor", maxLength=40), {("parameter-values-agree", AMBIGUOUS, "bound maxLength")}),
    "another default": (takes("limit", default=10), {("parameter-values-agree", AMBIGUOUS, "default")}),
    "parameter takes a value less": (
        takes("states", items={"type": "string", "enum": ["running"]}),
        {("parameter-values-agree", BREAKING, "item value stopped")},
    ),
    "parameter takes a value more": (
        takes("states", items={"type": "string", "enum": ["running", "stopped", "lost"]}),
        {("parameter-values-agree", ADDITIVE, "item value lost")},
    ),
    "success gone": (
        lambda document: operation(document)["responses"].update({"202": operation(document)["responses"].pop("200")}),
        {("statuses-published", BREAKING, "200"), ("statuses-documented", AMBIGUOUS, "202")},
    ),
    "body is no JSON": (
        response("200", {"description": "x", "content": {"text/csv": {}}}),
        {("statuses-published", BREAKING, "200 body")},
    ),
    "refusal gone": (response("401", None), {("statuses-published", ADDITIVE, "401")}),
    "refusal added": (response("500", {"description": "Down."}), {("statuses-documented", ADDITIVE, "500")}),
    "refusal changed": (
        lambda document: document["components"]["schemas"].update(
            {
                name: {"type": "object", "required": ["message"], "properties": {"message": {"type": "integer"}}}
                for name in ("error", "Error")
            }
        ),
        {("field-types-agree", AMBIGUOUS, "type")},
    ),
    "credential switched": (
        lambda document: document["components"]["securitySchemes"].update(
            {"AcmeKey": {"type": "http", "scheme": "bearer"}}
        ),
        {("credentials-published", BREAKING, "")},
    ),
    "credential or another": (
        lambda document: operation(document).update({"security": [{"AcmeKey": []}, {"Other": []}]}),
        set(),
    ),
    "two credentials": (
        lambda document: (
            document["components"]["securitySchemes"].update({"Other": {"type": "http", "scheme": "bearer"}}),
            operation(document).update({"security": [{"AcmeKey": [], "Other": []}]}),
        ),
        {("credentials-published", BREAKING, "")},
    ),
    "fewer credentials than before": (lambda document: operation(document).update({"security": [{}]}), set()),
    "no credential": (lambda document: operation(document).update({"security": []}), set()),
    "deprecated": (
        lambda document: operation(document).update({"deprecated": True}),
        {("operation-not-deprecated", AMBIGUOUS, "")},
    ),
    "another host": (
        lambda document: document.update(
            {"servers": [{"url": _base(document, "https://eu.acme.example")}, {"url": "/v1"}]}
        ),
        {("server-published", AMBIGUOUS, "")},
    ),
    "words": (
        lambda document: (
            operation(document).update({"description": "Other words.", "tags": ["Other"], "summary": "s", "x-more": 1}),
            field("id", type="string", format="uuid", description="d", example="e", title="t")(document),
        ),
        set(),
    ),
}
"""Kind to a change of the published document, and the check, class and place of each difference that it makes."""
