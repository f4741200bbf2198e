"""What Schemathesis is asked to invent: a copy of the document without what no one can make up."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from conformance.listing.lawful import LATEST
from conformance.spec.contract import Contract
from conformance.spec.promises import Relation

LARGEST_PAGE = 10
"""As large as the pages that other checks ask for, where no maximum is documented."""


def askable(contract: Contract) -> dict[str, Any]:
    """A copy of the document in which only what can be invented is asked for.

    Cursors, scopes, choices of fields, what has no effect alone, and what OpenAPI does not say how to write are left
    out: a correct server refuses invented ones, or does not read them. A limit without documented bounds stays between
    1 and `LARGEST_PAGE`, a counted page is the first, and a filter keeps to the bounds of the field that it filters: no
    page promises anything of other values. Security is left to the target.
    """
    document = copy.deepcopy(dict(contract.document))
    operation: Any = contract.pointer.get(document)
    in_query = [given for given in operation.get("parameters", ()) if given.get("in") != "header"]
    invented = [given for given in in_query if _can_be_invented(contract, given["name"])]
    operation["parameters"] = [_bounded(contract, given) for given in invented]
    document.pop("security", None)
    operation.pop("security", None)
    operation["responses"]["200"].pop("links", None)
    document["paths"] = {contract.address: document["paths"][contract.path]}
    return document


def _can_be_invented(contract: Contract, name: str) -> bool:
    cursor = contract.paging.parameter if contract.paging and not contract.is_counted else ""
    also_filter = any(promise.parameter == name for promise in contract.filters)
    encoded = any(promise.parameter == name and promise.encoding for promise in contract.filters)
    alone = not any(promise.parameter == name and promise.requires for promise in contract.filters)
    projected = {contract.projection.parameter} if contract.projection is not None else set()
    chosen = {*contract.scopes, *projected, *dict(contract.given), *_together(contract)}
    free = name not in chosen and (name != cursor or also_filter) and not encoded and alone
    return free and _has_a_form(contract.parameter(name).schema)


def _has_a_form(schema: Mapping[str, Any]) -> bool:
    """Whether OpenAPI says how a value is written in a query: of arrays and objects in an array it does not."""
    items = schema.get("items", {})
    kinds = items.get("type", ()) if isinstance(items, Mapping) else ()
    return not {"array", "object"} & set([kinds] if isinstance(kinds, str) else kinds)


def _together(contract: Contract) -> set[str]:
    """What sorts only beside others, or not beside them: which go together, a drawn query does not know."""
    order = contract.order
    if order is None or not (order.requires or order.several or order.descending_by):
        return set()
    return {order.parameter, order.chosen_by, order.descending_by}


def _bounded(contract: Contract, given: Mapping[str, Any]) -> dict[str, Any]:
    bounded = dict(given)
    name = given["name"]
    schema = dict(contract.parameter(name).schema)
    if schema.get("type") == "number":  # whether a fraction is refused, no page says
        schema["type"] = "integer"
        bounded["schema"] = schema
    if contract.limit is not None and name == contract.limit.parameter:
        bounded["schema"] = {"minimum": 1, "maximum": LARGEST_PAGE} | schema
    if contract.paging is not None and contract.is_counted and name == contract.paging.parameter:
        bounded["schema"] = {"minimum": contract.paging.start, "maximum": contract.paging.start} | schema
    for promise in contract.filters:
        field = contract.item.part(promise.field).keywords
        compared = promise.parameter == name and promise.relation is not Relation.PRESENT
        if compared and "minimum" in field:
            bounded["schema"] = {"minimum": field["minimum"], "maximum": max(LATEST, field["minimum"])} | schema
    return bounded
