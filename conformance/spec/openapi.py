"""The parts of an operation that OpenAPI itself describes: parameters, responses, credentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.jsontext import Json, members_of
from conformance.pointer import Pointer
from conformance.spec.credential import Credential, Kind, Requirement
from conformance.spec.openapi_parts import Parameter, Response
from conformance.spec.schema import followed

Part = Mapping[str, Any]
"""A part of a valid document."""


def _without_references(content: Part, schema: Json, within: tuple[str, ...] = ()) -> Json:
    """The schema with every `$ref` replaced by what it refers to; where it refers to itself it says nothing more."""
    place = schema.get("$ref") if isinstance(schema, dict) else None
    if isinstance(place, str):
        found, _ = followed(content, schema)
        return {} if place in within else _without_references(content, found, (*within, place))
    if isinstance(schema, dict):
        return {key: _without_references(content, part, within) for key, part in schema.items()}
    return [_without_references(content, part, within) for part in schema] if isinstance(schema, list) else schema


def parameter(content: Part, given: Part, place: Pointer) -> Parameter:
    """The parameter at the pointer `place`."""
    given = referred(content, given)
    style = given.get("style", "form")
    return Parameter(
        name=given["name"],
        schema=members_of(_without_references(content, given.get("schema", {}))),
        required=given.get("required", False),
        explode=given.get("explode", style == "form"),
        style=style,
        description=given.get("description", ""),
        pointer=place,
        place=given.get("in", "query"),
        env=given.get("x-env", ""),
    )


def referred(content: Part, given: Part) -> Part:
    """What is given, or what it refers to."""
    return members_of(followed(content, given)[0])


def response(content: Part, status: str, given: Part, place: Pointer) -> Response:
    """The response to a status, at the pointer `place`."""
    given = referred(content, given)
    headers = {name: referred(content, header) for name, header in given.get("headers", {}).items()}
    return Response(
        status=status.upper() if status != "default" else status,
        content={media: body.get("schema", {}) for media, body in given.get("content", {}).items()},
        headers={
            name: members_of(_without_references(content, header.get("schema"))) for name, header in headers.items()
        },
        required_headers=tuple(name for name, header in headers.items() if header.get("required")),
        description=given.get("description", ""),
        pointer=place,
    )


def security(content: Part, operation: Part) -> tuple[Requirement, ...]:
    """The alternatives that the operation may be called with, in their order; none for whoever needs no credential."""
    schemes = content.get("components", {}).get("securitySchemes", {})
    wanted = operation.get("security", content.get("security", ()))
    described = [names for names in wanted if names and all(name in schemes for name in names)]
    return tuple(Requirement(tuple(_credential(name, schemes[name]) for name in names)) for names in described)


def _credential(name: str, scheme: Part) -> Credential:
    kind = _kind(scheme)
    return Credential(
        scheme=name,
        kind=kind,
        name=scheme["name"] if kind not in (Kind.BEARER, Kind.BASIC) else "Authorization",
        env=scheme.get("x-env", ""),
        pointer=Pointer.of("components", "securitySchemes", name),
    )


def _kind(scheme: Part) -> Kind:
    if scheme["type"] == "apiKey":
        return Kind(scheme["in"])
    return Kind.BASIC if scheme.get("scheme", "").lower() == "basic" else Kind.BEARER
