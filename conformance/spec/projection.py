"""A choice of fields: a parameter by which items have only some of them, what a spec says of it, and its rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from attrs import frozen

from conformance.errors import SpecError
from conformance.jsontext import Json
from conformance.pointer import Pointer
from conformance.spec.document import Document
from conformance.spec.openapi import Part
from conformance.spec.openapi_parts import Parameter
from conformance.spec.promised import promised
from conformance.spec.promises import Promise
from conformance.spec.schema import types_of

if TYPE_CHECKING:
    from conformance.spec.contract import Contract


@frozen(kw_only=True)
class Projection(Promise):
    """A parameter that names fields of an item, which then has those alone, or all but those."""

    parameter: str
    always: tuple[str, ...] = ()
    """Fields that an item has whatever is named."""
    omits: bool = False
    """Whether what is named is left out."""

    def asking(self, parameter: Parameter, names: Sequence[str]) -> dict[str, Json]:
        """The part of a query that names some fields: several values, or one text with commas."""
        return {self.parameter: list(names) if parameter.is_array else ",".join(names)}

    def keeps(self, field: str, named: Iterable[str]) -> bool:
        """Whether an item still has a field when some are named."""
        return field in self.always or ((field in named) is not self.omits)


def projection_of(given: Part | None, place: Pointer) -> Projection | None:
    """The choice of fields that a spec describes; None where it describes none."""
    if given is None:
        return None
    return Projection(
        parameter=given["parameter"],
        always=tuple(Pointer(field).tokens[0] for field in given.get("always", ())),
        omits=given.get("omits", False),
        **promised(given, place),
    )


def is_projected(contract: Contract, query: Iterable[tuple[str, str]]) -> bool:
    """Whether a query chooses fields, so that items may lack what they must have otherwise."""
    projection = contract.projection
    return projection is not None and any(name == projection.parameter for name, _ in query)


def projection_rules(document: Document, contract: Contract) -> Iterator[SpecError]:
    """What is wrong with a choice of fields."""
    projection = contract.projection
    if projection is None:
        return
    if contract.rows is not None:
        hint = "A choice of fields goes with items that are objects; of rows the answer names its columns."
        yield document.error(projection.pointer, "fields are chosen, and items are rows of values", hint=hint)
    place, parameter = projection.pointer.below("parameter"), contract.parameter(projection.parameter)
    single = parameter.schema.get("items", {}) if parameter.is_array else parameter.schema
    if "string" not in types_of(single) and "type" in single:
        hint = "It is an array of texts, or one text in which commas stand between names."
        yield document.error(place, f"{parameter.name!r} names fields, but its type is {single['type']!r}", hint=hint)
    if parameter.required or parameter.name in {*contract.scopes, *dict(contract.given), *_others(contract)}:
        hint = "Without it items are whole, and everything else is tested with whole items."
        told = f"{parameter.name!r} chooses fields, so no request must carry it, and it says nothing else"
        yield document.error(place, told, hint=hint)


def _others(contract: Contract) -> set[str]:
    """The parameters that say something else."""
    others = {one.parameter for one in (*contract.filters, contract.limit, contract.paging) if one is not None}
    order = contract.order
    return others | ({order.parameter, order.chosen_by, order.descending_by} if order is not None else set())
