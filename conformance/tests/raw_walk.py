"""How tests walk on their own: what an answer says that the next page is asked for by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.pointer import MISSING
from conformance.spec.contract import Contract
from conformance.spec.promises import Style


def leads_to(contract: Contract, body: Any, headers: Mapping[str, str]) -> Any:
    """The value of the paging parameter of the next page; None on the last one, and where none is named."""
    paging = contract.paging
    if paging is None or paging.cursor is None:
        return None
    found = paging.cursor.read(body, headers)
    if paging.style is Style.LAST_ITEM:
        return paging.field.get(contract.items.read(body, headers)[-1]) if found is True else None
    return None if found in ("", MISSING) else found
