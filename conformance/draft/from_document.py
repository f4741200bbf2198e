"""The source of a draft in a published document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from conformance.draft.source import Part, Source, items_in
from conformance.errors import UsageError
from conformance.jsontext import Json
from conformance.pointer import Pointer
from conformance.published.document import Node, Published
from conformance.published.names import nearest
from conformance.published.operations import Operation, operation_at
from conformance.published.servers import servers
from conformance.published.statuses import json_schema, responses

KEPT = ("type", "format", "enum", "const", "default", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
KEPT_TOO = ("minLength", "maxLength", "minItems", "maxItems", "pattern", "description", "required", "deprecated")
OBJECTS = frozenset({"properties", "additionalProperties"})
"""What describes an object, where no type says so."""
OPENAPI_30_FLAGS = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def of_document(document: Published, path: str) -> Source:
    """The source of GET `path`; raises UsageError where the document has none."""
    operation = operation_at(document, path, "GET")
    if operation is None:
        paths = [str(one) for one in document.content["paths"]]
        near = nearest(path, paths)
        hint = f"Did you mean {near}?" if near else f"The document has {len(paths)} paths."
        raise UsageError(f"{document.name}: GET {path} is not published", hint=hint)
    if "{" in path:
        raise UsageError(f"{path} has parameters in the path", hint="A list operation that can be checked has none.")
    return _Reader(document, operation).source()


class _Reader:
    """Reads one operation, and collects the components that it refers to."""

    def __init__(self, document: Published, operation: Operation) -> None:
        self.document, self.operation = document, operation
        self.schemas: dict[str, Part] = {}
        self.names: dict[str, str] = {}
        self.open: set[str] = set()
        """Places of the parts that are being laid over each other."""

    def source(self) -> Source:
        answers = responses(self.document, self.operation.node)
        success = answers.get("200") or answers.get("2XX") or answers.get("default")
        schema = json_schema(success) if success is not None else None
        if success is None or schema is None:
            hint = "A list operation answers 200 with JSON. Use --from-response with a recorded body instead."
            raise UsageError(f"{self.document.name}: no JSON body of a 200 is published", hint=hint)
        listed, left_out = self._parameters()
        value = self.operation.node.value
        published = servers(self.document, self.operation.node, self.operation.item)
        base = next((url for url in published if url.startswith("http")), "")
        return Source(
            document=self.document.name.rpartition("/")[2],
            path=self.operation.path,
            server=base,
            summary=str(value.get("summary", "")),
            deprecated=value.get("deprecated") is True,
            parameters=listed,
            left_out=left_out,
            page=self.schema(schema),
            headers=self._headers(success),
            refusals={status: self._refusal(node) for status, node in answers.items() if status[0] in "45"},
            security=self._security(),
            items=self._examples(success, schema),
            schemas=self.schemas,
        )

    def schema(self, node: Node) -> Part:
        """A schema as OpenAPI 3.1 has it, its references turned into references to the draft's components."""
        if not isinstance(node.value, Mapping):
            return {"not": {}} if node.value is False else {}
        if "$ref" in node.value:
            return {"$ref": f"#/components/schemas/{self._component(self.document.resolve(node))}"}
        made: Part = {key: node.value[key] for key in (*KEPT, *KEPT_TOO) if key in node.value}
        if OBJECTS & node.value.keys():
            made = {"type": "object"} | made
        self._upgrade(node.value, made)
        self._parts(node, made)
        return self._composed(node, made)

    def _parts(self, node: Node, made: Part) -> None:
        for key in ("items", "additionalProperties"):
            part = node.part(key)
            if part is not None:
                made[key] = part.value if isinstance(part.value, bool) else self.schema(part)
        properties = node.part("properties")
        if properties is not None and isinstance(properties.value, Mapping):
            shown = {name: one for name, one in properties.value.items() if not _hidden(one)}
            made["properties"] = {
                name: self.schema(Node(one, properties.place.below(name))) for name, one in shown.items()
            }

    def _composed(self, node: Node, made: Part) -> Part:
        """The schema with its branches, and with the parts of `allOf` laid over each other."""
        for key in ("oneOf", "anyOf"):
            telling = [self.schema(part) for part in self._telling(_elements(node, key))]
            if len(telling) == 1 and not made.keys() - {"type", "description"}:
                branch = telling[0]
                return branch if "$ref" in branch else made | branch
            made |= {key: telling} if telling else {}
        parts = _elements(node, "allOf")
        if len(parts) == 1 and not made.keys() - {"type", "description"}:
            return _or_null(self.schema(parts[0]), nullable=node.value.get("nullable") is True)
        for part in parts:
            made = _laid_over(self._inline(part), made)
        return made

    def _inline(self, part: Node) -> Part:
        """A part of `allOf` without a name of its own; nothing where it is being read already."""
        found = self.document.resolve(part)
        if found.place in self.open:
            return {}
        self.open.add(found.place)
        made = self.schema(found)
        self.open.discard(found.place)
        return made

    def _telling(self, parts: list[Node]) -> list[Node]:
        """The branches without bare objects, which fit every good value besides the branch that describes it."""
        telling = [part for part in parts if part.value not in ({}, {"type": "object"})]
        return telling or parts

    def _upgrade(self, old: Mapping[str, Any], made: Part) -> None:
        """OpenAPI 3.0's ways to say null and exclusive bounds, in the words of 3.1."""
        if old.get("nullable") is True and isinstance(made.get("type"), str):
            made["type"] = [made["type"], "null"]
            if "enum" in made and None not in made["enum"]:
                made["enum"] = [*made["enum"], None]
        for flag, bound in OPENAPI_30_FLAGS.items():
            if isinstance(made.get(flag), bool) and made.pop(flag):
                made[flag] = made.pop(bound, 0)

    def _component(self, node: Node) -> str:
        if node.place not in self.names:
            name = _component_name(node.place.tokens[-1])
            while name in self.schemas:
                name += "2"
            self.names[node.place] = name
            self.schemas[name] = {}
            self.schemas[name].update(self.schema(node))
        return self.names[node.place]

    def _parameters(self) -> tuple[list[Part], list[str]]:
        kept, left_out = [], []
        found: dict[tuple[str, str], Node] = {}
        for around in (self.operation.item, self.operation.node):
            listed = around.part("parameters")
            for index in range(len(listed.value) if listed is not None else 0):
                part = around.part("parameters", index)
                if part is not None:
                    node = self.document.resolve(part)
                    found[str(node.value.get("in")), str(node.value.get("name"))] = node
        for (location, name), node in found.items():
            if location == "query":
                kept.append(self._parameter(node))
            else:
                left_out.append(f"the {location} parameter {name!r}")
        return kept, left_out

    def _parameter(self, node: Node) -> Part:
        made = {key: node.value[key] for key in ("name", "in", "required", "description") if key in node.value}
        made |= {key: node.value[key] for key in ("style", "explode") if key in node.value}
        schema = node.part("schema")
        return made | {"schema": self.schema(schema) if schema is not None else {"type": "string"}}

    def _headers(self, response: Node) -> dict[str, Part]:
        listed = response.part("headers")
        made = {}
        for name in listed.value if listed is not None else ():
            part = response.part("headers", name)
            schema = self.document.resolve(part).part("schema") if part is not None else None
            made[str(name)] = self.schema(schema) if schema is not None else {"type": "string"}
        return made

    def _refusal(self, node: Node) -> Part | None:
        schema = json_schema(node)
        return self.schema(schema) if schema is not None else None

    def _security(self) -> dict[str, Part]:
        listed = self.operation.node.part("security") or self.document.at("/security")
        names = [name for one in (listed.value if listed is not None else ()) for name in one]
        found = {}
        for name in dict.fromkeys(names):
            node = self.document.at(Pointer.of("components", "securitySchemes", name))
            if node is not None:
                found[_component_name(name)] = _scheme(self.document.resolve(node).value)
        return found

    def _examples(self, response: Node, schema: Node) -> list[Part]:
        """Items in the published examples of the page."""
        media = next(iter(response.value["content"].values()))
        bodies = [media.get("example"), self.document.resolve(schema).value.get("example")]
        bodies += [one.get("value") for one in (media.get("examples") or {}).values() if isinstance(one, Mapping)]
        return next((found for body in bodies if (found := items_in(body))), [])


def _hidden(schema: Json) -> bool:
    """Whether a field is never in an answer."""
    return isinstance(schema, Mapping) and schema.get("writeOnly") is True


def _elements(node: Node, key: str) -> list[Node]:
    listed = node.value.get(key)
    if not isinstance(listed, list):
        return []
    return [Node(one, node.place.below(key, index)) for index, one in enumerate(listed)]


def _laid_over(below: Part, above: Part) -> Part:
    """One object schema made of two; what stands above wins."""
    made = {**below, **above}
    for key in ("properties", "required"):
        if key in below and key in above:
            both = below[key], above[key]
            made[key] = (
                {**both[0], **both[1]} if key == "properties" else [*both[0], *(n for n in both[1] if n not in both[0])]
            )
    return made


def _or_null(schema: Part, *, nullable: bool) -> Part:
    return {"anyOf": [schema, {"type": "null"}]} if nullable else schema


def _scheme(scheme: Mapping[str, Any]) -> Part:
    """A security scheme that the suite can send; OAuth tokens are bearer tokens."""
    if scheme.get("type") == "apiKey":
        return {key: scheme[key] for key in ("type", "in", "name") if key in scheme}
    kind = str(scheme.get("scheme", "bearer")).lower()
    return {"type": "http", "scheme": kind if kind in {"basic", "bearer"} else "bearer"}


def _component_name(name: str) -> str:
    words = re.split(r"[^A-Za-z0-9]+", name)
    return "".join(word[:1].upper() + word[1:] for word in words) or "Schema"
