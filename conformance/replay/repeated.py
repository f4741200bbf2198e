"""What was read several times within seconds: the same request, the same item.

A collection may move between any two readings. What it does not do by itself is come back: items that are listed, not
listed, and listed again unchanged; an item that reads one way, another, and the first way again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from conformance.checks import named
from conformance.checks.items import another_reading
from conformance.contract import Contract
from conformance.finding import Finding
from conformance.replay.judgement import Judgement
from conformance.replay.recorded_visit import RecordedVisit, judged
from conformance.replay.walks import Query, Step

NEAR = 10.0
"""Seconds from the first reading to the third."""


class Readings:
    """The last readings of each request and of each item."""

    def __init__(self, contract: Contract, judgement: Judgement) -> None:
        self.contract = contract
        self.judgement = judgement
        self._answers: dict[Query, list[Step]] = {}
        self._items: dict[Any, list[tuple[Any, Step]]] = {}

    def take(self, step: Step) -> None:
        """Judge a page by the earlier readings of its request and of its items."""
        before = self._answers.setdefault(step.recorded.exchange.query, [])
        if before and _near(before[-1], step):
            self.judgement.note("stable-answer", self._answer_came_back([*before, step]))
        self._answers[step.recorded.exchange.query] = [*before[-1:], step]
        self._take_items(step)

    def _take_items(self, step: Step) -> None:
        """Keep the last two different readings of each item; a page that names two items alike tells nothing."""
        if len(set(step.names)) < len(step.names):
            return
        again, back = False, None
        for name, item in zip(step.names, step.page.items, strict=True):
            before = self._items.get(name)
            if before is None:
                self._items[name] = [(item, step)]
                continue
            again = True
            if before[-1][0] != item:
                if len(before) > 1 and before[0][0] == item and _near(before[0][1], step):
                    back = back or (before[-1], item)
                self._items[name] = [before[-1], (item, step)]
        if again:
            self.judgement.note("identity-stable", self._came_back(step, back))

    def _came_back(self, step: Step, back: tuple[tuple[Any, Step], Any] | None) -> Iterator[Finding]:
        if back is not None:
            (other, where), item = back
            yield another_reading(self.contract, (other, where.page), (item, step.page))

    def _answer_came_back(self, steps: Sequence[Step]) -> list[Finding]:
        if len(steps) < 3 or not _near(steps[0], steps[-1]):  # noqa: PLR2004 - there, gone, back
            return []
        first, second, third = steps
        if first.names != third.names or first.names == second.names or first.page.items != third.page.items:
            return []
        rest = [item for item, name in zip(first.page.items, first.names, strict=True) if name in set(second.names)]
        gone = set(second.names) < set(first.names)
        turned = set(second.names) == set(first.names)
        if not (gone or turned) or (turned and sorted(map(repr, rest)) != sorted(map(repr, second.page.items))):
            return []
        visit = RecordedVisit(self.contract, [first.page], again=second.page)
        return judged(named("stable-answer").of_visit, visit)


def _near(first: Step, last: Step) -> bool:
    return last.recorded.ended - first.recorded.started <= NEAR
