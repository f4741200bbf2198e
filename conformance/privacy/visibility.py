"""Which values of a body may be a customer's: everything that the spec does not describe as something else."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import cached_property
from typing import Protocol

from attrs import field, frozen

from conformance.pointer import TOP, Pointer
from conformance.spec.contract import Contract
from conformance.spec.promises import Relation
from conformance.spec.schema import Schema

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
    schemas: tuple[Schema, ...]
    """The schema, and everything it is composed of."""
    place: Pointer
    """Into the body, with `*` for every index."""
    unknown: Shape = HIDDEN
    """The shape of what the schemas do not describe; hidden in the elements of a list."""
    _members: dict[str, Shape] = field(factory=dict, init=False)

    @cached_property
    def shows(self) -> bool:
        """What the spec says of the place; where it says nothing, whether there is no room for free text."""
        said = [schema.keywords[KEYWORD] for schema in self.schemas if KEYWORD in schema.keywords]
        kinds = {kind for schema in self.schemas for kind in _kinds(schema)}
        if said or not kinds or kinds & {"object", "array"}:
            return bool(said) and not any(said)
        narrow = any(_NARROW & schema.keywords.keys() for schema in self.schemas)
        return "string" not in kinds or narrow or self._is_told

    @property
    def _is_told(self) -> bool:
        """Whether the text is no user's, or no promise could be tested without showing it."""
        item = f"{self.contract.items.place}/*/"
        return not self.place.startswith(item) or f"/{self.place.removeprefix(item)}" in _needed(self.contract)

    def member(self, name: str) -> Shape:
        """The shape of a documented member; hidden where there is none."""
        if name not in self._members:
            found = [schema.members[name] for schema in self.schemas if name in schema.members]
            self._members[name] = self._part(found, name)
        return self._members[name]

    def element(self) -> Shape:
        """The shape of the documented elements; hidden where there are none."""
        if "*" not in self._members:
            self._members["*"] = self._part([schema.element for schema in self.schemas if schema.element], "*")
        return self._members["*"]

    def _part(self, found: list[Schema], step: str) -> Shape:
        if not found:
            return self.unknown.element() if step == "*" else self.unknown.member(step)
        schemas = tuple(branch for schema in found for branch in schema.branches)
        return Documented(self.contract, schemas, self.place.below(step), HIDDEN if step == "*" else self.unknown)


def page_shape(contract: Contract) -> Documented:
    """The shape of a page."""
    return Documented(contract, contract.page.branches, TOP)


def error_shape(contract: Contract, status: int) -> Shape:
    """The shape of an answer with a status that is no success."""
    item = item_shape(contract)
    names = {name for schema in item.schemas for name in schema.members}
    loose = Loose(frozenset(name for name in names if not _shown_somewhere(item.member(name))))
    bodies = [contract.body(one, media) for one in contract.responses_for(status)[:1] for media in one.content]
    schemas = tuple(branch for body in bodies for branch in body.branches)
    described = any({"properties", "items"} & schema.keywords.keys() for schema in schemas)
    return Documented(contract, schemas, TOP, loose) if described else loose


def item_shape(contract: Contract) -> Documented:
    """The shape of an item."""
    return Documented(contract, contract.item.branches, contract.items.place.below("*"))


def _shown_somewhere(shape: Shape) -> bool:
    return shape.shows or (isinstance(shape, Documented) and any("properties" in one.keywords for one in shape.schemas))


def _kinds(schema: Schema) -> Iterator[str]:
    yield from schema.types
    if "properties" in schema.keywords:
        yield "object"


def _needed(contract: Contract) -> set[Pointer]:
    """Places in an item that the documentation orders, filters, counts or compares by, and its identity."""
    unseen = {Relation.CONTAINS, Relation.PRESENT}
    shown = [one for one in contract.filters if one.relation not in unseen and not one.anywhere]
    fields = {place for promise in shown for place in promise.fields}
    ordered = set(contract.order.by) if contract.order else set()
    ended = {contract.finished.field} if contract.finished else set()
    # The name of a pair is shown as that of a member is.
    pairs = {one.field.below("*", *one.entries[0].tokens) for one in contract.filters if one.entries}
    return {contract.identity} | fields | ordered | ended | pairs
