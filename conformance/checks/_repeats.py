"""What two answers to the same question have in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from conformance.checks._walks import cutting_field, open_boundary, whole_walk
from conformance.jsontext import Json
from conformance.listing.pages import Page
from conformance.pointer import Pointer
from conformance.spec.contract import Contract
from conformance.spec.values import comparable, identities, named


def settled(contract: Contract, page: Page) -> bool:
    """Whether the documentation decides which items a page holds: by an order, by a time that leads on, or as all."""
    if contract.order is not None or open_boundary(contract):
        return True
    return contract.paging is not None or whole_walk(contract, [page])


def different(contract: Contract, one: Page, other: Page) -> set[str]:
    """The identities that one of two answers to equal questions shows, and the other should and does not.

    Neither page need be full, and what ties at the end of a page may be cut either way.
    """
    shown = min(len(one.items), len(other.items)) if one.cursor is not None and other.cursor is not None else None
    left, right = one.items[:shown], other.items[:shown]
    by = contract.order.by[0] if contract.order is not None else cutting_field(contract)
    ends = [comparable(by.get(items[-1])) for items in (left, right) if items and by]
    sure = [{name for item, name in named(contract, items) if not _ties(item, by, ends)} for items in (left, right)]
    every = [set(identities(contract, items)) for items in (left, right)]
    return (sure[0] - every[1]) | (sure[1] - every[0])


def _ties(item: Json, by: Pointer, ends: Sequence[Any]) -> bool:
    return bool(by) and comparable(by.get(item)) in ends
