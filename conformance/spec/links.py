"""The address of the next page in an array of links: which element has it, and the rules of that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.errors import SpecError
from conformance.pointer import Pointer
from conformance.spec.contract import Contract
from conformance.spec.document import Document, did_you_mean
from conformance.spec.openapi import Part

USUAL = {"key": "/rel", "value": "/href"}
"""Where an element has its relation and its address, unless `entries` says otherwise."""


def link_words(given: Part) -> dict[str, Any]:
    """What a paging promise is made of where an array of links leads on."""
    if "rel" not in given:
        return {}
    entries = {**USUAL, **given.get("entries", {})}
    return {"rel": given["rel"], "entries": (Pointer(entries["key"]), Pointer(entries["value"]))}


def link_rules(document: Document, contract: Contract) -> Iterator[SpecError]:
    """What is wrong with an array of links: it is none, or its elements have no such members."""
    paging = contract.paging
    if paging is None or not paging.rel or paging.cursor is None:
        return
    element = None if paging.cursor.header else contract.page.part(paging.cursor.place).element
    if element is None:
        hint = "rel goes with an array of objects, each of which has its relation and its address."
        yield document.error(paging.pointer.below("next"), f"no array of links at {paging.cursor}", hint=hint)
        return
    for key, place in zip(USUAL, paging.entries, strict=True):
        if element.find(place) is None:
            known = [f"/{name}" for branch in element.branches for name in branch.members]
            where = paging.pointer.below("entries", key)
            yield document.error(
                where, f"no schema has {place} in a link", hint=did_you_mean(place, known, kind="members")
            )
