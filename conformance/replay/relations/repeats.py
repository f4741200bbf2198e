"""What was read several times within seconds: the same request, the same item.

A collection may move between any two readings. What it does not do by itself is come back: items that are listed, not
listed, and listed again unchanged; an item that reads one way, another, and the first way again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from conformance.checks import named
from conformance.checks.items import another_reading
from conformance.finding import Contradiction
from conformance.jsontext import Json
from conformance.replay.relations.judgement import Judgement
from conformance.replay.relations.visit import RecordedVisit, judged
from conformance.replay.relations.walks import Query, Step
from conformance.spec.contract import Contract

NEAR = 10.0
"""Seconds from the first reading to the third."""


@frozen(eq=False)
class Reading:
    """One item as one page shows it."""

    row: object
    index: int
    step: Step

    @property
    def item(self) -> Json:
        """The item as JSON."""
        item: Json = self.step.items[self.index]
        return item

    def differs(self, other: Reading) -> bool:
        """Whether another page shows the item otherwise; rows of different kinds compare as JSON."""
        if self.row == other.row:
            return False
        return self.step.sheet.is_typed is other.step.sheet.is_typed or self.item != other.item


class Readings:
    """The last readings of each request and of each item."""

    def __init__(self, contract: Contract, judgement: Judgement) -> None:
        self.contract = contract
        self.judgement = judgement
        self._answers: dict[Query, list[Step]] = {}
        self._items: dict[object, tuple[Reading | None, Reading]] = {}

    def take(self, step: Step) -> None:
        """Judge a page by the earlier readings of its request and of its items."""
        before = self._answers.setdefault(step.exchange.query, [])
        if before and _near(before[-1], step):
            self.judgement.note("stable-answer", self._answer_came_back([*before, step]))
        self._answers[step.exchange.query] = [*before[-1:], step]
        self._take_items(step)

    def _take_items(self, step: Step) -> None:
        """Keep the last two different readings of each item; a page that names two items alike tells nothing."""
        if len(set(step.names)) < len(step.names):
            return
        again, back = False, None
        for index, (name, row) in enumerate(zip(step.names, step.sheet.rows, strict=True)):
            before = self._items.get(name)
            if before is None:
                self._items[name] = None, Reading(row, index, step)
                continue
            again = True
            first, last = before
            if last.row != row and last.differs(reading := Reading(row, index, step)):
                if first is not None and _near(first.step, step) and not first.differs(reading):
                    back = back or (last, reading)
                self._items[name] = last, reading
        if again:
            self.judgement.note("identity-stable", self._came_back(back) if back else ())

    def _came_back(self, back: tuple[Reading, Reading]) -> Iterator[Contradiction]:
        last, reading = back
        yield another_reading(self.contract, (last.item, last.step.page), (reading.item, reading.step.page))

    def _answer_came_back(self, steps: Sequence[Step]) -> list[Contradiction]:
        if len(steps) < 3 or not _near(steps[0], steps[-1]):  # noqa: PLR2004 - there, gone, back
            return []
        first, second, third = steps
        if first.names != third.names or first.names == second.names or first.items != third.items:
            return []
        rest = [item for item, name in zip(first.items, first.names, strict=True) if name in set(second.names)]
        gone = set(second.names) < set(first.names)
        turned = set(second.names) == set(first.names)
        if not (gone or turned) or (turned and sorted(map(repr, rest)) != sorted(map(repr, second.items))):
            return []
        visit = RecordedVisit(self.contract, [first.page], again=second.page)
        return judged(named("stable-answer").of_visit, visit)


def _near(first: Step, last: Step) -> bool:
    return last.recorded.ended - first.recorded.started <= NEAR
