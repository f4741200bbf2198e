"""The keyword arguments of the client's method, one for each documented parameter."""

from __future__ import annotations

import re
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

from attrs import frozen
from openapi_python_client.strings import snake_case

from generation.document import Document
from generation.fields import plain
from generation.operation import Operation
from generation.shapes import Shape, shape_of

if TYPE_CHECKING:
    from openapi_python_client.parser.openapi import Endpoint

_TAKEN = frozenset({"self", "client", "extra_query", "max_pages", "on_invalid", "resume", "timeout"})
_SEPARATORS = {"form": ",", "simple": ",", "spaceDelimited": " ", "pipeDelimited": "|"}


@frozen
class Argument:
    """One argument."""

    wire: str
    name: str
    place: str
    shape: Shape
    required: bool
    separator: str | None
    members: str | None
    """How the members of an object are written, each by itself: `brackets` or `names`."""
    description: str
    schema: dict[str, Any]

    @property
    def annotation(self) -> str:
        """Type of the argument."""
        annotation = self.shape.annotation
        if annotation.startswith("list["):
            # A list of members is no list of members or strings to a type checker; a sequence is.
            annotation = f"Sequence[{annotation.removeprefix('list[')}"
        return annotation if self.required or self.shape.nullable else f"{annotation} | None"

    @property
    def declaration(self) -> str:
        """The argument in a signature."""
        return f"{self.name}: {self.annotation}" + ("" if self.required else " = None")

    @property
    def parameter(self) -> str:
        """Code of the runtime's `Parameter`."""
        members = f", {self.members!r}" if self.members else ""
        return f"Parameter({self.wire!r}, {self.name!r}, {self.place!r}, {self.separator!r}{members})"

    @property
    def documented(self) -> str:
        """What the documentation says of it, in one line; a default is the server's, and never sent."""
        sentences = [self.description or f"Sent as {self.wire}; not described.", _allowed(self.schema)]
        if "TIMESTAMP" in self.shape.kind:
            sentences.append("A datetime with its zone; ValueError where it has none.")
        if "default" in self.schema:
            sentences.append(f"The server's default is {_shown(self.schema['default'])}.")
        return " ".join(filter(None, sentences))


def _allowed(schema: dict[str, Any]) -> str:
    values = [_shown(value) for value in schema.get("enum", ()) if value is not None]
    least, most = schema.get("minimum"), schema.get("maximum")
    if values:
        return f"Documented values: {', '.join(values)}."
    if least is not None and most is not None:
        return f"From {least} to {most}."
    if most is not None:
        return f"At most {most}."
    return f"At least {least}." if least is not None else ""


def _shown(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else plain(str(value))


def arguments_of(operation: Operation, endpoint: Endpoint) -> list[Argument]:
    """Give the arguments, the required ones first."""
    parsed = {
        (place, prop.name.get_untrusted_value()): prop
        for place, props in (
            ("query", endpoint.query_parameters),
            ("path", endpoint.path_parameters),
            ("header", endpoint.header_parameters),
        )
        for prop in props
    }
    arguments = [_argument(operation, each, parsed) for each in operation.parameters]
    return sorted(arguments, key=lambda argument: not argument.required)


def _argument(operation: Operation, data: dict[str, Any], parsed: dict[tuple[str, str], Any]) -> Argument:
    key = (data["in"], data["name"])
    if key not in parsed:
        hint = "Parameters stand in the query, the path or a header, and have a schema."
        raise operation.document.error((*operation.place, "parameters"), f"parameter {data['name']!r}", hint=hint)
    prop = parsed[key]
    name, shape = _called(data["name"], str(prop.python_name), operation), shape_of(prop)
    return Argument(
        wire=data["name"],
        name=f"{name}_" if name in _TAKEN else name,
        place=data["in"],
        shape=shape,
        required=bool(data.get("required", False)),
        separator=_separator(data),
        members=_members(data) if re.search(r"\b(ModelOf|MapOf)\(", shape.kind) else None,
        description=plain(data.get("description")),
        schema=_schema(operation.document, data["schema"]),
    )


def _called(wire: str, usual: str, operation: Operation) -> str:
    """Name an argument: brackets part words as any other mark does, unless another argument is called so."""
    if not re.search(r"[\[\]]", wire):
        return usual
    name = snake_case(re.sub(r"[\[\]]+", "_", wire).strip("_"))
    others = {snake_case(str(each["name"])) for each in operation.parameters if each["name"] != wire}
    free = name.isidentifier() and not iskeyword(name) and name not in others
    return name if free else usual


def _members(data: dict[str, Any]) -> str | None:
    """Say how an object is written: `created[gte]=1` as a deep object, else `gte=1`, or `created=gte,1` in one text."""
    if data.get("style") == "deepObject":
        return "brackets"
    return "names" if data.get("explode", data.get("style", "form") == "form") else None


def _schema(document: Document, schema: dict[str, Any]) -> dict[str, Any]:
    # Of a list, what is said of its elements counts too.
    resolved: dict[str, Any] = document.resolve(schema)
    return document.resolve(resolved.get("items", {})) | resolved


def _separator(data: dict[str, Any]) -> str | None:
    style = data.get("style", "form" if data["in"] == "query" else "simple")
    exploded = data.get("explode", style == "form")
    return None if exploded and data["in"] == "query" else _SEPARATORS.get(style, ",")
