"""What the documentation promises of one operation; `specs` builds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

from conformance import pointer
from conformance.pointer import MISSING, Expression
from conformance.spec.credential import Credential
from conformance.spec.document import nearest_line
from conformance.spec.promises import (
    Counter,
    Filter,
    Finished,
    Invariant,
    Lifecycle,
    Limit,
    Order,
    Paging,
    Parameter,
    Promise,
    Refusal,
    Response,
)


@frozen(kw_only=True)
class Contract:
    """Everything that is documented of one operation."""

    stem: str
    path: str
    method: str
    operation_id: str
    summary: str
    tag: str
    server: str
    """Base URL of the live API, without a trailing slash."""
    document: Mapping[str, Any] = field(repr=False)
    """The whole OpenAPI document as plain JSON."""
    file: str
    """The spec's file, as findings name it."""
    lines: Mapping[str, int] = field(repr=False)
    """JSON Pointer into the document to line, from 1."""
    text: str = field(repr=False)
    """The spec as it stands in its file."""
    source: Mapping[str, str]
    lifecycle: Lifecycle
    credentials: tuple[Credential, ...]
    parameters: tuple[Parameter, ...]
    responses: tuple[Response, ...]
    items: Expression
    identity: str
    order: Order | None
    limit: Limit | None
    paging: Paging | None
    filters: tuple[Filter, ...]
    scopes: tuple[str, ...]
    """Parameters that choose whose collection is listed, or take what a server gave out: no value can be invented."""
    given: tuple[tuple[str, str], ...]
    """What every request carries, as a query writes it, unless it says otherwise itself."""
    counters: tuple[Counter, ...]
    invariants: tuple[Invariant, ...]
    refusals: tuple[Refusal, ...]
    finished: Finished | None
    retention: Promise | None
    """The promise by which items leave the listing; None where no documentation lets them."""

    @property
    def operation(self) -> str:
        """Method and path, such as `GET /v1/sessions`."""
        return f"{self.method} {self.path}"

    @property
    def pointer(self) -> str:
        """Where the operation stands in the spec."""
        return pointer.join("/paths", self.path, self.method.lower())

    @property
    def is_counted(self) -> bool:
        """Whether no answer says what leads to the next page, so that its number or offset is counted."""
        return self.paging is not None and self.paging.cursor is None

    @property
    def documented_headers(self) -> frozenset[str]:
        """Names in lower case of the response headers that are promised, so no secrets whatever they are called."""
        return frozenset(name.lower() for response in self.responses for name in response.headers)

    @property
    def item_schema(self) -> Mapping[str, Any]:
        """JSON Schema of one item, references resolved at its top."""
        _, array = self.schema_at(self.page_schema, self.items.place)
        return self.resolve(array.get("items", {}))

    @property
    def page_schema(self) -> Mapping[str, Any]:
        """JSON Schema of the body of a 200."""
        return next(iter(self.responses_for(200)[0].content.values()))

    def parameter(self, name: str) -> Parameter:
        """The documented parameter called `name`; KeyError where there is none."""
        for parameter in self.parameters:
            if parameter.name == name:
                return parameter
        raise KeyError(name)

    def responses_for(self, status: int) -> list[Response]:
        """The documented responses that cover `status`, the most exact first (OpenAPI: code, range, default)."""
        wanted = (str(status), f"{status // 100}XX", "default")
        return [response for name in wanted for response in self.responses if response.status == name]

    def succeeds(self, status: int) -> bool:
        """Whether an answer of this status is documented to hold a page."""
        return 200 <= status < 300 and any(one.status == str(status) for one in self.responses)  # noqa: PLR2004 - HTTP

    def carried(self, query: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        """A query with what every request carries."""
        asked = tuple(query)
        names = {name for name, _ in asked}
        return (*asked, *(pair for pair in self.given if pair[0] not in names))

    @property
    def unsaid(self) -> list[str]:
        """The parameters that every request must carry, and that nothing says a value for."""
        said = {name for name, _ in self.given}
        return [one.name for one in self.parameters if one.required and one.name not in said]

    def refusal(self, given: str) -> Refusal | None:
        """The documented refusal of what is `given`, if there is one."""
        return next((refusal for refusal in self.refusals if refusal.given == given), None)

    def identity_of(self, item: Any) -> Any:  # noqa: ANN401 - JSON
        """What names an item within its collection, or `MISSING`."""
        return pointer.get(item, self.identity)

    def resolve(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """The schema that `schema` refers to, or itself."""
        while isinstance(schema, Mapping) and "$ref" in schema:
            schema = pointer.get(self.document, schema["$ref"].removeprefix("#"))
        return schema

    def schema_at(self, schema: Mapping[str, Any], place: str) -> tuple[bool, Mapping[str, Any]]:
        """Whether values under `schema` have a part at `place`, and the schema of that part."""
        return _schema_at(self, schema, pointer.split(place))

    def line(self, place: str) -> int:
        """Line of the spec that holds `place`, or the nearest part around it."""
        return nearest_line(self.lines, place)


def _schema_at(contract: Contract, schema: Mapping[str, Any], way: list[str]) -> tuple[bool, Mapping[str, Any]]:
    schema = contract.resolve(schema)
    if not way:
        return True, schema
    for candidate in _children(schema, way[0]):
        found, part = _schema_at(contract, candidate, way[1:])
        if found:
            return True, part
    for keyword in ("anyOf", "oneOf", "allOf"):
        for branch in schema.get(keyword, ()):
            found, part = _schema_at(contract, branch, way)
            if found:
                return True, part
    return False, {}


def _children(schema: Mapping[str, Any], token: str) -> list[Mapping[str, Any]]:
    named = schema.get("properties", {}).get(token, MISSING)
    if named is not MISSING:
        return [named]
    others = schema.get("additionalProperties", False)
    if others is True or isinstance(others, Mapping):
        return [others if isinstance(others, Mapping) else {}]
    return [schema["items"]] if token.isdecimal() and "items" in schema else []
