"""What the documentation promises of one operation; `specs` builds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote

from attrs import field, frozen

from conformance.jsontext import Json
from conformance.pointer import Expression, Found, Pointer
from conformance.spec.counters import Counter
from conformance.spec.credential import Credential, Requirement
from conformance.spec.document import nearest_line
from conformance.spec.lifecycle import Lifecycle
from conformance.spec.openapi_parts import Parameter, Response
from conformance.spec.order import Order
from conformance.spec.projection import Projection
from conformance.spec.promises import Edge, Filter, Finished, Invariant, Limit, Paging, Promise, Refusal
from conformance.spec.rows import Rows
from conformance.spec.schema import Schema


@frozen(kw_only=True, eq=False)
class Contract:
    """Everything that is documented of one operation; large, so equal only to itself, and what follows is kept."""

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
    security: tuple[Requirement, ...]
    """The alternatives, of which one is enough; none where nobody needs a credential."""
    parameters: tuple[Parameter, ...]
    path_parameters: tuple[Parameter, ...]
    header_parameters: tuple[Parameter, ...]
    responses: tuple[Response, ...]
    items: Expression
    rows: Rows | None
    """How its elements are read where they are arrays; None where they are objects."""
    identity: Pointer
    order: Order | None
    limit: Limit | None
    paging: Paging | None
    filters: tuple[Filter, ...]
    projection: Projection | None
    """How a request chooses which fields items have; None where nothing says so."""
    scopes: tuple[str, ...]
    """Parameters that choose whose collection is listed, or take what a server gave out: no value can be invented."""
    given: tuple[tuple[str, str], ...]
    """What every request carries in its path or headers, or in its query unless it says otherwise itself; as text."""
    counters: tuple[Counter, ...]
    edges: tuple[Edge, ...]
    invariants: tuple[Invariant, ...]
    refusals: tuple[Refusal, ...]
    finished: Finished | None
    retention: Promise | None
    """The promise by which items leave the listing; None where no documentation lets them."""

    @property
    def operation(self) -> str:
        """Method and path, such as `GET /v1/sessions`."""
        return f"{self.method} {self.path}"

    @cached_property
    def pointer(self) -> Pointer:
        """Where the operation stands in the spec."""
        return Pointer.of("paths", self.path, self.method.lower())

    @cached_property
    def credentials(self) -> tuple[Credential, ...]:
        """Every credential that some alternative asks for, in their order."""
        return tuple({one.scheme: one for each in self.security for one in each.credentials}.values())

    @property
    def is_counted(self) -> bool:
        """Whether no answer says what leads to the next page, so that its number or offset is counted."""
        return self.paging is not None and self.paging.cursor is None

    @cached_property
    def documented_headers(self) -> frozenset[str]:
        """Names in lower case of the response headers that are promised, so no secrets whatever they are called."""
        return frozenset(name.lower() for response in self.responses for name in response.headers)

    @property
    def page_schema(self) -> Mapping[str, Any]:
        """JSON Schema of the body of a 200, with its references."""
        return next(iter(self.responses_for(200)[0].content.values()))

    @property
    def item_schema(self) -> Mapping[str, Any]:
        """JSON Schema of one item, references resolved at its top."""
        return self.item.keywords

    @cached_property
    def page(self) -> Schema:
        """What is documented of the body of a 200."""
        response = self.responses_for(200)[0]
        return self.body(response, next(iter(response.content)))

    @cached_property
    def item(self) -> Schema:
        """What is documented of one item."""
        return self.page.part(self.items.place).element or Schema(self.document, self.page.place, {})

    @cached_property
    def item_place(self) -> Pointer:
        """Where findings say that an item is described."""
        response = self.responses_for(200)[0]
        start = response.pointer.below("content", next(iter(response.content)), "schema")
        return self.described_at(start, self.items.place.below(0))

    def body(self, response: Response, media: str) -> Schema:
        """What is documented of the body of a response in a media type."""
        return self._bodies[response.status, media]

    @cached_property
    def _bodies(self) -> Mapping[tuple[str, str], Schema]:
        return {
            (one.status, media): Schema.of(self.document, schema, place.below("content", media, "schema"))
            for one in self.responses
            for place in [Schema.at(self.document, one.pointer).place]
            for media, schema in one.content.items()
        }

    def described_at(self, start: Pointer, place: str) -> Pointer:
        """Where the spec describes the part of a value at `place`, from the schema at `start`; the nearest it has.

        A response that is a reference is described elsewhere: what is wrong in its body is told of the reference.
        """
        return Schema.at(self.document, start).nearest(place).place

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
        elsewhere = {one.name for one in (*self.path_parameters, *self.header_parameters)}
        names = {name for name, _ in asked} | elsewhere
        return (*asked, *(pair for pair in self.given if pair[0] not in names))

    @property
    def unsaid(self) -> list[str]:
        """The parameters that every request must carry, and that nothing says a value for."""
        said = {name for name, _ in self.given}
        optional = (*self.header_parameters, *self.parameters)
        required = [*self.path_parameters, *(one for one in optional if one.required)]
        return [one.name for one in required if one.name not in said]

    @property
    def fixed_headers(self) -> dict[str, str]:
        """The headers that every request carries."""
        said = dict(self.given)
        return {one.name: said[one.name] for one in self.header_parameters if one.name in said}

    @cached_property
    def served(self) -> str:
        """The address as a server reads it, decoded."""
        return unquote(self.address)

    @cached_property
    def address(self) -> str:
        """The path with its values; a parameter without one stays in its braces."""
        said = dict(self.given)
        filled = {one.name: quote(said[one.name], safe="") for one in self.path_parameters if one.name in said}
        return re.sub(r"\{([^}]*)\}", lambda found: filled.get(found[1], found[0]), self.path)

    def refusal(self, given: str) -> Refusal | None:
        """The documented refusal of what is `given`, if there is one."""
        return next((refusal for refusal in self.refusals if refusal.given == given), None)

    def refusal_of(self, parameter: str) -> Refusal | None:
        """The documented refusal of a bad value of a parameter, if there is one: its own, or that of all."""
        return self.refusal(f"invalid-{parameter}") or self.refusal("invalid-parameter")

    def may_lack(self, where: Expression) -> bool:
        """Whether a page that keeps to the documentation may show nothing at a place of body or headers."""
        if where.header:
            required = self.responses_for(200)[0].required_headers
            return where.header.lower() not in {name.lower() for name in required}
        *way, last = where.place.tokens or ("",)
        around = self.page.part(Pointer.of(*way))
        return bool(last) and all(last not in branch.required for branch in around.branches)

    def identity_of(self, item: Json) -> Found:
        """What names an item within its collection, or `MISSING`."""
        return self.identity.get(item)

    def resolve(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """The schema that `schema` refers to, or itself."""
        return Schema.of(self.document, schema, Pointer()).keywords

    def line(self, place: str) -> int:
        """Line of the spec that holds `place`, or the nearest part around it."""
        return nearest_line(self.lines, place)
