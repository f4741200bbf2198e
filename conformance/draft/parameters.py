"""Published parameters as a draft has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import define, field

from conformance.draft.schemas import Components
from conformance.draft.source import Part
from conformance.published.document import Node
from conformance.published.names import placeholders
from conformance.published.operations import Operation
from conformance.published.parameters import IGNORED_HEADERS, described

STYLES = frozenset({"form", "spaceDelimited", "pipeDelimited", "deepObject"})


@define
class Listed:
    """The parameters that a spec can hold, and in words those that it cannot."""

    kept: list[Part] = field(factory=list)
    elsewhere: list[Part] = field(factory=list)
    """In the path, or in headers that every request must have."""
    left_out: list[str] = field(factory=list)


def parameters(components: Components, operation: Operation) -> Listed:
    """The parameters of an operation."""
    listed = Listed()
    for node in described(components.document, operation.node, operation.item).values():
        name, location = str(node.value["name"]), str(node.value.get("in", "query"))
        if location == "query":
            listed.kept.append(_parameter(components, node, name))
            listed.left_out += _unfitting(components, node, name, listed.kept[-1])
        elif location == "path":
            listed.elsewhere.append(_parameter(components, node, name) | {"in": "path", "required": True})
        elif location == "header" and _is_carried(node, name, listed.kept):
            listed.elsewhere.append(_parameter(components, node, name) | {"in": "header"})
        elif location != "header" or name.lower() not in IGNORED_HEADERS:
            listed.left_out.append(f"the {location} parameter {name!r}")
    told = {one["name"] for one in listed.elsewhere if one["in"] == "path"}
    names = placeholders(operation.path)
    listed.elsewhere[:] = [one for one in listed.elsewhere if one["in"] != "path" or one["name"] in names]
    listed.elsewhere += [_undescribed(name) for name in names if name not in told]
    return listed


def _is_carried(node: Node, name: str, others: Sequence[Part]) -> bool:
    """Whether every request must have a header: one that is required, and no parameter of the query by its name."""
    named = name.lower() in {*IGNORED_HEADERS, *(str(one["name"]).lower() for one in others)}
    return node.value.get("required") is True and not named


def _undescribed(name: str) -> Part:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _parameter(components: Components, node: Node, name: str) -> Part:
    given = node.value
    made: Part = {"name": name, "in": "query"}
    made |= {key: True for key in ("required", "deprecated") if given.get(key) is True}
    made |= {"description": given["description"]} if isinstance(given.get("description"), str) else {}
    made |= {"style": style} if isinstance(style := given.get("style"), str) and style in STYLES else {}
    made |= {"explode": given["explode"]} if isinstance(given.get("explode"), bool) else {}
    schema = components.document.part(node, "schema")
    return made | {"schema": components.schema(schema) if schema is not None else _text(components, node)}


def _text(components: Components, node: Node) -> Part:
    """A parameter without a schema: any text, or a whole text of some media type."""
    media, inside = next(iter(components.document.parts(node, "content").items()), ("", None))
    schema = components.document.part(inside, "schema") if inside is not None else None
    content: Part = {"contentMediaType": media} if media else {}
    return {"type": "string"} | content | ({"contentSchema": components.schema(schema)} if schema is not None else {})


def _unfitting(components: Components, node: Node, name: str, made: Part) -> list[str]:
    """A default that the parameter's own schema rules out, in words."""
    schema = components.document.part(node, "schema")
    found: Any = components.document.resolve(schema).value if schema is not None else None
    default = found.get("default") if isinstance(found, dict) else None
    if default is None or "$ref" in made["schema"] or made["schema"].get("default") == default:
        return []
    return [f"the default {default!r} of {name!r}, which its own schema rules out"]
