"""What a spec says of the order, and the rules for that."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.errors import SpecError
from conformance.pointer import Pointer
from conformance.spec.contract import Contract
from conformance.spec.document import Document
from conformance.spec.openapi import Part
from conformance.spec.openapi_parts import Parameter
from conformance.spec.order import Order, Suffix
from conformance.spec.promised import promised


def order_in(given: Part | None, place: Pointer, parameters: tuple[Parameter, ...]) -> Order | None:
    """In which order a listing comes."""
    if given is None:
        return None
    chosen: Part = given.get("fields", {})
    arrays = {one.name for one in parameters if one.is_array}
    return Order(
        by=tuple(map(Pointer, given["by"])),
        direction=given["direction"],
        parameter=given.get("parameter", ""),
        ties=given.get("ties", "same"),
        requires=given.get("requires", ""),
        chosen_by=chosen.get("parameter", ""),
        choices={word: tuple(map(Pointer, by)) for word, by in chosen.get("by", {}).items()},
        signed=chosen.get("signed", False),
        suffix=Suffix(**chosen["suffix"]) if "suffix" in chosen else None,
        descending_by=chosen.get("descending", ""),
        several=chosen.get("parameter") in arrays,
        each_turned=given.get("parameter") in arrays,
        **promised(given, place),
    )


def order_rules(document: Document, contract: Contract) -> Iterator[SpecError]:
    """What is wrong with the order."""
    order = contract.order
    if order is None:
        return
    if order.requires and not (order.parameter and order.requires == order.chosen_by):
        hint = "A direction requires the parameter that chooses what sorts: that of fields."
        yield document.error(f"{order.pointer}/requires", f"{order.requires!r} chooses nothing here", hint=hint)
    ways = {"suffix": bool(order.suffix), "fields.descending": bool(order.descending_by)}
    for way in [way for way, said in ways.items() if said and order.parameter]:
        told = f"{order.parameter!r} and {way} both say a direction"
        yield document.error(f"{order.pointer}/parameter", told, hint="Keep the one that the page documents.")
    if order.each_turned and not order.several:
        told = f"{order.parameter!r} takes several directions, and nothing takes several fields"
        hint = "Each direction is of one field: the parameter of fields takes an array as well."
        yield document.error(f"{order.pointer}/parameter", told, hint=hint)
