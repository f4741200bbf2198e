"""A published OpenAPI document: read within limits, refused where it is none, references followed on demand."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import ryaml
from attrs import field, frozen
from referencing import Registry, Resource
from referencing.exceptions import Unresolvable

from conformance import pointer
from conformance.errors import SpecError

MOST_NESTING = 5_000
MOST_REFERENCES = 100
"""References to references, after which a chain is a circle."""


@frozen
class Node:
    """A part of a document, and the JSON Pointer to it."""

    value: Any
    place: str

    def part(self, *steps: str | int) -> Node | None:
        """The part further down, if it is there; references are not followed."""
        value = pointer.get(self.value, pointer.join("", *steps))
        return None if value is pointer.MISSING else Node(value, pointer.join(self.place, *steps))


@frozen
class Published:
    """An OpenAPI 3.0 or 3.1 document."""

    name: str
    """As messages name it."""
    content: Mapping[str, Any] = field(repr=False)
    _resolver: Any = field(repr=False)

    @classmethod
    def of(cls, name: str, content: Mapping[str, Any]) -> Published:
        """The document with this content."""
        registry: Registry[Any] = Registry().with_resource("", Resource.opaque(content))
        return cls(name, content, registry.resolver())

    def at(self, place: str) -> Node | None:
        """The part at a JSON Pointer, if it is there."""
        return Node(self.content, "").part(*pointer.split(place))

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
        try:
            found = self._resolver.lookup(reference).contents
        except Unresolvable:
            if not reference.startswith("#"):
                hint = "Bundle the document into one file first, for example with `npx @redocly/cli bundle`."
                raise self.error(place, f"$ref {reference!r} leads to another document", hint=hint) from None
            hint = "The document is not a valid OpenAPI document."
            raise self.error(place, f"$ref {reference!r} leads nowhere", hint=hint) from None
        return Node(found, unquote(reference.removeprefix("#")))

    def error(self, place: str, message: str, *, hint: str) -> SpecError:
        """The error that says what is wrong at a place."""
        return SpecError(f"{self.name}#{place}: {message}", hint=hint)


def parse(name: str, data: bytes) -> Published:
    """The OpenAPI document in the bytes of a file, JSON or YAML; raises SpecError where there is none."""
    content = _content(name, data)
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
    return Published.of(name, content)


def _yaml(name: str, text: str) -> Any:  # noqa: ANN401 - JSON
    """YAML 1.2; open brackets are counted first, because the parser's work grows with their square."""
    depth = 0
    for bracket in re.finditer(r"[\[\]{}]", text):
        depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
        if depth > MOST_NESTING:
            raise _too_deep(name)
    return json.loads(json.dumps(ryaml.load(io.StringIO(text))))  # keys become text: `200:` is a number in YAML


def _too_deep(name: str) -> SpecError:
    return SpecError(f"{name}:1: is nested too deeply", hint="No OpenAPI document is; is it the right file?")


def _content(name: str, data: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SpecError(f"{name}:1: is not UTF-8", hint="Save the file as UTF-8.") from None
    try:
        return json.loads(text) if text.lstrip().startswith(("{", "[")) else _yaml(name, text)
    except json.JSONDecodeError as error:
        return _flow_yaml(name, text, error)
    except RecursionError:
        raise SpecError(
            f"{name}:1: is nested too deeply", hint="No OpenAPI document is; is it the right file?"
        ) from None
    except ValueError as error:
        raise SpecError(
            f"{name}:1: is neither JSON nor YAML: {_one_line(error)}", hint="Is it the right file?"
        ) from None


def _flow_yaml(name: str, text: str, error: json.JSONDecodeError) -> Any:  # noqa: ANN401 - JSON
    """YAML may begin as JSON does; the message is JSON's, as that is the likelier wish."""
    try:
        return _yaml(name, text)
    except ValueError:
        hint = "Is it a whole OpenAPI document?"
        raise SpecError(f"{name}:{error.lineno}: is not JSON: {error.msg}", hint=hint) from None


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
