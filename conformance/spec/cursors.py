"""What a spec says of a cursor beside where it lies: how long it lives, what may stand beside it, and its rules."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.errors import SpecError
from conformance.spec.contract import Contract
from conformance.spec.document import Document
from conformance.spec.openapi import Part
from conformance.spec.promises import Refusal, Style

CHANGED, EXPIRED, FOREIGN = "changed-", "expired-", "foreign-"
"""What begins the names of refusals of a cursor: of other arguments beside it, its age, and who was given it."""
_NO_CURSOR = frozenset({Style.PAGE_NUMBER, Style.OFFSET, Style.LAST_ITEM})


def of_cursor(refusal: Refusal) -> bool:
    """Whether a refusal is about a cursor that was given."""
    return refusal.given.startswith((CHANGED, EXPIRED, FOREIGN))


def changed_refusal(contract: Contract) -> Refusal | None:
    """What answers other arguments beside a cursor, where the documentation says which."""
    return contract.refusal(f"{CHANGED}{contract.paging.parameter}") if contract.paging else None


def expired_refusal(contract: Contract) -> Refusal | None:
    """What answers a cursor that is too old, where the documentation says which."""
    return contract.refusal(f"{EXPIRED}{contract.paging.parameter}") if contract.paging else None


def foreign_refusal(contract: Contract) -> Refusal | None:
    """What answers a cursor that another credential was given, where the documentation says which."""
    return contract.refusal(f"{FOREIGN}{contract.paging.parameter}") if contract.paging else None


def cursor_words(given: Part) -> dict[str, Any]:
    """What a paging promise is made of, whatever leads on."""
    return {
        "resized": given.get("resized", False),
        "changed": given.get("changed", ""),
        "private": given.get("private", False),
        "lifetime": given.get("lifetime"),
    }


def cursor_rules(document: Document, contract: Contract) -> Iterator[SpecError]:
    """What is wrong with what is said of a cursor."""
    paging, place = contract.paging, contract.pointer.below("x-conformance", "paging")
    if paging is not None and not _is_own_text(contract):
        hint = "It goes with a cursor of the server's own text, which can hold for what, when and to whom it was given."
        for word, said in (("changed", paging.changed), ("lifetime", paging.lifetime), ("private", paging.private)):
            if said:
                told = f"what {paging.parameter!r} takes knows of no arguments, of no time, and of nobody"
                yield document.error(place.below(word), told, hint=hint)
    for refusal in filter(of_cursor, contract.refusals):
        kind, _, cursor = refusal.given.partition("-")
        known = paging is not None and paging.parameter == cursor and _is_own_text(contract)
        if not known or (kind == "changed" and paging is not None and paging.changed != "refused"):
            hint = f"They go with a cursor of text, and {CHANGED}… with paging that says changed: refused."
            told = f"nothing says that {cursor!r} takes a cursor that is refused when it is {kind}"
            yield document.error(refusal.pointer.below("given"), told, hint=hint)


def _is_own_text(contract: Contract) -> bool:
    """Whether what leads on is a server's own text: no number, no item's identity, and no bound of a filter."""
    paging = contract.paging
    if paging is None or paging.style in _NO_CURSOR:
        return False
    kinds = contract.parameter(paging.parameter).schema.get("type", "string")
    return "string" in kinds and paging.parameter not in {one.parameter for one in contract.filters}
