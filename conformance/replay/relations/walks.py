"""Walks that a recording holds: pages that were fetched one after the other by following cursors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from http import HTTPStatus
from itertools import chain
from typing import Any

from attrs import define

from conformance.exchange import Exchange
from conformance.jsontext import Json
from conformance.listing.next_page import following
from conformance.listing.pages import Page
from conformance.pointer import Pointer
from conformance.replay.quick.columns import Column
from conformance.replay.quick.sheets import Sheet, Sheets
from conformance.replay.recording.entries import Recorded
from conformance.spec.contract import Contract
from conformance.spec.projection import is_projected
from conformance.spec.query import text

NEXT_WITHIN = 60.0
"""Seconds in which a client asks for the next page; later it is another walk, of another collection."""

REFUSALS = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})
"""What says that a query is wrong. Anything else may be about time, rights or load."""

Query = tuple[tuple[str, str], ...]


@define(eq=False, slots=False)
class Step:
    """One page of a walk."""

    recorded: Recorded
    sheet: Sheet
    names: tuple[Any, ...]
    """Identities of its items."""
    is_named: bool
    """Whether the names are plain numbers or texts, alike only where identities are."""
    cursor: Json
    """What leads to the next page; None on the last one."""
    ending: str
    """What stands in the cursor's place when there is none; else empty."""
    number: int = 1
    """From 1, within its walk."""

    @property
    def exchange(self) -> Exchange:
        """The request and its answer."""
        return self.sheet.exchange

    @property
    def size(self) -> int:
        """How many items the page holds."""
        return len(self.names)

    @property
    def items(self) -> list[Json]:
        """The items as JSON, which only findings need."""
        return self.page.items

    def numbered(self, number: int) -> Step:
        """The same page, as that of a number."""
        return Step(self.recorded, self.sheet, self.names, self.is_named, self.cursor, self.ending, number)

    @cached_property
    def page(self) -> Page:
        """The page as checks read it, which only findings need."""
        return Page(self.exchange, self.number, self.sheet.items, self.size, self.cursor, self.ending)


@define
class Walk:
    """Pages in the order in which cursors led to them; the first was asked for without a cursor."""

    query: Query
    """What all of them were asked for, without the cursor."""
    steps: list[Step]
    refused: Recorded | None = None
    """The answer that refused what the last page gave to ask for the next one, as often as it was asked for."""

    @property
    def pages(self) -> list[Page]:
        """The pages."""
        return [step.page for step in self.steps]

    @property
    def items(self) -> list[Json]:
        """The items of all pages, as JSON."""
        return [item for step in self.steps for item in step.items]

    @property
    def started(self) -> float:
        """When its first request was sent."""
        return self.steps[0].recorded.started

    @property
    def ended(self) -> float:
        """When its last answer was complete."""
        return self.steps[-1].recorded.ended

    def column(self, place: Pointer) -> Column:
        """What the items of all pages hold at a place."""
        return list(chain.from_iterable(step.sheet.columns[place] for step in self.steps))

    def compared(self, place: Pointer) -> tuple[str, Column]:
        """What the items of all pages hold at a place, as it is compared, and its kind, which is empty if mixed."""
        columns = [step.sheet.columns.compared(place) for step in self.steps if step.size]
        kinds = {kind for kind, _ in columns}
        return kinds.pop() if len(kinds) == 1 else "", list(chain.from_iterable(column for _, column in columns))


class Walks:
    """Finds walks in what was recorded of one operation."""

    def __init__(self, contract: Contract, sheets: Sheets) -> None:
        self.contract = contract
        self._sheets = sheets
        self._paging = contract.paging
        self._cursor = contract.paging.parameter if contract.paging else ""

    def step(self, recorded: Recorded, sheet: Sheet | None) -> Step | None:
        """The page in an exchange, from its sheet; None where it holds none, or items without all of their fields."""
        if sheet is None or is_projected(self.contract, recorded.exchange.query):
            return None
        cursor, ending = self._following(sheet)
        columns, place = sheet.columns, self.contract.identity
        column = columns[place]
        is_named = bool(columns.kind(place)) and None not in column
        return Step(recorded, sheet, tuple(column if is_named else map(repr, column)), is_named, cursor, ending)

    def _following(self, sheet: Sheet) -> tuple[Json, str]:
        if self._paging is None:
            return None, "absent"
        return following(self._paging, sheet.exchange, sheet.size, read=sheet.value)

    def split(self, query: Query) -> tuple[Query, str | None]:
        """A query without its cursor, and the cursor."""
        rest = tuple(pair for pair in query if pair[0] != self._cursor)
        return rest, next((value for name, value in query if name == self._cursor), None)

    def found(self, own: Sequence[Step], ahead: Iterable[Recorded]) -> list[Walk]:
        """The walks that begin in `own`; they may go on in what follows, of which nothing else is read."""
        walks: list[Walk] = []
        waiting: dict[tuple[Query, str], Walk] = {}
        for recorded, known in _in_time(own, ahead):
            rest, cursor = self.split(recorded.exchange.query)
            if cursor is None and known is not None:
                walks.append(Walk(rest, [known]))
                self._wait(walks[-1], waiting)
            elif cursor is not None and (rest, cursor) in waiting:
                step = known or self.step(recorded, self._sheets.glance(recorded.exchange))
                walk = waiting[rest, cursor]
                soon = recorded.started - walk.ended <= NEXT_WITHIN
                if step is not None:
                    del waiting[rest, cursor]
                if step is not None and soon:
                    walk.steps.append(step.numbered(len(walk.steps) + 1))
                    self._wait(walk, waiting)
                if soon:
                    walk.refused = recorded if recorded.exchange.status in REFUSALS else None
        return walks

    def _wait(self, walk: Walk, waiting: dict[tuple[Query, str], Walk]) -> None:
        """Let a walk wait for what its last page leads to."""
        if walk.steps[-1].cursor is not None:
            waiting[walk.query, text(walk.steps[-1].cursor)] = walk


def _in_time(own: Sequence[Step], ahead: Iterable[Recorded]) -> list[tuple[Recorded, Step | None]]:
    """Exchanges in the order in which they were sent, with their pages where those have been read."""
    both = [*((step.recorded, step) for step in own), *((recorded, None) for recorded in ahead)]
    return sorted(both, key=lambda pair: pair[0].started)
