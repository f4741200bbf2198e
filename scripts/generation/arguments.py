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

_TAKEN = frozenset(
    {"self", "client", "extra_headers", "extra_query", "max_items", "max_pages", "max_retries", "on_invalid"}
    | {"prefetch", "resume", "timeout"}
)
_TIMES = frozenset({"after", "at-least", "at-most", "before"})
"""Relations of filters by time."""
_UNITS = ((re.compile(r"\b(ms|milliseconds?)\b"), "milliseconds"), (re.compile(r"\b(s|seconds?)\b"), "seconds"))
_EPOCH = re.compile(r"unix|epoch|timestamp", re.IGNORECASE)
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
    """How the members of an object are written, each by itself: `brackets` or `names`; `pairs` are one text."""
    description: str
    schema: dict[str, Any]
    filter: dict[str, Any]
    """What the spec says of it as a filter; empty where it is none."""
    cap: int | None
    """What a larger value counts as, where none is refused for that."""
    projects: bool
    """Whether it chooses which fields items have."""

    @property
    def is_array(self) -> bool:
        """Whether it takes several values."""
        return self.shape.kind.startswith("ListOf")

    @property
    def is_numeric(self) -> bool:
        """Whether its values are numbers."""
        return self.shape.kind.removeprefix("Nullable(").removesuffix(")") in {"INTEGER", "NUMBER"}

    @property
    def unit(self) -> str | None:
        """What its number counts since 1970, where it stands for a time."""
        told = self.description
        if not self.is_numeric or self.filter.get("relation") not in _TIMES or not _EPOCH.search(told):
            return None
        return next((unit for pattern, unit in _UNITS if pattern.search(told)), None)

    @property
    def encoding(self) -> str | None:
        """How an object is written, where it takes one."""
        return "json" if self.filter.get("encoding") == "json" else None

    @property
    def annotation(self) -> str:
        """Type of the argument."""
        annotation = self.shape.annotation
        if self.is_array:
            annotation = f"Iterable[{annotation.removeprefix('list[')}"
        if self.unit is not None:
            annotation = f"{annotation} | datetime"
        if self.encoding is not None:
            annotation = f"{annotation} | Mapping[str, Any]"
        return annotation if self.required or self.shape.nullable else f"{annotation} | None"

    @property
    def declaration(self) -> str:
        """The argument in a signature."""
        return f"{self.name}: {self.annotation}" + ("" if self.required else " = None")

    @property
    def parameter(self) -> str:
        """Code of the runtime's `Parameter`."""
        given = {
            "members": self.members,
            "array": self.is_array or None,
            "unit": self.unit,
            "encoding": self.encoding,
            "numeric": self.is_numeric or None,
            "least": self.schema.get("minimum"),
            "most": None if self.cap else self.schema.get("maximum"),
        }
        more = "".join(f", {name}={value!r}" for name, value in given.items() if value is not None)
        return f"Parameter({self.wire!r}, {self.name!r}, {self.place!r}, {self.separator!r}{more})"

    @property
    def documented(self) -> str:
        """What the documentation says of it, in one line; a default is the server's, and never sent."""
        sentences = [self.description or f"Sent as {self.wire}; not described.", _allowed(self.schema)]
        if "TIMESTAMP" in self.shape.kind:
            sentences.append("A datetime with its zone; InvalidArgumentError where it has none.")
        if self.unit is not None:
            sentences.append(f"A datetime with its zone is sent as {self.unit} since 1970.")
        if self.cap is not None:
            sentences.append(f"A larger value counts as {self.cap}.")
        if self.projects:
            sentences.append("Items must keep their required fields; without one a page is a DecodeError.")
        if self.encoding is not None:
            sentences.append("A mapping is sent as JSON.")
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
        separator=separator(data),
        members=_members(data) if re.search(r"\b(ModelOf|MapOf)\(", shape.kind) else None,
        description=plain(data.get("description")),
        schema=_schema(operation.document, data["schema"]),
        filter=next((each for each in operation.filters if each.get("parameter") == data["name"]), {}),
        cap=operation.cap if data["name"] == operation.limit else None,
        projects=data["name"] == operation.projection,
    )


def _called(wire: str, usual: str, operation: Operation) -> str:
    """Name an argument: brackets part words as any other mark does, unless another argument is called so."""
    if not re.search(r"[\[\]]", wire):
        return usual
    name = snake_case(re.sub(r"[\[\]]+", "_", wire).strip("_"))
    others = {snake_case(str(each["name"])) for each in operation.parameters if each["name"] != wire}
    free = name.isidentifier() and not iskeyword(name) and name not in others
    return name if free else usual


def _members(data: dict[str, Any]) -> str:
    """Say how an object is written: `created[gte]=1` as a deep object, else `gte=1`, or `created=gte,1` in one text."""
    if data.get("style") == "deepObject":
        return "brackets"
    return "names" if data.get("explode", data.get("style", "form") == "form") else "pairs"


def _schema(document: Document, schema: dict[str, Any]) -> dict[str, Any]:
    # Of a list, what is said of its elements counts too.
    resolved: dict[str, Any] = document.resolve(schema)
    return document.resolve(resolved.get("items", {})) | resolved


def separator(data: dict[str, Any]) -> str | None:
    """Give what parts several values in one text; None where the parameter is repeated for each."""
    style = data.get("style", "form" if data["in"] == "query" else "simple")
    exploded = data.get("explode", style == "form")
    return None if exploded and data["in"] == "query" else _SEPARATORS.get(style, ",")
