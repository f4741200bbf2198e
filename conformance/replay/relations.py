"""The relations between the exchanges of one block."""

from __future__ import annotations

from collections.abc import Sequence

from conformance.checks import named
from conformance.checks.existence import SIGNALS
from conformance.contract import Contract
from conformance.replay.entries import Recorded
from conformance.replay.filtered import complete, sound
from conformance.replay.judgement import Judgement
from conformance.replay.recorded_visit import RecordedVisit, judged
from conformance.replay.repeated import Readings
from conformance.replay.walking import along
from conformance.replay.walks import Step, Walks

JUDGED = frozenset(
    {
        "pages-disjoint",
        "walk-ends",
        "last-page-ends",
        "order-holds",
        "order-reverses",
        "total-constant",
        "total-is-collection",
        "filter-sound",
        "filter-complete",
        "filter-bounds",
        "filter-default",
        "cursor-keeps-filters",
        "stable-answer",
        "identity-stable",
        "lifecycle-current",
    }
)
"""The relations that a recording may show."""


class Relations:
    """Judges what was recorded of one operation."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._walks = Walks(contract)

    def step(self, recorded: Recorded) -> Step | None:
        """The page in an exchange; None where it holds none."""
        return self._walks.step(recorded)

    def judge(self, own: Sequence[Step], ahead: Sequence[Step]) -> Judgement:
        """What the pages of a block show, with those after it in which its walks go on."""
        judgement = Judgement()
        readings = Readings(self.contract, judgement)
        for step in sorted(own, key=lambda step: step.recorded.started):
            readings.take(step)
            if self._walks.split(step.recorded.exchange.query)[1] is None:
                sound(self.contract, step, judgement)
        walks = self._walks.found(own, ahead)
        for walk in walks:
            along(self.contract, walk, judgement)
        complete(self.contract, walks, judgement)
        self._lifecycle(own, judgement)
        return judgement

    def _lifecycle(self, own: Sequence[Step], judgement: Judgement) -> None:
        """Judge what announces the end of the operation; one page tells where none does."""
        announcing = [step for step in own if SIGNALS.keys() & step.recorded.exchange.headers.keys()]
        for step in announcing or own[:1]:
            visit = RecordedVisit(self.contract, [step.page])
            judgement.note("lifecycle-current", judged(named("lifecycle-current").of_visit, visit))
