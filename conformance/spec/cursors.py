"""What a spec says of a cursor beside where it lies: what may change in the middle of a walk, and its rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.errors import SpecError
from conformance.spec.contract import Contract
from conformance.spec.document import Document
from conformance.spec.openapi import Part
from conformance.spec.promises import Refusal, Style

CHANGED = "changed-"
"""Begins what names the refusal of other arguments beside a cursor; its parameter follows."""
_NO_CURSOR = frozenset({Style.PAGE_NUMBER, Style.OFFSET, Style.LAST_ITEM})


def of_cursor(refusal: Refusal) -> bool:
    """Whether a refusal is about what is asked beside a cursor."""
    return refusal.given.startswith(CHANGED)


def cursor_words(given: Part) -> dict[str, Any]:
    """What a paging promise is made of, whatever leads on."""
    return {"resized": given.get("resized", False), "changed": given.get("changed", "")}


def cursor_rules(document: Document, contract: Contract) -> Iterator[SpecError]:
    """What is wrong with what is said of a cursor."""
    paging = contract.paging
    said = contract.pointer.below("x-conformance", "paging", "changed")
    if paging is not None and paging.changed and not _keeps_arguments(contract):
        hint = "changed goes with a cursor that is the server's own text, which can know the arguments of its listing."
        yield document.error(said, f"what {paging.parameter!r} takes knows of no arguments", hint=hint)
    for refusal in contract.refusals:
        cursor = refusal.given.removeprefix(CHANGED)
        if cursor != refusal.given and (paging is None or paging.changed != "refused" or paging.parameter != cursor):
            hint = f"{CHANGED}… goes with paging that says changed: refused, and names what its cursor is sent in."
            told = f"nothing says that other arguments beside {cursor!r} are refused"
            yield document.error(refusal.pointer.below("given"), told, hint=hint)


def _keeps_arguments(contract: Contract) -> bool:
    """Whether what leads on is a server's own text: no number, no item's identity, and no bound of a filter."""
    paging = contract.paging
    if paging is None or paging.style in _NO_CURSOR:
        return False
    kinds = contract.parameter(paging.parameter).schema.get("type", "string")
    return "string" in kinds and paging.parameter not in {one.parameter for one in contract.filters}
