"""Changes of the published documents, whichever version of OpenAPI they are written in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Json = dict[str, Any]
Change = Callable[[Json], object]
BREAKING, AMBIGUOUS, ADDITIVE = "breaking", "ambiguous", "additive"


def operation(document: Json) -> Json:
    """The published operation."""
    (item,) = document["paths"].values()
    found: Json = item["get"]
    return found


def parameter(document: Json, name: str) -> Json:
    """A published parameter."""
    shared = list(document["components"].get("parameters", {}).values())
    found: Json = next(one for one in (*operation(document)["parameters"], *shared) if one.get("name") == name)
    return found


def page(document: Json) -> Json:
    """The schema of the published page."""
    response = document["components"].get("responses", {}).get("page") or operation(document)["responses"]["200"]
    (media,) = response["content"].values()
    schema = media["schema"]
    found: Json = schema["oneOf"][1] if "oneOf" in schema else schema
    return found


def thing(document: Json, name: str = "state") -> Json:
    """The part of the published item that has a field."""
    schemas = document["components"]["schemas"]
    parts = [schemas["base"], schemas["thing"]["allOf"][1]] if "thing" in schemas else [schemas["Thing"]]
    found: Json = next(part for part in parts if name in part["properties"])
    return found


def field(name: str, **schema: Any) -> Change:
    """Publish a field with this schema."""
    return lambda document: thing(document, name)["properties"].update({name: schema})


def no_field(name: str) -> Change:
    """Publish no such field."""

    def change(document: Json) -> None:
        part = thing(document, name)
        del part["properties"][name]
        part["required"] = [one for one in part["required"] if one != name]

    return change


def renamed(old: str, new: str) -> Change:
    """Publish a field under another name."""

    def change(document: Json) -> None:
        part = thing(document, old)
        part["properties"][new] = part["properties"].pop(old)
        part["required"] = [new if one == old else one for one in part["required"]]

    return change


def presence(name: str, *, required: bool) -> Change:
    """Publish a field as required or not."""

    def change(document: Json) -> None:
        part = thing(document, name)
        part["required"] = [one for one in part["required"] if one != name] + [name] * required

    return change


def takes(name: str, **schema: Any) -> Change:
    """Publish a parameter with these keywords in its schema; None takes one out."""

    def change(document: Json) -> None:
        found = parameter(document, name)["schema"]
        found.update(schema)
        for key in [key for key, value in found.items() if value is None]:
            del found[key]

    return change


def with_parameter(name: str, **parts: Any) -> Change:
    """Publish one more parameter."""
    given = {"name": name, "in": "query", "schema": {"type": "string"}, **parts}
    return lambda document: operation(document)["parameters"].append(given)


def parameter_is(parameter_name: str, /, **parts: Any) -> Change:
    """Publish a parameter with these parts."""
    return lambda document: parameter(document, parameter_name).update(parts)


def no_parameter(name: str) -> Change:
    """Publish no such parameter."""
    return lambda document: operation(document)["parameters"].remove(parameter(document, name))


def response(status: str, content: Json | None) -> Change:
    """Publish a response, or none, under a status."""

    def change(document: Json) -> None:
        responses = operation(document)["responses"]
        if content is None:
            for other in [other for other in responses if other[0] == status[0]]:
                del responses[other]
        else:
            responses[status] = content

    return change


def state(*values: str | None) -> Change:
    """Publish the field `state` with these values."""
    return field("state", type="string", enum=list(values))
