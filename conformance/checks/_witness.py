"""How the findings of relations may be shown smaller: from a cursor on, and in shorter pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from conformance.checks._walks import FEW, sized
from conformance.exchange import Exchange
from conformance.finding import Choice, Smaller
from conformance.jsontext import Json
from conformance.listing.pages import Page
from conformance.listing.visit import Visit
from conformance.spec.contract import Contract
from conformance.spec.values import identities

LARGEST = 10


def from_cursors(
    visit: Visit, query: Mapping[str, Json], walked: Sequence[Page], shows: Callable[[list[Page]], bool]
) -> Smaller:
    """One page, or two in a row, from any cursor of a walk on; `shows` says whether the pages show it."""
    starts = _starts(walked)

    def shown(choice: Choice) -> Sequence[Exchange]:
        pages: list[Page] = []
        for page in visit.walk(_from(visit.contract, query, starts[choice.start], choice.size), most=2):
            pages.append(page)
            if shows(pages):
                return [one.exchange for one in pages]
        return []

    return Smaller(shown=shown, starts=len(starts), sizes=LARGEST if visit.contract.limit else 1)


def lost_between(visit: Visit, query: Mapping[str, Json], walked: Sequence[Page], wide: int) -> Smaller:
    """A page that should have an item, or two in a row that should, beside the page of `wide` items that has it."""
    contract, starts = visit.contract, _starts(walked)

    def shown(choice: Choice) -> Sequence[Exchange]:
        start = starts[choice.start]
        whole = visit.page(_from(contract, query, start, wide))
        pages: list[Page] = []
        for page in visit.walk(_from(contract, query, start, choice.size), most=2):
            pages.append(page)
            if _lost(contract, pages, whole):
                return [*(one.exchange for one in pages), whole.exchange]
        return []

    return Smaller(shown=shown, starts=len(starts), sizes=min(LARGEST, wide))


def _lost(contract: Contract, pages: Sequence[Page], whole: Page) -> bool:
    """Whether the whole page has an item that these passed over, or that comes after their end."""
    listed = [name for page in pages for name in identities(contract, page.items)]
    names = identities(contract, whole.items)
    if pages[-1].cursor is not None:
        reached = [names.index(name) for name in listed if name in names]
        names = names[: max(reached, default=-1) + 1]
    return bool(set(names) - set(listed))


def listed_but_not(
    visit: Visit, whole: Mapping[str, Json], query: Mapping[str, Json], wanted: Callable[[Json], bool]
) -> Smaller:
    """A page of the whole that has an item, beside the one page of a filtered listing that lacks it."""
    contract = visit.contract
    starts = _starts(
        [] if contract.limit is None else list(visit.walk({**whole, **sized(contract, LARGEST)}, most=FEW))
    )

    def shown(choice: Choice) -> Sequence[Exchange]:
        filtered = visit.page(query)
        beside = visit.page(_from(contract, whole, starts[choice.start], choice.size))
        listed = set(identities(contract, filtered.items))
        lost = set(identities(contract, filter(wanted, beside.items))) - listed
        return [beside.exchange, filtered.exchange] if lost and filtered.cursor is None else []

    return Smaller(shown=shown, starts=len(starts), sizes=LARGEST if contract.limit else 1)


def _starts(walked: Sequence[Page]) -> list[Json]:
    return [None, *(page.cursor for page in walked if page.cursor is not None)]


def _from(contract: Contract, query: Mapping[str, Json], cursor: Json, size: int) -> dict[str, Json]:
    """The query from a cursor on, in pages of a size."""
    limit = {} if contract.limit is None else {contract.limit.parameter: max(size, contract.limit.minimum or 1)}
    paging = {} if contract.paging is None else {contract.paging.parameter: cursor}
    return {**query, **limit, **paging}
