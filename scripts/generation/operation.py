"""The one operation of a spec, found and checked before anything is generated."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from generation.document import Document, tokens

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
NEXT = "next_page"
"""What the link to the next page is called, where there are links to others."""
_BODY = "$response.body#"
_HEADER = "$response.header."
STARTS = {"page-number": 1, "offset": 0, "link-header": 0, "next-url": 0, "last-item": 0}
"""Styles of paging that OpenAPI cannot say, and where they begin to count unless the spec says otherwise."""


@frozen
class Operation:
    """Where the operation stands, and the parts of it that the generator does not pass on."""

    document: Document
    path: str
    method: str

    @property
    def place(self) -> tuple[str, ...]:
        """Keys that lead to it in the document."""
        return ("paths", self.path, self.method)

    @property
    def data(self) -> dict[str, Any]:
        """The Operation Object."""
        found: dict[str, Any] = self.document.at(self.place)
        return found

    @property
    def name(self) -> str:
        """Its operationId, which names the client's method."""
        return str(self.data["operationId"])

    @property
    def success(self) -> str:
        """The status of its documented success."""
        return next(str(status) for status in self.data["responses"] if str(status).startswith("2"))

    @property
    def response(self) -> dict[str, Any]:
        """The Response Object of success."""
        found: dict[str, Any] = self.document.resolve(self.data["responses"][self.success])
        return found

    @property
    def parameters(self) -> list[dict[str, Any]]:
        """Its Parameter Objects."""
        shared = self.document.data["paths"][self.path].get("parameters", [])
        return [self.document.resolve(each) for each in (*self.data.get("parameters", []), *shared)]

    @property
    def conformance(self) -> dict[str, Any]:
        """What OpenAPI cannot say."""
        found: dict[str, Any] = self.data.get("x-conformance") or {}
        return found

    @property
    def items(self) -> list[str]:
        """Keys that lead to the items in the body."""
        expression = str(self.conformance.get("items", ""))
        if not expression.startswith(_BODY):
            hint = f"x-conformance.items is where the items lie, such as {_BODY}/sessions."
            raise self.document.error((*self.place, "x-conformance"), f"items: {expression!r}", hint=hint)
        return tokens(expression.removeprefix(_BODY))

    @property
    def identity(self) -> list[str]:
        """Keys that lead to the identity in an item."""
        return tokens(str(self.conformance.get("identity", "/id")))

    @property
    def paging(self) -> dict[str, Any]:
        """How pages lead on where no Link Object can say it: style, parameter, start; empty where one does."""
        paging: dict[str, Any] = self.conformance.get("paging") or {}
        if "style" not in paging:
            return {}
        place = (*self.place, "x-conformance", "paging")
        if paging["style"] not in STARTS:
            hint = f"Known styles: {', '.join(STARTS)}."
            raise self.document.error((*place, "style"), f"paging style {paging['style']!r}", hint=hint)
        self._check_parameter(str(paging.get("parameter")), (*place, "parameter"), "paging")
        return paging

    @property
    def is_counted(self) -> bool:
        """Whether the next page's number is counted, as no answer says it."""
        return self.paging.get("style") in {"page-number", "offset"}

    @property
    def links(self) -> dict[str, str]:
        """Runtime expressions of the link to the next page, by the parameter that takes what they give."""
        if self.paging:
            return {self.paging["parameter"]: ""}
        links = self.response.get("links", {})
        for name, raw in sorted(links.items(), key=lambda item: item[0] != NEXT):
            link = self.document.resolve(raw)
            if link.get("operationId") == self.name:
                return {self._known(name, each): str(expression) for each, expression in link["parameters"].items()}
        return {}

    @property
    def limit(self) -> str | None:
        """The parameter that says how many items a page may hold."""
        limit: dict[str, str] = self.conformance.get("limit") or {}
        return limit.get("parameter")

    def is_array(self, parameter: dict[str, Any]) -> bool:
        """Whether a parameter takes several values."""
        return bool(self.document.resolve(parameter.get("schema", {})).get("type") == "array")

    @property
    def cap(self) -> int | None:
        """What a larger limit counts as: a number of its own, or the parameter's maximum."""
        limit: dict[str, Any] = self.conformance.get("limit") or {}
        said = limit.get("capped")
        if said is not True:
            return said
        schemas = (each.get("schema", {}) for each in self.parameters if each["name"] == limit["parameter"])
        return next((self.document.resolve(schema).get("maximum") for schema in schemas), None)

    @property
    def projection(self) -> str | None:
        """Name of the parameter that chooses which fields items have."""
        projection: dict[str, str] = self.conformance.get("projection") or {}
        return projection.get("parameter")

    @property
    def counters(self) -> list[dict[str, Any]]:
        """The numbers in a response that count items."""
        return list(self.conformance.get("counters") or [])

    @property
    def filters(self) -> list[dict[str, Any]]:
        """The parameters that narrow the listing."""
        return list(self.conformance.get("filters") or [])

    @property
    def order(self) -> dict[str, Any]:
        """In which order items are listed; empty where the documentation does not say."""
        found: dict[str, Any] = self.conformance.get("order") or {}
        return found

    @property
    def refusals(self) -> list[dict[str, Any]]:
        """What the documentation promises to refuse."""
        return list(self.conformance.get("refusals") or [])

    def _known(self, link: str, parameter: str) -> str:
        bare = parameter.removeprefix("query.").removeprefix("header.").removeprefix("path.")
        place = (*self.place, "responses", self.success, "links", link, "parameters", parameter)
        self._check_parameter(bare, place, f"link {link!r}")
        return bare

    def _check_parameter(self, name: str, place: tuple[str, ...], whose: str) -> None:
        names = [each["name"] for each in self.parameters]
        if name not in names:
            hint = f"Documented parameters: {', '.join(names)}."
            raise self.document.error(place, f"{whose} sets {name!r}, which is no parameter", hint=hint)


def cursor_place(expression: str) -> tuple[list[str], str | None] | None:
    """Give the keys in the body, or the header, that a runtime expression reads; None where it is neither."""
    bare = expression[1:-1] if expression.startswith("{") and expression.endswith("}") else expression
    if bare.startswith(_HEADER):
        return [], bare.removeprefix(_HEADER)
    return (tokens(bare.removeprefix(_BODY)), None) if bare.startswith(_BODY + "/") else None


def find_operation(document: Document) -> Operation:
    """Find the operation; a spec describes exactly one."""
    paths = document.data.get("paths")
    found = [
        Operation(document, path, method)
        for path, item in (paths.items() if isinstance(paths, dict) else ())
        for method in _METHODS
        if isinstance(item, dict) and method in item
    ]
    if len(found) != 1:
        hint = "A spec describes one operation; write another spec for another one."
        raise document.error(("paths",), f"{len(found)} operations", hint=hint)
    _check(found[0])
    return found[0]


def _check(operation: Operation) -> None:
    data, document = operation.data, operation.document
    if not str(data.get("operationId", "")).isidentifier():
        hint = "operationId names the client's method, such as list_sessions."
        raise document.error((*operation.place, "operationId"), "no operationId that Python can call", hint=hint)
    if not any(str(status).startswith("2") for status in data.get("responses", {})):
        hint = "Describe the 200 response and its schema."
        raise document.error((*operation.place, "responses"), "no successful response", hint=hint)
    if not document.data.get("servers"):
        raise document.error((), "no servers", hint="The first server's URL is the client's default.")
