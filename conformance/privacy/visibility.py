"""Which values of a body may be a customer's: everything that the spec does not describe as something else."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property
from typing import Any, Protocol

from attrs import field, frozen

from conformance.pointer import join
from conformance.spec.contract import Contract
from conformance.spec.promises import Relation
from conformance.spec.schema import branches_of

KEYWORD = "x-personal"
ERRORS = 400
_NARROW = frozenset({"enum", "const", "format", "pattern"})
"""Keywords that leave no room for free text."""


class Shape(Hashable, Protocol):
    """What is known of the values at one place, as far as it tells whether they may be shown."""

    @property
    def shows(self) -> bool:
        """Whether text and numbers here may leave the process."""

    def member(self, name: str) -> Shape:
        """The shape of a member of an object here."""

    def element(self) -> Shape:
        """The shape of an element of an array here."""


class _Hidden:
    """What nobody documented, or what the user attached."""

    shows = False

    def member(self, name: str) -> Shape:  # noqa: ARG002 - any
        return self

    def element(self) -> Shape:
        return self


HIDDEN = _Hidden()


class _Shown:
    """What is nobody's in particular."""

    shows = True

    def member(self, name: str) -> Shape:  # noqa: ARG002 - any
        return self

    def element(self) -> Shape:
        return self


SHOWN = _Shown()


@frozen
class Loose:
    """What nobody documented in an answer that is no page: shown, but for lists, and members named as in items."""

    names: frozenset[str]
    shows: bool = True

    def member(self, name: str) -> Shape:
        """Hidden where the item's member of that name is."""
        return HIDDEN if name in self.names else self

    def element(self) -> Shape:
        """Hidden: for all we know this is a listing."""
        return HIDDEN


@frozen(slots=False, eq=False)
class Documented:
    """What schemas describe."""

    contract: Contract
    schemas: tuple[Mapping[str, Any], ...]
    """The schema and its alternatives, references resolved."""
    place: str
    """JSON Pointer into the body, with `*` for every index."""
    unknown: Shape = HIDDEN
    """The shape of what the schemas do not describe; hidden in the elements of a list."""
    _members: dict[str, Shape] = field(factory=dict, init=False)

    @cached_property
    def shows(self) -> bool:
        """What the spec says of the place; where it says nothing, whether there is no room for free text."""
        said = [schema[KEYWORD] for schema in self.schemas if KEYWORD in schema]
        kinds = {kind for schema in self.schemas for kind in _kinds(schema)}
        if said or not kinds or kinds & {"object", "array"}:
            return bool(said) and not any(said)
        narrow = any(_NARROW & schema.keys() for schema in self.schemas)
        return "string" not in kinds or narrow or self._is_told

    @property
    def _is_told(self) -> bool:
        """Whether the text is no user's, or no promise could be tested without showing it."""
        item = f"{self.contract.items.place}/*/"
        return not self.place.startswith(item) or f"/{self.place.removeprefix(item)}" in _needed(self.contract)

    def member(self, name: str) -> Shape:
        """The shape of a documented member; hidden where there is none."""
        if name not in self._members:
            found = [schema["properties"][name] for schema in self.schemas if name in schema.get("properties", {})]
            self._members[name] = self._part(found, name)
        return self._members[name]

    def element(self) -> Shape:
        """The shape of the documented elements; hidden where there are none."""
        if "*" not in self._members:
            self._members["*"] = self._part([schema["items"] for schema in self.schemas if "items" in schema], "*")
        return self._members["*"]

    def _part(self, found: list[Mapping[str, Any]], step: str) -> Shape:
        if not found:
            return self.unknown.element() if step == "*" else self.unknown.member(step)
        schemas = tuple(branch for schema in found for branch in branches_of(self.contract, schema))
        return Documented(self.contract, schemas, join(self.place, step), HIDDEN if step == "*" else self.unknown)


def page_shape(contract: Contract) -> Documented:
    """The shape of a page."""
    return Documented(contract, tuple(branches_of(contract, contract.page_schema)), "")


def error_shape(contract: Contract, status: int) -> Shape:
    """The shape of an answer with a status that is no success."""
    item = item_shape(contract)
    names = {name for schema in item.schemas for name in schema.get("properties", {})}
    loose = Loose(frozenset(name for name in names if not _shown_somewhere(item.member(name))))
    documented = [schema for response in contract.responses_for(status)[:1] for schema in response.content.values()]
    schemas = tuple(branch for schema in documented for branch in branches_of(contract, schema))
    described = any({"properties", "items"} & schema.keys() for schema in schemas)
    return Documented(contract, schemas, "", loose) if described else loose


def item_shape(contract: Contract) -> Documented:
    """The shape of an item."""
    schemas = tuple(branches_of(contract, contract.item_schema))
    return Documented(contract, schemas, f"{contract.items.place}/*")


def _shown_somewhere(shape: Shape) -> bool:
    return shape.shows or (isinstance(shape, Documented) and any("properties" in one for one in shape.schemas))


def _kinds(schema: Mapping[str, Any]) -> Iterator[str]:
    kind = schema.get("type", ())
    yield from [kind] if isinstance(kind, str) else kind
    if "properties" in schema:
        yield "object"


def _needed(contract: Contract) -> set[str]:
    """Places in an item that the documentation orders, filters, counts or compares by, and its identity."""
    fields = {promise.field for promise in contract.filters if promise.relation is not Relation.CONTAINS}
    ordered = set(contract.order.by) if contract.order else set()
    ended = {contract.finished.field} if contract.finished else set()
    return {contract.identity} | fields | ordered | ended
