"""One small document for each thing that documents of the world do, and what a draft of it must say."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Change = Callable[[Json], object]

DOCUMENT: Json = {
    "openapi": "3.0.3",
    "info": {"title": "Acme", "version": "1"},
    "servers": [{"url": "https://api.acme.example"}],
    "security": [{"Key": []}],
    "paths": {
        "/boxes": {
            "get": {
                "parameters": [
                    {
                        "name": "limit",
                        "in": "query",
                        "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20},
                    },
                    {"name": "cursor", "in": "query", "schema": {"type": "string"}},
                ],
                "responses": {
                    "200": {
                        "description": "ok",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "required": ["boxes", "next_cursor"],
                                    "properties": {
                                        "boxes": {"type": "array", "items": {"$ref": "#/components/schemas/Box"}},
                                        "next_cursor": {"type": "string", "nullable": True},
                                    },
                                }
                            }
                        },
                    },
                    "401": {
                        "description": "no",
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "required": ["message"],
                                    "properties": {"message": {"type": "string"}},
                                }
                            }
                        },
                    },
                },
            }
        }
    },
    "components": {
        "securitySchemes": {"Key": {"type": "apiKey", "in": "header", "name": "X-Acme-Key"}},
        "schemas": {
            "Box": {
                "type": "object",
                "required": ["id", "state"],
                "properties": {
                    "id": {"type": "string"},
                    "state": {"type": "string", "enum": ["running", "stopped"]},
                },
            }
        },
    },
}


def operation(document: Json) -> Json:
    """The published operation."""
    found: Json = document["paths"]["/boxes"]["get"]
    return found


def page(document: Json) -> Json:
    """The schema of the page."""
    found: Json = operation(document)["responses"]["200"]["content"]["application/json"]["schema"]
    return found


def box(document: Json) -> Json:
    """The schema of an item."""
    found: Json = document["components"]["schemas"]["Box"]
    return found


def field(name: str, **schema: Any) -> Change:
    """A field of an item."""
    return lambda document: box(document)["properties"].update({name: schema})


def parameter(name: str, *, required: bool = False, **schema: Any) -> Change:
    """One more parameter."""
    given = {"name": name, "in": "query", "schema": schema} | ({"required": True} if required else {})
    return lambda document: operation(document)["parameters"].append(given)


def instead_of(old: str, name: str, **schema: Any) -> Change:
    """Another parameter in the place of one."""

    def change(document: Json) -> None:
        listed = operation(document)["parameters"]
        listed[:] = [one for one in listed if one["name"] != old]
        parameter(name, **schema)(document)

    return change


def scheme(**described: Any) -> Change:
    """Another security scheme."""
    return lambda document: document["components"]["securitySchemes"].update(Key=described)


def following(**properties: Any) -> Change:
    """Other fields of the page beside its items, all of them required."""

    def change(document: Json) -> None:
        boxes = page(document)["properties"]["boxes"]
        page(document).update(properties={"boxes": boxes, **properties}, required=["boxes", *properties])

    return change


def links(relation: Json, *, key: str = "rel", value: str = "href") -> Json:
    """An array of links."""
    members = {key: relation, value: {"type": "string"}}
    return {"type": "array", "items": {"type": "object", "required": [*members], "properties": members}}


def both(*changes: Change) -> Change:
    """Several changes."""
    return lambda document: [change(document) for change in changes]


def _envelope(document: Json) -> None:
    errors = {"type": "array", "items": {"type": "object", "properties": {"code": {"type": "integer"}}}}
    loose = {"errors": errors, "boxes": {"type": "array", "items": {}}}
    document["components"]["schemas"]["Envelope"] = {"type": "object", "required": ["errors"], "properties": loose}
    own = copy.deepcopy(page(document))
    page(document).clear()
    page(document)["allOf"] = [{"$ref": "#/components/schemas/Envelope"}, own]


def _kinds(document: Json) -> None:
    schemas, base = document["components"]["schemas"], {"$ref": "#/components/schemas/Box"}
    for name in ("Vm", "Ct"):
        own = {"type": "object", "properties": {name.lower(): {"type": "string"}}}
        schemas[name] = {"allOf": [base, own]}
    box(document)["oneOf"] = [{"$ref": "#/components/schemas/Vm"}, {"$ref": "#/components/schemas/Ct"}]


def _nested(document: Json) -> None:
    inside = {"type": "object", "properties": {"name": {"type": "string"}, "uid": {"type": "string"}}}
    box(document).update(properties={"metadata": inside, "state": {"type": "string"}}, required=[])


def _default(document: Json) -> None:
    responses = operation(document)["responses"]
    responses["default"] = responses.pop("401")


def _together(document: Json) -> None:
    document["components"]["securitySchemes"]["Team"] = {"type": "apiKey", "in": "header", "name": "X-Team"}
    document["security"] = [{"Key": []}, {"Key": [], "Team": []}]


def _only_together(document: Json) -> None:
    _together(document)
    del document["security"][0]


def _recursive(document: Json) -> None:
    whole = {"oneOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#/components/schemas/Why"}}]}
    document["components"]["schemas"]["Why"] = whole
    schema = operation(document)["responses"]["401"]["content"]["application/json"]["schema"]
    schema["properties"]["why"] = {"$ref": "#/components/schemas/Why"}


URL = {"type": "string", "format": "uri", "nullable": True}
NUMBER: Json = {"type": "number", "minimum": 1}
STATES: Json = {"type": "string", "enum": ["open", "closed"]}
CHANGES: dict[str, Change] = {
    "as it is": lambda _: None,
    "an envelope that allOf composes": _envelope,
    "an array of which nothing is said": field("tools", type="array"),
    "kinds of a base, whose base has kinds": _kinds,
    "an identity one object down": _nested,
    "an identity with a pattern": field("id", type="string", pattern="^BX[0-9a-f]{8}$"),
    "refusals by default": _default,
    "credentials together": _together,
    "credentials that are enough only together": _only_together,
    "basic credentials": scheme(type="http", scheme="basic"),
    "a cookie": scheme(type="apiKey", name="session", **{"in": "cookie"}),
    "null beside alternatives": both(
        field("price", anyOf=[{"type": "string"}, {"type": "number"}], nullable=True),
        field("note", allOf=[{"$ref": "#/components/schemas/Box"}], nullable=True, deprecated=True),
        lambda document: page(document)["properties"].update(
            next_cursor={"anyOf": [{"type": "string"}], "nullable": True}
        ),
    ),
    "alternatives that hold themselves": _recursive,
    "a map of objects": field(
        "mounts", type="object", additionalProperties={"type": "object", "properties": {"drive": {"type": "string"}}}
    ),
    "a parameter that every request must carry": parameter("q", required=True, type="string"),
    "a filter that every request must carry": both(
        field("state", type="string", enum=["shut", "open"]), parameter("state", required=True, **STATES)
    ),
    "a filter with a default": both(field("state", type="string"), parameter("state", **STATES, default="open")),
    "a filter whose default is everything": both(
        field("state", type="string"), parameter("state", type="string", enum=["open", "all"], default="all")
    ),
    "a limit that is text": instead_of("limit", "limit", type="string", minimum=1, maximum=100),
    "a large limit": instead_of("limit", "limit", type="integer", minimum=1, maximum=10000, default=10000),
    "numbers that are not whole": both(parameter("minCpu", **NUMBER), parameter("skip", type="number")),
    "a page that is a number": both(instead_of("cursor", "page", **NUMBER), following()),
    "an offset": both(instead_of("cursor", "offset", type="integer", default=0), following()),
    "a next page that is an address": both(instead_of("cursor", "page", type="integer"), following(next=URL)),
    "links to other pages": following(links=links({"type": "string", "enum": ["self", "next"]})),
    "links of a bundle": following(
        links=links({"type": "string", "description": "such as next"}, key="relation", value="url")
    ),
    "links that are no pages": both(
        instead_of("cursor", "page", type="integer"), following(links=links({"type": "string", "enum": ["self"]}))
    ),
    "a cursor that is the last item": both(
        instead_of("cursor", "starting_after", type="string"), following(has_more={"type": "boolean"})
    ),
    "a deep object": lambda document: operation(document)["parameters"].append(
        {
            "name": "created",
            "in": "query",
            "style": "deepObject",
            "schema": {"type": "object", "properties": {"gte": {"type": "integer"}}},
        }
    ),
    "a default that does not fit": instead_of("limit", "limit", type="integer", maximum=100, default=500),
}


def document_of(name: str) -> Json:
    """The document that does this."""
    made = copy.deepcopy(DOCUMENT)
    CHANGES[name](made)
    return made
