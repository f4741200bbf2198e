"""Listings that several relations share, and the finding that a relation makes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from conformance.checks.base import Skip
from conformance.exchange import Exchange
from conformance.finding import Finding, level_of, show
from conformance.jsontext import Json
from conformance.listing.pages import Page
from conformance.listing.visit import MOST_PAGES, Visit
from conformance.spec.contract import Contract
from conformance.spec.promises import Promise, Relation

SMALL, OTHER = 10, 7
FEW = 20
"""Small pages that are read of a walk: enough to see how pages join, however long the collection is."""


def pages(visit: Visit, query: Mapping[str, Json] | None = None, *, most: int = MOST_PAGES) -> list[Page]:
    """All pages of a walk, or its first ones where it has more than `most`."""
    return list(visit.walk(query, most=most))


def narrow(visit: Visit, size: int = SMALL) -> list[Page]:
    """A walk in small pages, or the beginning of it."""
    return pages(visit, sized(visit.contract, size), most=FEW)


def cut(walked: Sequence[Page]) -> bool:
    """Whether a walk was left before its end, or has none."""
    return walked[-1].cursor is not None


def items_of(walked: Iterable[Page]) -> list[Json]:
    """The items of all pages, in their order."""
    return [item for page in walked for item in page.items]


def sized(contract: Contract, size: int) -> dict[str, int]:
    """The query that asks for pages of `size`, as far as the documented bounds allow."""
    if contract.limit is None:
        return {}
    bounded = max(size, contract.limit.minimum or 1)
    return {contract.limit.parameter: min(bounded, contract.limit.maximum or bounded)}


def widest(contract: Contract) -> dict[str, Json]:
    """The query with the largest documented page; nothing where no maximum is documented."""
    if contract.limit is None or contract.limit.maximum is None:
        return {}
    return {contract.limit.parameter: contract.limit.maximum}


def everything(contract: Contract) -> dict[str, Json]:
    """The query that hides nothing, in the largest pages."""
    shown = {one.parameter: True for one in contract.filters if one.relation is Relation.NULL_UNLESS_TRUE}
    return shown | widest(contract)


def look_around(visit: Visit) -> None:
    """Send what shows single pages from all sides: every item, pages of several sizes, the plain first page."""
    for size in (1, 5):
        visit.get(sized(visit.contract, size))
    visit.get()
    narrow(visit)
    pages(visit, everything(visit.contract))


def at_least(count: int, found: Sequence[object], what: str) -> None:
    """Skip where there are too few items to see a relation."""
    if len(found) < count:
        raise Skip(f"{len(found)} items cannot {what}; {count} are needed")


def boundary_is_open(contract: Contract) -> bool:
    """Whether pages are cut by a filter whose bound the page does not state."""
    parameter = contract.paging.parameter if contract.paging else ""
    return any(one.parameter == parameter and not one.stated for one in contract.filters)


def broken(check: str, promise: Promise, witness: Iterable[Exchange], **parts: Any) -> Finding:  # noqa: ANN401 - passed on
    """A finding about a promise; its level is the promise's own unless `parts` says otherwise."""
    described = {"level": level_of(promise), "pointer": promise.pointer, "says": promise.says} | parts
    return Finding(check=check, witness=tuple(dict.fromkeys(witness)), **described)


def some(names: Iterable[str]) -> str:
    """A few of many identities, which are JSON, or of other names."""
    names = list(names)
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""  # noqa: PLR2004 - a few
    return ", ".join(show(_read(name), most=40) for name in names[:3]) + more


def _read(name: str) -> object:
    try:
        return json.loads(name)
    except ValueError:
        return name
