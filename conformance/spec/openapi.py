"""The parts of an operation that OpenAPI itself describes: parameters, responses, credentials."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance import pointer
from conformance.spec.credential import Credential, Kind
from conformance.spec.promises import Parameter, Response

Json = Mapping[str, Any]


def _without_references(content: Json, schema: Any, within: tuple[str, ...] = ()) -> Any:  # noqa: ANN401 - JSON
    """The schema with every `$ref` replaced by what it refers to; where it refers to itself it says nothing more."""
    if isinstance(schema, list):
        return [_without_references(content, part, within) for part in schema]
    if not isinstance(schema, Mapping):
        return schema
    place = schema.get("$ref")
    if not isinstance(place, str):
        return {key: _without_references(content, part, within) for key, part in schema.items()}
    if place in within:
        return {}
    return _without_references(content, pointer.get(content, place.removeprefix("#")), (*within, place))


def parameter(content: Json, given: Json, place: str) -> Parameter:
    """The parameter at the pointer `place`."""
    given = referred(content, given)
    style = given.get("style", "form")
    return Parameter(
        name=given["name"],
        schema=_without_references(content, given.get("schema", {})),
        required=given.get("required", False),
        explode=given.get("explode", style == "form"),
        style=style,
        description=given.get("description", ""),
        pointer=place,
    )


def referred(content: Json, given: Json) -> Json:
    """What is given, or what it refers to."""
    while "$ref" in given:
        given = pointer.get(content, given["$ref"].removeprefix("#"))
    return given


def response(content: Json, status: str, given: Json, place: str) -> Response:
    """The response to a status, at the pointer `place`."""
    given = referred(content, given)
    headers = {name: referred(content, header) for name, header in given.get("headers", {}).items()}
    return Response(
        status=status.upper() if status != "default" else status,
        content={media: body.get("schema", {}) for media, body in given.get("content", {}).items()},
        headers={name: _without_references(content, header.get("schema", {})) for name, header in headers.items()},
        required_headers=tuple(name for name, header in headers.items() if header.get("required")),
        description=given.get("description", ""),
        pointer=place,
    )


def credentials(content: Json, operation: Json) -> tuple[Credential, ...]:
    """The schemes that the operation may be called with, in their order."""
    schemes = content.get("components", {}).get("securitySchemes", {})
    wanted = operation.get("security", content.get("security", ()))
    names = dict.fromkeys(name for requirement in wanted for name in requirement)
    return tuple(_credential(name, schemes[name]) for name in names if name in schemes)


def _credential(name: str, scheme: Json) -> Credential:
    kind = _kind(scheme)
    return Credential(
        scheme=name,
        kind=kind,
        name=scheme["name"] if kind not in (Kind.BEARER, Kind.BASIC) else "Authorization",
        env=scheme.get("x-env", ""),
        pointer=pointer.join("/components/securitySchemes", name),
    )


def _kind(scheme: Json) -> Kind:
    if scheme["type"] == "apiKey":
        return Kind(scheme["in"])
    return Kind.BASIC if scheme.get("scheme", "").lower() == "basic" else Kind.BEARER
