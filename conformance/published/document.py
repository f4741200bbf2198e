"""A published OpenAPI document: refused where it is none, its references followed on demand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from attrs import field, frozen

from conformance.errors import SpecError
from conformance.jsontext import members_of
from conformance.pointer import MISSING, TOP, Pointer
from conformance.published.beside import BESIDE, BUNDLE, Beside
from conformance.published.parsing import content_of, unpacked
from conformance.spec.lines import line_of

_LEADS_OUT = re.compile(rb"""\$ref["']?\s*:\s*["']?[^"'#\s]""")
MOST_REFERENCES = 100
"""References to references, after which a chain is a circle."""
READABLE = ("3.0", "3.1", "3.2")
"""3.2 is read as 3.1: nothing that it adds changes what a schema or a parameter of 3.1 says."""


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
    """A document of OpenAPI 3.0, 3.1 or 3.2."""

    name: str
    """As messages name it."""
    content: Mapping[str, Any] = field(repr=False)
    data: bytes = field(default=b"", repr=False)
    """The file as it stands; empty where the document was never one."""
    beside: Beside = field(factory=Beside, repr=False)

    @property
    def root(self) -> Node:
        """The whole."""
        return Node(self.content, TOP)

    def at(self, place: str) -> Node | None:
        """The part at a JSON Pointer, if it is there; raises SpecError for a file beside that cannot be read."""
        way = Pointer(place).tokens
        file = _file(way)
        if not file:
            return self.root.part(*way)
        return Node(self.beside.content(file), Pointer.of(BESIDE, file)).part(*way[2:])

    def resolve(self, node: Node) -> Node:
        """What a node refers to, or the node; raises SpecError for a reference that leads nowhere."""
        return self.chain(node)[-1]

    def chain(self, node: Node) -> list[Node]:
        """The node, and what it refers to, and what that refers to; raises SpecError as `resolve` does."""
        chain = [node]
        for _ in range(MOST_REFERENCES):
            last = chain[-1]
            if isinstance(last.value, Mapping) and "<<" in last.value:
                raise self.error(
                    last.place,
                    "YAML merge key `<<`, which YAML 1.2 does not have",
                    hint="Convert the document to JSON.",
                )
            reference = last.value.get("$ref") if isinstance(last.value, Mapping) else None
            if not isinstance(reference, str):
                return chain
            chain.append(self._follow(reference, last.place))
        raise self.error(node.place, "references lead in a circle", hint="The document cannot be read there.")

    def part(self, node: Node, *steps: str | int) -> Node | None:
        """The part further down, if it is there; references are followed on the way, and not at the end."""
        found: Node | None = node
        for step in steps:
            found = self.resolve(found).part(step) if found is not None else None
        return found

    def parts(self, node: Node, *steps: str | int) -> dict[str, Node]:
        """The members of the object further down, references followed on the way; none where there is no object."""
        found = self.part(node, *steps)
        found = self.resolve(found) if found is not None else None
        members = found.value if found is not None and isinstance(found.value, Mapping) else {}
        return {} if found is None else {str(name): Node(members[name], found.place.below(name)) for name in members}

    def _follow(self, reference: str, place: str) -> Node:
        file, _, fragment = reference.partition("#")
        if file:
            raise self.error(place, f"$ref {reference!r} leads to another document", hint=self.beside.why_not(file))
        target = unquote(fragment)
        beside = _file(Pointer(target).tokens) if target.startswith("/") else ""
        if beside and not self.beside.has(beside):
            message = f"$ref leads to another document, {self.beside.name(beside)}, which is not there"
            raise self.error(place, message, hint=BUNDLE)
        found = self.at(target) if target.startswith("/") or not target else None
        if found is None:
            hint = "The document is not a valid OpenAPI document."
            raise self.error(place, f"$ref {reference!r} leads nowhere", hint=hint)
        return found

    def error(self, place: str, message: str, *, hint: str) -> SpecError:
        """The error that says what is wrong at a place."""
        steps = Pointer(place).tokens
        file, name, way, data = _file(steps), self.name, Pointer(place), self.data
        if file:
            name, way, data = self.beside.name(file), Pointer.of(*steps[2:]), self.beside.data(file)
        return SpecError(f"{name}:{_line(data, way)}: {message} ({name}#{way})", hint=hint)


def _file(steps: Sequence[str]) -> str:
    """The file beside the document in which a place lies; empty for a place in the document itself."""
    return steps[1] if len(steps) > 1 and steps[0] == BESIDE else ""


def _line(data: bytes, place: str) -> int:
    return line_of(data.decode("utf-8", "replace"), place) if data else 1


def parse(name: str, data: bytes, *, beside: Beside | None = None) -> Published:
    """The OpenAPI document in the bytes of a file, JSON or YAML; raises SpecError where there is none."""
    data = unpacked(name, data)
    content = content_of(name, data)
    if not isinstance(content, Mapping):
        raise SpecError(f"{name}:1: is not an OpenAPI document", hint="An OpenAPI document is a JSON or YAML object.")
    if "swagger" in content:
        hint = "Convert it to OpenAPI 3 first, for example with `npx swagger2openapi FILE`."
        raise SpecError(f"{name}:1: is Swagger {content['swagger']}, not OpenAPI 3", hint=hint)
    version = str(content.get("openapi", ""))
    if not version.startswith(READABLE):
        shown = f"is OpenAPI {version}" if version else "has no key `openapi`"
        raise SpecError(f"{name}:1: {shown}", hint="Documents of OpenAPI 3.0, 3.1 and 3.2 can be read.")
    if not isinstance(content.get("paths"), Mapping):
        raise SpecError(f"{name}:1: has no paths", hint="An OpenAPI document lists its operations under `paths`.")
    beside = beside or Beside()
    rooted = members_of(beside.rooted(content)) if _LEADS_OUT.search(data) else content
    return Published(name, rooted, data, beside)
