"""Walks that a recording holds: pages that were fetched one after the other by following cursors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from attrs import define, frozen

from conformance.contract import Contract
from conformance.pages import NotAPage, Page, read_page, text
from conformance.replay.columns import Columns
from conformance.replay.entries import Recorded

NEXT_WITHIN = 60.0
"""Seconds in which a client asks for the next page; later it is another walk, of another collection."""

Query = tuple[tuple[str, str], ...]


@frozen
class Step:
    """One page of a walk."""

    recorded: Recorded
    page: Page
    names: tuple[Any, ...]
    """Identities of its items."""


@define
class Walk:
    """Pages in the order in which cursors led to them; the first was asked for without a cursor."""

    query: Query
    """What all of them were asked for, without the cursor."""
    steps: list[Step]

    @property
    def pages(self) -> list[Page]:
        """The pages."""
        return [step.page for step in self.steps]

    @property
    def items(self) -> list[Any]:
        """The items of all pages."""
        return [item for step in self.steps for item in step.page.items]

    @property
    def started(self) -> float:
        """When its first request was sent."""
        return self.steps[0].recorded.started

    @property
    def ended(self) -> float:
        """When its last answer was complete."""
        return self.steps[-1].recorded.ended


class Walks:
    """Finds walks in what was recorded of one operation."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._cursor = contract.paging.parameter if contract.paging else ""

    def step(self, recorded: Recorded, number: int = 1) -> Step | None:
        """The page in an exchange; None where it holds none."""
        try:
            page = read_page(self.contract, recorded.exchange, number=number)
        except NotAPage:
            return None
        return Step(recorded, page, self._names(page.items))

    def _names(self, items: list[Any]) -> tuple[Any, ...]:
        columns = Columns(items)
        column = columns[self.contract.identity]
        return tuple(column if columns.kind(self.contract.identity) and None not in column else map(repr, column))

    def split(self, query: Query) -> tuple[Query, str | None]:
        """A query without its cursor, and the cursor."""
        rest = tuple(pair for pair in query if pair[0] != self._cursor)
        return rest, next((value for name, value in query if name == self._cursor), None)

    def found(self, own: Sequence[Step], ahead: Sequence[Step]) -> list[Walk]:
        """The walks that begin in `own`; they may go on in what follows."""
        first = frozenset(map(id, own))
        walks: list[Walk] = []
        waiting: dict[tuple[Query, str], Walk] = {}
        for step in sorted((*own, *ahead), key=lambda step: step.recorded.started):
            rest, cursor = self.split(step.recorded.exchange.query)
            walk = self._walk(step, rest, cursor, waiting)
            if walk is None or (cursor is None and id(step) not in first):
                continue
            if cursor is None:
                walks.append(walk)
            if step.page.cursor is not None:
                waiting[rest, text(step.page.cursor)] = walk
        return walks

    def _walk(self, step: Step, rest: Query, cursor: str | None, waiting: dict[tuple[Query, str], Walk]) -> Walk | None:
        """The walk that a page begins or goes on with."""
        if cursor is None:
            return Walk(rest, [step])
        walk = waiting.pop((rest, cursor), None)
        if walk is None or step.recorded.started - walk.ended > NEXT_WITHIN:
            return None
        walk.steps.append(Step(step.recorded, _numbered(step.page, len(walk.steps) + 1), step.names))
        return walk


def _numbered(page: Page, number: int) -> Page:
    return Page(page.exchange, number, page.items, page.size, page.cursor, page.ending)
