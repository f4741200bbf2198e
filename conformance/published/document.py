"""A published OpenAPI document: refused where it is none, its references followed on demand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from attrs import field, frozen

from conformance.errors import SpecError
from conformance.pointer import MISSING, TOP, Pointer
from conformance.published.parsing import content_of

MOST_REFERENCES = 100
"""References to references, after which a chain is a circle."""


@frozen
class Node:
    """A part of a document, and the JSON Pointer to it."""

    value: Any
    place: Pointer

    def part(self, *steps: str | int) -> Node | None:
        """The part further down, if it is there; references are not followed."""
        value = Pointer.of(*steps).get(self.value)
        return None if value is MISSING else Node(value, self.place.below(*steps))


@frozen
class Published:
    """An OpenAPI 3.0 or 3.1 document."""

    name: str
    """As messages name it."""
    content: Mapping[str, Any] = field(repr=False)

    def at(self, place: str) -> Node | None:
        """The part at a JSON Pointer, if it is there."""
        return Node(self.content, TOP).part(*Pointer(place).tokens)

    def resolve(self, node: Node) -> Node:
        """What a node refers to, or the node; raises SpecError for a reference that leads nowhere."""
        for _ in range(MOST_REFERENCES):
            if isinstance(node.value, Mapping) and "<<" in node.value:
                raise self.error(
                    node.place,
                    "YAML merge key `<<`, which YAML 1.2 does not have",
                    hint="Convert the document to JSON.",
                )
            reference = node.value.get("$ref") if isinstance(node.value, Mapping) else None
            if not isinstance(reference, str):
                return node
            node = self._follow(reference, node.place)
        raise self.error(node.place, "references lead in a circle", hint="The document cannot be compared there.")

    def _follow(self, reference: str, place: str) -> Node:
        if not reference.startswith("#"):
            hint = "Bundle the document into one file first, for example with `npx @redocly/cli bundle`."
            raise self.error(place, f"$ref {reference!r} leads to another document", hint=hint)
        target = unquote(reference.removeprefix("#"))
        found = self.at(target) if target.startswith("/") else None
        if found is None:
            hint = "The document is not a valid OpenAPI document."
            raise self.error(place, f"$ref {reference!r} leads nowhere", hint=hint)
        return found

    def error(self, place: str, message: str, *, hint: str) -> SpecError:
        """The error that says what is wrong at a place."""
        return SpecError(f"{self.name}#{place}: {message}", hint=hint)


def parse(name: str, data: bytes) -> Published:
    """The OpenAPI document in the bytes of a file, JSON or YAML; raises SpecError where there is none."""
    content = content_of(name, data)
    if not isinstance(content, Mapping):
        raise SpecError(f"{name}:1: is not an OpenAPI document", hint="An OpenAPI document is a JSON or YAML object.")
    if "swagger" in content:
        hint = "Convert it to OpenAPI 3 first, for example with `npx swagger2openapi FILE`."
        raise SpecError(f"{name}:1: is Swagger {content['swagger']}, not OpenAPI 3", hint=hint)
    version = str(content.get("openapi", ""))
    if not version.startswith(("3.0", "3.1")):
        shown = f"is OpenAPI {version}" if version else "has no key `openapi`"
        raise SpecError(f"{name}:1: {shown}", hint="OpenAPI 3.0 and 3.1 documents can be read.")
    if not isinstance(content.get("paths"), Mapping):
        raise SpecError(f"{name}:1: has no paths", hint="An OpenAPI document lists its operations under `paths`.")
    return Published(name, content)
